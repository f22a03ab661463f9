package io.virtwise.upkeep.web;

import java.time.Instant;

import io.virtwise.nova.NovaConfEditor;
import io.virtwise.upkeep.DriftFinding;
import io.virtwise.upkeep.NodeWatch;
import org.jspecify.annotations.Nullable;

/**
 * How a node stands by the watch for drift, as the HTTP contract shows it.
 *
 * @param state as-approved, drifted, or not-checked where nobody has compared since
 * @param path the file
 * @param change the change that was approved for it
 * @param checkedAt when it was last read and compared
 * @param failure why it could not be read since then
 * @param failedAt when that was
 * @param nextAt when it is looked at next, {@code null} where the watch is switched off
 * @param drift what is open
 */
record NodeDriftView(String state, String path, DriftView.ChangeRef change, @Nullable Instant checkedAt,
		@Nullable String failure, @Nullable Instant failedAt, @Nullable Instant nextAt, @Nullable DriftView drift) {

	static NodeDriftView of(NodeWatch watch, NovaConfEditor editor) {
		DriftFinding open = watch.open();
		String state = (watch.failure() != null || watch.checkedAt() == null) ? "not-checked"
				: (open != null) ? "drifted" : "as-approved";
		return new NodeDriftView(state, watch.path(), new DriftView.ChangeRef(watch.changeId(), watch.changeNumber()),
				watch.checkedAt(), watch.failure(), watch.failedAt(), watch.nextAt(),
				(open != null) ? DriftView.of(open, editor) : null);
	}

}
