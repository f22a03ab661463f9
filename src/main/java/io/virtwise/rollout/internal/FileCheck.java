package io.virtwise.rollout.internal;

import java.time.Duration;
import java.util.Arrays;

import io.virtwise.change.ChangeProgress.DryRunResult;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.PlannedNode;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.Nodes;
import io.virtwise.rollout.ManagedFiles;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;

import org.springframework.stereotype.Component;

/**
 * Looks at a planned file on its node and writes nothing.
 */
@Component
class FileCheck {

	static final String WOULD_WORK = "would-work";

	static final String WOULD_FAIL = "would-fail";

	static final String NOT_CHECKED = "not-checked";

	private final Nodes nodes;

	private final ManagedFiles files;

	FileCheck(Nodes nodes, ManagedFiles files) {
		this.nodes = nodes;
		this.files = files;
	}

	/** Whether a push would find what was planned for. */
	DryRunResult dryRun(ChangeRequest change, PlannedNode planned, Duration deadline) {
		Task task = Task.of(change.number(), planned, Push.Kind.FORWARD);
		Node node = this.nodes.find(planned.nodeId()).orElse(null);
		if (node == null) {
			return new DryRunResult(WOULD_FAIL, "The node is no longer registered.");
		}
		if (!planned.placement().fits(node)) {
			return new DryRunResult(WOULD_FAIL,
					"The node's nova.conf is now " + node.novaConfPath() + "; plan the change again.");
		}
		if (planned.placement().dropIn()) {
			return new DropInCheck(this.files, node, DropInTask.of(planned, Push.Kind.FORWARD), deadline).dryRun();
		}
		try (Session session = this.files.open(node, task.directory(), deadline)) {
			RemoteFile file = session.stat(task.file());
			if (file.kind() != RemoteFile.Kind.REGULAR) {
				return new DryRunResult(WOULD_FAIL, (file.kind() == RemoteFile.Kind.MISSING)
						? task.path() + " is not there."
						: task.path() + " is not a regular file; a link, directory or device is never written.");
			}
			byte[] present = session.read(task.file());
			if (Arrays.equals(present, task.target())) {
				return new DryRunResult(WOULD_WORK, "The approved content is there already, nothing would be written.");
			}
			if (!Arrays.equals(present, task.expected())) {
				return new DryRunResult(WOULD_FAIL,
						"The file was changed after this was planned. Probe the node and plan again.");
			}
			return new DryRunResult(WOULD_WORK, "Hash agrees, " + file.size() + " bytes, owner " + file.owner() + ":"
					+ file.group() + ", mode " + file.octalMode() + ".");
		}
		catch (NodeFailure ex) {
			return new DryRunResult(NOT_CHECKED, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Whether the file holds exactly the approved bytes now.
	 * @throws NodeFailure if the node cannot be reached
	 */
	boolean isInPlace(ChangeRequest change, PlannedNode planned, Duration deadline) {
		Task task = Task.of(change.number(), planned, Push.Kind.FORWARD);
		Node node = this.nodes.get(planned.nodeId());
		if (planned.placement().dropIn()) {
			return new DropInCheck(this.files, node, DropInTask.of(planned, Push.Kind.FORWARD), deadline).isInPlace();
		}
		try (Session session = this.files.open(node, task.directory(), deadline)) {
			return session.stat(task.file()).kind() == RemoteFile.Kind.REGULAR
					&& Arrays.equals(session.read(task.file()), task.target());
		}
	}

}
