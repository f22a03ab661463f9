package io.virtwise.rollout.internal;

import java.time.Duration;

import io.virtwise.change.ChangeProgress.DryRunResult;
import io.virtwise.change.Surroundings;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.ManagedFiles;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;
import io.virtwise.rollout.internal.DropInTask.DropIn;

/**
 * Looks at the folder of drop-ins on a node and writes nothing.
 */
final class DropInCheck {

	private final ManagedFiles files;

	private final Node node;

	private final DropInTask task;

	private final Duration deadline;

	DropInCheck(ManagedFiles files, Node node, DropInTask task, Duration deadline) {
		this.files = files;
		this.node = node;
		this.task = task;
		this.deadline = deadline;
	}

	/** Whether a push would find what was planned for. */
	DryRunResult dryRun() {
		try {
			Surroundings around = new Surroundings();
			RemoteFile main;
			try (Session parent = this.files.open(this.node, this.task.parent(), this.deadline)) {
				main = DropInSession.main(parent, this.task);
				DropInSession.addMain(parent, this.task, around);
			}
			return folder(around, main);
		}
		catch (PushSteps.Stopped ex) {
			return new DryRunResult(FileCheck.WOULD_FAIL, ex.getMessage());
		}
		catch (NodeFailure ex) {
			return new DryRunResult(FileCheck.NOT_CHECKED, String.valueOf(ex.getMessage()));
		}
	}

	private DryRunResult folder(Surroundings around, RemoteFile main) {
		String access = "owner " + main.owner() + ":" + main.group() + ", mode " + main.octalMode() + ", as nova.conf";
		try (Session folder = this.files.open(this.node, this.task.folder(), this.deadline)) {
			DropInSession.addFolder(folder, this.task, around);
			return judge(folder, around, access);
		}
		catch (NodeFailure ex) {
			if (!DropInSession.missing(ex) || this.task.goes() != null) {
				throw ex;
			}
			return around.hash().equals(this.task.around())
					? new DryRunResult(FileCheck.WOULD_WORK,
							"The folder " + this.task.folder() + " is not there and would be made; " + access + ".")
					: changed();
		}
	}

	private DryRunResult judge(Session folder, Surroundings around, String access) {
		if (!around.hash().equals(this.task.around())) {
			return changed();
		}
		if (DropInSession.holds(folder, this.task.appears())) {
			return new DryRunResult(FileCheck.WOULD_WORK, "The approved file is there already.");
		}
		DropIn appears = this.task.appears();
		DropIn goes = this.task.goes();
		boolean inTheWay = appears != null && DropInSession.content(folder, appears.name()) != null;
		boolean olderGone = goes != null && !DropInSession.holds(folder, goes);
		return (inTheWay || olderGone) ? changed()
				: new DryRunResult(FileCheck.WOULD_WORK, "The files that nova reads are as planned; " + access + ".");
	}

	private static DryRunResult changed() {
		return new DryRunResult(FileCheck.WOULD_FAIL,
				"A file that nova reads was changed after this was planned. Probe the node and plan again.");
	}

	/** Whether the approved file is there, and the earlier one is not. */
	boolean isInPlace() {
		try (Session folder = this.files.open(this.node, this.task.folder(), this.deadline)) {
			DropIn goes = this.task.goes();
			return DropInSession.holds(folder, this.task.appears())
					&& (goes == null || DropInSession.content(folder, goes.name()) == null);
		}
		catch (PushSteps.Stopped ex) {
			return false;
		}
	}

}
