package io.virtwise.upkeep;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Something to be done on a node by hand after a change was written there.
 *
 * @param id opaque
 * @param changeId the change
 * @param nodeId the node
 * @param nodeName its name
 * @param number its turn, from 1
 * @param restart whether it restarts nova-compute, so that the new file is read
 * @param title what it does
 * @param detail commands and sentences
 * @param rules the rules that ask for it
 * @param madeAt when it was written down
 * @param tickedBy id of the person who says that it is done
 * @param tickedAt when that was said
 * @param closedAt when it was over
 * @param closing how it was over, {@code null} while it is open
 * @param evidence what showed that
 */
public record WorkStep(String id, String changeId, String nodeId, String nodeName, int number, boolean restart,
		String title, List<String> detail, List<String> rules, Instant madeAt, @Nullable String tickedBy,
		@Nullable Instant tickedAt, @Nullable Instant closedAt, @Nullable Closing closing, @Nullable String evidence) {

	public WorkStep {
		detail = List.copyOf(detail);
		rules = List.copyOf(rules);
	}

	/** Whether its effect has yet to be seen. */
	public boolean open() {
		return this.closing == null;
	}

	/**
	 * How a step was over.
	 */
	public enum Closing {

		/** Its effect was seen. */
		EVIDENCE,
		/** A person confirmed it, and the file was read once more. */
		PERSON,
		/** The change was rolled back, so it is not wanted any more. */
		ROLLED_BACK;

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
