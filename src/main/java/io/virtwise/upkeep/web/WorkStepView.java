package io.virtwise.upkeep.web;

import java.time.Instant;
import java.util.List;

import io.virtwise.access.People;
import io.virtwise.upkeep.WorkStep;
import org.jspecify.annotations.Nullable;

/**
 * A step as the HTTP contract and the pages show it.
 *
 * @param id opaque
 * @param node the node
 * @param number its turn on that node
 * @param title what it does
 * @param detail commands and sentences
 * @param rules the rules that ask for it
 * @param restart whether it restarts nova-compute
 * @param status open, done where a person says so and nothing shows it yet, or closed
 * @param doneBy who says that it is done
 * @param doneAt when that was said
 * @param closedAt when it was over
 * @param closing evidence, person or rolled-back
 * @param evidence what showed it
 */
record WorkStepView(String id, DriftView.Ref node, int number, String title, List<String> detail, List<String> rules,
		boolean restart, String status, DriftView.@Nullable Ref doneBy, @Nullable Instant doneAt,
		@Nullable Instant closedAt, @Nullable String closing, @Nullable String evidence) {

	static WorkStepView of(WorkStep step, People people) {
		String by = step.tickedBy();
		WorkStep.Closing closing = step.closing();
		return new WorkStepView(step.id(), new DriftView.Ref(step.nodeId(), step.nodeName()), step.number(),
				step.title(), step.detail(), step.rules(), step.restart(),
				!step.open() ? "closed" : (by != null) ? "done" : "open",
				(by != null) ? new DriftView.Ref(by, people.nameOf(by)) : null, step.tickedAt(), step.closedAt(),
				(closing != null) ? closing.key() : null, step.evidence());
	}

}
