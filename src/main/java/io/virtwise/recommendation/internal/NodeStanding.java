package io.virtwise.recommendation.internal;

import java.time.Instant;

import io.virtwise.rules.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Where a node stands at a glance.
 *
 * @param verdict by its latest assessment, {@code null} before the first
 * @param assessedAt when that was
 * @param sentence that assessment's one sentence
 * @param differing how many options of nova.conf have to change, {@code null} where
 * nobody read one
 * @param failure why the last try to read the node failed, {@code null} if it did not
 * @param failedAt when that was
 */
public record NodeStanding(@Nullable Verdict verdict, @Nullable Instant assessedAt, @Nullable String sentence,
		@Nullable Integer differing, @Nullable String failure, @Nullable Instant failedAt) {

	/** Never assessed, never tried. */
	public static final NodeStanding NONE = new NodeStanding(null, null, null, null, null, null);

}
