package io.virtwise.rollout.internal;

import io.virtwise.change.ChangeLifecycle;
import io.virtwise.change.ChangeProgress.DryRunCheck;
import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.NodeStatus;
import io.virtwise.change.PlannedNode;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;

import org.springframework.stereotype.Component;

/**
 * Looks at the guests of a node once more right before a push begins, because they come
 * and go after an approval. Where nobody accepted that guests may break, the push ends
 * with nothing written.
 */
@Component
class GuestGuard {

	private final GuestLook guests;

	private final ChangeLifecycle lifecycle;

	private final PushJournal journal;

	private final RolloutProperties properties;

	GuestGuard(GuestLook guests, ChangeLifecycle lifecycle, PushJournal journal, RolloutProperties properties) {
		this.guests = guests;
		this.lifecycle = lifecycle;
		this.journal = journal;
		this.properties = properties;
	}

	/** Whether the push may go on; otherwise it has ended. */
	boolean passes(Push push, Node node, PlannedNode planned) {
		boolean begun = push.phase() == Push.Phase.WRITING || push.phase() == Push.Phase.RESTORING;
		if (begun || push.kind() != Push.Kind.FORWARD || planned.accepts() || !this.guests.concerned(planned)
				|| this.lifecycle.guestsAccepted(push.changeId())) {
			return true;
		}
		DryRunCheck check;
		try {
			check = this.guests.at(node, planned, this.properties.deadline()).orElseThrow();
		}
		catch (NodeFailure ex) {
			stop(push, planned, PushSteps.words(ex));
			return false;
		}
		if (!check.outcome().equals(DryRunCheck.WOULD_WORK)) {
			stop(push, planned, check.text()
					+ " Nobody accepted that when the change was approved. Plan it again and have a second approver accept it, or move the guests away.");
			return false;
		}
		if (!check.text().equals(GuestFit.NO_GUESTS)) {
			this.journal.note(push, GuestFit.NAME, Outcome.NOTE, check.text());
		}
		return true;
	}

	private void stop(Push push, PlannedNode planned, String why) {
		this.journal.note(push, GuestFit.NAME, Outcome.FAILED, why);
		this.journal.end(push, NodeStatus.FAILED, Push.Holds.UNKNOWN, planned.nodeName(),
				"Nothing was written. " + why);
	}

}
