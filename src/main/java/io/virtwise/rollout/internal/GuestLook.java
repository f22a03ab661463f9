package io.virtwise.rollout.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.virtwise.change.ChangeProgress.DryRunCheck;
import io.virtwise.change.CpuChoice;
import io.virtwise.change.PlanCheck;
import io.virtwise.change.PlannedNode;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.CpuProbe;
import io.virtwise.rollout.CpuProbe.Cpu;
import io.virtwise.rollout.CpuProbe.Looked;
import io.virtwise.rollout.CpuProbe.Wanted;

import org.springframework.stereotype.Component;

/**
 * Asks a node whether the guests that run on it fit the CPU that a plan gives them.
 */
@Component
class GuestLook {

	private final PlanCheck plan;

	private final CpuProbe probe;

	GuestLook(PlanCheck plan, CpuProbe probe) {
		this.plan = plan;
		this.probe = probe;
	}

	/** Whether the plan gives guests another CPU. */
	boolean concerned(PlannedNode planned) {
		return this.plan.cpu(planned).isPresent();
	}

	/**
	 * Empty where the plan leaves CPUs as they are.
	 * @throws NodeFailure if the node cannot be asked
	 */
	Optional<DryRunCheck> at(Node node, PlannedNode planned, Duration deadline) {
		return this.plan.cpu(planned).map((choice) -> at(node, choice, deadline));
	}

	/** The same where a node that cannot be asked is one that nobody checked. */
	Optional<DryRunCheck> orNotChecked(Node node, PlannedNode planned, Duration deadline) {
		try {
			return at(node, planned, deadline);
		}
		catch (NodeFailure ex) {
			return (planned.runningGuests() == 0) ? Optional.empty()
					: Optional.of(new DryRunCheck(GuestFit.NAME, DryRunCheck.NOT_CHECKED,
							planned.runningGuests() + " guests ran there when it was planned. " + ex.getMessage()));
		}
	}

	private DryRunCheck at(Node node, CpuChoice choice, Duration deadline) {
		String unclear = choice.unclear();
		if (unclear == null) {
			return GuestFit.of(this.probe.look(node,
					new Wanted(choice.virtType(), choice.mode(), choice.models(), choice.flags()), deadline));
		}
		Looked looked = this.probe.look(node, new Wanted("kvm", "none", List.of(), List.of()), deadline);
		return GuestFit.of(new Looked(looked.guests(), looked.others(), Cpu.untold("", "the new CPU", unclear)));
	}

}
