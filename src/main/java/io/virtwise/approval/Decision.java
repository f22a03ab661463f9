package io.virtwise.approval;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What one person said.
 *
 * @param decidedBy id of the person
 * @param outcome yes or no
 * @param comment in that person's words, never {@code null} for a no
 * @param decidedAt when
 */
public record Decision(String decidedBy, Outcome outcome, @Nullable String comment, Instant decidedAt) {

	/**
	 * Yes or no.
	 */
	public enum Outcome {

		/** Yes. */
		APPROVED,
		/** No. */
		DENIED;

		/** The name as it is stored and shown. */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** The outcome stored under this name. */
		public static Outcome ofKey(String key) {
			return valueOf(key.toUpperCase(Locale.ROOT));
		}

	}

}
