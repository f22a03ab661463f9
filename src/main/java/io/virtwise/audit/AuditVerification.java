package io.virtwise.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a walk along the whole chain found.
 *
 * @param intact whether every entry is as it was written and none is missing
 * @param entries how many entries were read
 * @param head the hash of the last entry, to compare with one noted elsewhere
 * @param brokenAt the place of the first entry that does not fit, {@code null} if all do
 * @param reason what is wrong there, {@code null} if nothing is
 */
public record AuditVerification(boolean intact, long entries, String head, @Nullable Long brokenAt,
		@Nullable String reason) {
}
