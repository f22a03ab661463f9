package io.virtwise.rollout.internal;

import java.util.Arrays;
import java.util.function.Supplier;

import io.virtwise.change.NodeStatus;
import io.virtwise.node.Node;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One run of a push that accepts what stands on the node: it reads and compares, and
 * never writes, so it can be begun again at any time.
 */
final class AcceptRun {

	private final Push push;

	private final Task task;

	private final PushJournal journal;

	private final PushSteps steps;

	private final Supplier<Session> opener;

	AcceptRun(Push push, Node node, Task task, PushJournal journal, Supplier<Session> opener) {
		this.push = push;
		this.task = task;
		this.journal = journal;
		this.steps = new PushSteps(push, node, journal);
		this.opener = opener;
	}

	void run() {
		Push.Holds[] found = { Push.Holds.UNKNOWN };
		try (Session session = this.steps.open(this.opener)) {
			this.steps.step("compare", "reading it and comparing with what was approved", () -> {
				if (session.stat(this.task.file()).kind() != RemoteFile.Kind.REGULAR) {
					throw new PushSteps.Stopped(this.task.path() + " is not there any more, or is not a regular file.");
				}
				byte[] present = session.read(this.task.file());
				if (!Arrays.equals(present, this.task.target())) {
					found[0] = Push.Holds.OTHER;
					throw new PushSteps.Stopped("The file was changed after this was planned: it is "
							+ PushSteps.hash(present) + ", the approval is for " + PushSteps.hash(this.task.target())
							+ ". Check the node for drift again.");
				}
				return present;
			}, (present) -> "it is what was approved, " + PushSteps.hash(present) + "; nothing is written");
		}
		catch (DataAccessException | TransactionException | PushJournal.LeaseLost ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			this.journal.end(this.push, NodeStatus.FAILED, found[0], this.task.nodeName(),
					"Nothing was written. " + PushSteps.words(ex));
			return;
		}
		this.journal.end(this.push, NodeStatus.RESTART_PENDING, Push.Holds.NEW, this.task.nodeName(),
				"Accepted as it stands on the node, read and compared; nothing was written. Whether nova-compute was"
						+ " restarted since somebody wrote it is not known.");
	}

}
