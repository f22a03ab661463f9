package io.virtwise.upkeep;

import java.util.List;

/**
 * What is left to do on nodes once a change was written there. A person may say that a
 * step is done; it is over only when evidence shows its effect.
 */
public interface LeftToDo {

	/** The steps of a change, node by node in their order. */
	List<WorkStep> of(String changeId);

	/**
	 * A person says that the step is done, or takes that back.
	 * @throws io.virtwise.shared.Refused if there is no such step, or it is over
	 */
	WorkStep tick(String changeId, String stepId, boolean done);

}
