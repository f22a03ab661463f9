package io.virtwise.rollout;

import java.time.Instant;
import java.util.List;

import io.virtwise.change.ChangeRequest;
import io.virtwise.change.Seen;
import org.jspecify.annotations.Nullable;

/**
 * What people do with a change from its start on. Every verb is refused with
 * {@link io.virtwise.shared.Refused} where the state or the person stands against it.
 * Nodes are written in the background, wave by wave.
 */
public interface Rollouts {

	/** How the change is carried out: as planned by a person, or else as usual. */
	RolloutPlan plan(String changeId);

	/** Plans how a change is carried out, until it is started. */
	RolloutPlan plan(String changeId, RolloutPlan plan);

	/** Starts an approved change as it is planned; its approval is spent. */
	ChangeRequest start(String changeId);

	/**
	 * Starts an approved change; its approval is spent.
	 * @param plan how it is carried out, {@code null} as it is planned already
	 */
	ChangeRequest start(String changeId, @Nullable RolloutPlan plan);

	/** The same, if the change is still what the person looked at. */
	ChangeRequest start(String changeId, Seen seen, @Nullable RolloutPlan plan);

	/**
	 * Begins no further node until resumed.
	 * @param reason in the person's words, for the history
	 */
	ChangeRequest pause(String changeId, @Nullable String reason);

	/**
	 * Goes on with the nodes that are left.
	 * @param reason in the person's words, for the history
	 */
	ChangeRequest resume(String changeId, @Nullable String reason);

	/**
	 * Begins no further node, for good; nodes not begun are skipped.
	 * @param reason in the person's words, for the history
	 */
	ChangeRequest stop(String changeId, @Nullable String reason);

	/** Puts the old bytes back on every node that holds the new ones, and proves it. */
	ChangeRequest rollBack(String changeId, String reason);

	/**
	 * Puts the old bytes back and proves it.
	 * @param nodeIds on which nodes; all that hold the new bytes where this is empty
	 */
	ChangeRequest rollBack(String changeId, String reason, List<String> nodeIds);

	/**
	 * Has the nodes of a failed change written once more that are not as approved.
	 * @param skippedToo whether those too that were never begun
	 */
	ChangeRequest rerun(String changeId, boolean skippedToo);

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

	/**
	 * The portal itself puts a node in force that waits for a restart: evidence says when
	 * nova-compute was started, and that was after the file was proved. The file is read
	 * once more here too. No right is asked for; nobody but the portal calls this.
	 */
	ChangeRequest proveRestart(String changeId, String nodeId, Instant startedAt);

	/** Tries at once again to find out what a node holds that could not be reached. */
	void retry(String changeId, String nodeId);

}
