package io.virtwise.recommendation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * A finding of a node that somebody lives with for a while, with the reason and who
 * answers for it.
 *
 * @param id opaque
 * @param nodeId the node
 * @param nodeName its name
 * @param rule the rule that found it
 * @param title the finding's line
 * @param reason why one can live with it
 * @param owner who answers for it
 * @param until the last day on which it counts, in UTC
 * @param facts hash over the facts that the finding rests on
 * @param createdBy id of the person who waived it
 * @param createdAt when
 * @param endedAt since when it does not count any more, {@code null} while it does
 * @param endedBy id of the person who took it back, {@code null} for the portal itself
 * @param ending how it ended
 */
public record Waiver(String id, String nodeId, String nodeName, String rule, String title, String reason, String owner,
		LocalDate until, ContentHash facts, String createdBy, Instant createdAt, @Nullable Instant endedAt,
		@Nullable String endedBy, @Nullable Ending ending) {

	/** Whether it counts on this day. */
	public boolean countsOn(LocalDate day) {
		return this.endedAt == null && !day.isAfter(this.until);
	}

	/** Whether it is about this finding. */
	public boolean covers(String findingRule, String findingTitle) {
		return this.rule.equals(findingRule) && this.title.equals(findingTitle);
	}

	/**
	 * How a waiver ended.
	 */
	public enum Ending {

		/** Its last day is over. */
		RAN_OUT("Its last day is over."),
		/** The facts under the finding are others now. */
		FACTS_CHANGED("The facts under the finding changed, so it is open again."),
		/** Somebody took it back. */
		TAKEN_BACK("It was taken back.");

		private final String words;

		Ending(String words) {
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

		/** The ending stored under this name. */
		public static Ending ofKey(String key) {
			return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
		}

	}

}
