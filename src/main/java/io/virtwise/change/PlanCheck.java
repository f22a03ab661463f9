package io.virtwise.change;

import java.util.List;
import java.util.Optional;

import io.virtwise.change.ChangeProgress.DryRunCheck;

/**
 * Looks at a plan without asking the node: whether it is up to date, and whether it comes
 * out the same when it is computed anew.
 */
public interface PlanCheck {

	/** What there is to say about the plan of this node. */
	List<DryRunCheck> of(ChangeRequest change, PlannedNode planned);

	/**
	 * Which CPU guests get when the plan is in force; empty where it leaves that as it
	 * is.
	 */
	Optional<CpuChoice> cpu(PlannedNode planned);

}
