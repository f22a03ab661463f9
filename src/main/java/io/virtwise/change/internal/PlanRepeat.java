package io.virtwise.change.internal;

import java.util.List;
import java.util.Optional;

import io.virtwise.change.ChangeProgress.DryRunCheck;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.CpuChoice;
import io.virtwise.change.PlanCheck;
import io.virtwise.change.PlannedNode;
import io.virtwise.shared.Refused;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes the plan of a node once more, as things are now, and compares.
 */
@Component
class PlanRepeat implements PlanCheck {

	private final Freshness freshness;

	private final Planner planner;

	private final DriftPlanner drift;

	private final PlannedCpu cpus;

	PlanRepeat(Freshness freshness, Planner planner, DriftPlanner drift, PlannedCpu cpus) {
		this.cpus = cpus;
		this.freshness = freshness;
		this.planner = planner;
		this.drift = drift;
	}

	@Override
	@Transactional(readOnly = true)
	public List<DryRunCheck> of(ChangeRequest change, PlannedNode planned) {
		List<String> moved = this.freshness.moved(change, planned);
		DryRunCheck plan = moved.isEmpty()
				? new DryRunCheck("plan", DryRunCheck.WOULD_WORK, "Node, facts and rulebase are as they were.")
				: new DryRunCheck("plan", DryRunCheck.WOULD_FAIL,
						"Not up to date: " + String.join("; ", moved) + ". Plan it again.");
		return List.of(plan, diff(planned));
	}

	@Override
	@Transactional(readOnly = true)
	public Optional<CpuChoice> cpu(PlannedNode planned) {
		return this.cpus.of(planned);
	}

	private DryRunCheck diff(PlannedNode planned) {
		PlannedNode again;
		try {
			again = (planned.answer() != null) ? this.drift.again(planned) : this.planner.again(planned);
		}
		catch (Refused ex) {
			return new DryRunCheck("diff", DryRunCheck.WOULD_FAIL, "Computed anew, it " + ex.getMessage() + ".");
		}
		if (!again.afterHash().equals(planned.afterHash()) || !again.beforeHash().equals(planned.beforeHash())) {
			return new DryRunCheck("diff", DryRunCheck.WOULD_FAIL,
					"Computed anew from what was last read, the diff is another one. Plan it again.");
		}
		return new DryRunCheck("diff", DryRunCheck.WOULD_WORK, "Computed anew, the diff is the same to the byte.");
	}

}
