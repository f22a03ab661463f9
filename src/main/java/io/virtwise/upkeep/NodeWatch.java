package io.virtwise.upkeep;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a node stands by the watch for drift.
 *
 * @param nodeId the node
 * @param path the file that is watched
 * @param changeId the change that was approved for it
 * @param changeNumber its number, for people
 * @param checkedAt when the file was last read and compared, {@code null} for never yet
 * @param failure why it could not be read since, {@code null} if it could
 * @param failedAt when that was
 * @param nextAt when it is looked at next, {@code null} where the watch is switched off
 * @param open the drift that is open, {@code null} for none
 */
public record NodeWatch(String nodeId, String path, String changeId, long changeNumber, @Nullable Instant checkedAt,
		@Nullable String failure, @Nullable Instant failedAt, @Nullable Instant nextAt, @Nullable DriftFinding open) {
}
