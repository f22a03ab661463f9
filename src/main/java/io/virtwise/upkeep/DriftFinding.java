package io.virtwise.upkeep;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A file on a node that is not what was approved for it.
 *
 * @param id opaque
 * @param nodeId the node
 * @param nodeName its name
 * @param path the file
 * @param kind what is wrong with it
 * @param changeId the change that was approved
 * @param changeNumber its number, for people
 * @param approved the approved bytes
 * @param actual what was found, {@code null} where there was nothing to read
 * @param foundAt when it was found first
 * @param seenAt when it was last seen so
 * @param closedAt when it was over, {@code null} while it is open
 * @param closing how it was over, {@code null} while it is open
 * @param detail which other file overrules it and how, {@code null} where none does
 */
@SuppressWarnings("ArrayRecordComponent") // exact bytes; nobody compares these records
public record DriftFinding(String id, String nodeId, String nodeName, String path, Kind kind, String changeId,
		long changeNumber, byte[] approved, byte @Nullable [] actual, Instant foundAt, Instant seenAt,
		@Nullable Instant closedAt, @Nullable Closing closing, @Nullable String detail) {

	/** What is wrong, as a sentence without its full stop. */
	public String sentence() {
		return this.path + " " + this.kind.words() + ((this.detail != null) ? ": " + this.detail : "");
	}

	/** Whether it is still so, as far as anybody has looked. */
	public boolean open() {
		return this.closedAt == null;
	}

	/**
	 * What is wrong with a file.
	 */
	public enum Kind {

		/** It holds something else. */
		CHANGED("holds something else"),
		/** It is not there. */
		MISSING("is not there"),
		/** A link, directory or device is in its place. */
		NOT_A_FILE("is a link, a directory or a device now"),
		/** It is as approved, and another file that nova reads may win over it. */
		OVERRULED("is as approved, but nova also reads something else");

		private final String words;

		Kind(String words) {
			this.words = words;
		}

		/** What to say of the file, to follow its name. */
		public String words() {
			return this.words;
		}

		/** The name in the HTTP contract. */
		public String key() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

		/** The kind stored under this name. */
		public static Kind ofKey(String key) {
			return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
		}

	}

	/**
	 * How a drift was over.
	 */
	public enum Closing {

		/** The file is what was approved. */
		BACK("The file is what was approved again."),
		/** Another content was approved since, and stands there. */
		APPROVED("What stands there was approved since."),
		/** Nothing is approved for this file any more. */
		NOT_WATCHED("Nothing is approved for this file any more.");

		private final String words;

		Closing(String words) {
			this.words = words;
		}

		/** The same as a sentence. */
		public String words() {
			return this.words;
		}

		/** The name in the HTTP contract. */
		public String key() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

		/** The closing stored under this name. */
		public static Closing ofKey(String key) {
			return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
		}

	}

}
