package io.virtwise.rollout;

import io.virtwise.change.ChangeRequest;

/**
 * What people do with a change from its start on. Every verb is refused with
 * {@link io.virtwise.shared.Refused} where the state or the person stands against it.
 * Nodes are written in the background, one after another.
 */
public interface Rollouts {

	/** Starts an approved change; its approval is spent. */
	ChangeRequest start(String changeId);

	/** Begins no further node until resumed. */
	ChangeRequest pause(String changeId);

	/** Goes on with the nodes that are left. */
	ChangeRequest resume(String changeId);

	/** Begins no further node, for good; nodes not begun are skipped. */
	ChangeRequest stop(String changeId);

	/** Puts the old bytes back on every node that holds the new ones, and proves it. */
	ChangeRequest rollBack(String changeId, String reason);

	/**
	 * Reads the file on every node again and says whether the change would work; writes
	 * nothing.
	 */
	void dryRun(String changeId);

	/**
	 * A person says that nova-compute was restarted on this node. The file is read once
	 * more; only if it still holds the approved bytes is the node in force.
	 */
	ChangeRequest confirmRestart(String changeId, String nodeId);

	/** Tries at once again to find out what a node holds that could not be reached. */
	void retry(String changeId, String nodeId);

}
