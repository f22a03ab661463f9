package io.virtwise.rollout.internal;

import io.virtwise.change.Changes;
import io.virtwise.change.NodeStatus;
import io.virtwise.change.PlannedNode;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.rollout.ManagedFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Carries out one push that this portal has begun or taken over.
 */
@Component
class PushExecutor {

	private static final Logger log = LoggerFactory.getLogger(PushExecutor.class);

	private final PushTable pushes;

	private final PushJournal journal;

	private final Changes changes;

	private final Nodes nodes;

	private final ManagedFiles files;

	private final RolloutProperties properties;

	private final GuestGuard guard;

	PushExecutor(PushTable pushes, PushJournal journal, Changes changes, Nodes nodes, ManagedFiles files,
			RolloutProperties properties, GuestGuard guard) {
		this.guard = guard;
		this.pushes = pushes;
		this.journal = journal;
		this.changes = changes;
		this.nodes = nodes;
		this.files = files;
		this.properties = properties;
	}

	/**
	 * Goes on with the push until it is over or its node cannot be reached. What cannot
	 * be written to the journal is not done; the push is then taken up again later.
	 */
	void run(String pushId) {
		Push push = this.pushes.find(pushId).orElseThrow();
		try {
			// never the whole change: it may have thousands of nodes, and each of them
			// comes here
			Changes.OfNode change = this.changes.findNode(push.changeId(), push.nodeId()).orElseThrow();
			PlannedNode planned = change.planned();
			Node node = this.nodes.find(push.nodeId()).orElse(null);
			if (node == null || !planned.placement().fits(node)) {
				endWithoutNode(push, change.number(), planned, node);
				return;
			}
			if (!this.guard.passes(push, node, planned)) {
				return;
			}
			if (planned.accepts()) {
				Task task = Task.of(change.number(), planned, push.kind());
				new AcceptRun(push, node, task, this.journal,
						() -> this.files.open(node, task.directory(), this.properties.deadline()))
					.run();
				return;
			}
			if (planned.placement().dropIn()) {
				new DropInRun(push, node, DropInTask.of(planned, push.kind()), this.journal, this.files,
						this.properties)
					.run();
				return;
			}
			Task task = Task.of(change.number(), planned, push.kind());
			new PushRun(push, node, task, this.journal,
					(target) -> this.files.open(target, task.directory(), this.properties.deadline()), this.properties)
				.run();
		}
		catch (RuntimeException ex) {
			log.error("Push {} of change {} is let go of where it is; it is taken up again in {} at the latest", pushId,
					push.changeId(), this.properties.lease(), ex);
		}
	}

	/** The node was removed, or its file moved, after the change was planned. */
	private void endWithoutNode(Push push, long change, PlannedNode planned, @Nullable Node node) {
		String why = (node == null) ? "The node was removed from the portal"
				: "The node's nova.conf was set to " + node.novaConfPath();
		boolean touched = push.phase() == Push.Phase.WRITING || push.phase() == Push.Phase.RESTORING;
		String beside = planned.placement().dropIn() ? "."
				: ", the old content is beside it as " + Task.of(change, planned, push.kind()).backup() + ".";
		String summary = touched
				? why + " while " + planned.path()
						+ " was being written. What it holds is not known; look at it by hand" + beside
				: why + " after this was planned. Nothing was written; plan it again.";
		this.journal.end(push, NodeStatus.FAILED, Push.Holds.UNKNOWN, planned.nodeName(), summary);
	}

}
