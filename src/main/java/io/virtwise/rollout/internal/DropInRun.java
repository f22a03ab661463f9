package io.virtwise.rollout.internal;

import java.util.Objects;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.NodeStatus;
import io.virtwise.change.Surroundings;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.ManagedFiles;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;
import io.virtwise.rollout.internal.DropInTask.DropIn;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One run of a push by drop-in: stage under a name that nova does not read, prove, copy
 * on the node to the final name, prove, and only then remove the earlier file. From the
 * copy on a fault puts the earlier state back; the journal and the folder say how to go
 * on after a crash.
 */
final class DropInRun {

	private static final String FALLBACK_MODE = "0640";

	private final Push push;

	private final DropInTask task;

	private final PushJournal journal;

	private final PushSteps steps;

	private final DropInFiles files;

	private final RolloutProperties properties;

	private @Nullable RemoteFile access;

	DropInRun(Push push, Node node, DropInTask task, PushJournal journal, ManagedFiles files,
			RolloutProperties properties) {
		this.push = push;
		this.task = task;
		this.journal = journal;
		this.steps = new PushSteps(push, node, journal);
		this.files = new DropInFiles(node, task, this.steps, files, properties.deadline());
		this.properties = properties;
		if (push.mode() != null) {
			this.access = new RemoteFile(RemoteFile.Kind.REGULAR, 0, push.mode(), push.owner(), push.group());
		}
	}

	/** Goes on from where the journal says the push is. */
	void run() {
		switch (this.push.phase()) {
			case WRITING -> takeUp();
			case RESTORING -> restore();
			default -> forward();
		}
	}

	private void forward() {
		boolean[] visible = { false };
		try {
			Surroundings around = new Surroundings();
			try (Session parent = this.files.openParent()) {
				lookAtMain(parent, around);
			}
			try (Session folder = this.files.openFolder()) {
				compare(folder, around);
				stage(folder);
				this.journal.phase(this.push, Push.Phase.WRITING);
				visible[0] = true;
				publish(folder);
				finish(folder);
			}
		}
		catch (DataAccessException | TransactionException | PushJournal.LeaseLost ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			if (visible[0]) {
				restore();
			}
			else {
				this.journal.end(this.push, NodeStatus.FAILED,
						(ex instanceof PushSteps.Stopped) ? Push.Holds.OTHER : Push.Holds.UNKNOWN, this.task.nodeName(),
						"Nothing was written that nova reads. " + PushSteps.words(ex));
			}
			return;
		}
		this.steps.succeed(this.task.kind(), this.task.nodeName());
	}

	private void lookAtMain(Session parent, Surroundings around) {
		this.access = this.steps.step("look", "looking at " + this.task.novaConf(), () -> {
			RemoteFile file = DropInSession.main(parent, this.task);
			DropInSession.addMain(parent, this.task, around);
			return file;
		}, (file) -> this.task.novaConf() + " has owner " + file.owner() + ":" + file.group() + ", mode "
				+ file.octalMode() + "; the new file gets the same");
		this.journal.sawFile(this.push, Objects.requireNonNull(this.access));
	}

	/** What the approver saw must still be so, or be done already. */
	private void compare(Session folder, Surroundings around) {
		this.steps.step("compare", "comparing the folder with what was approved", () -> {
			DropInSession.addFolder(folder, this.task, around);
			if (this.task.around() != null && !this.task.around().equals(around.hash())) {
				this.files.unstage(folder);
				throw new PushSteps.Stopped("nova.conf or another file beside this one was changed after this was"
						+ " planned, so it may no longer have the effect that was approved. Probe the node and plan again.");
			}
			boolean there = DropInSession.holds(folder, this.task.appears());
			checkGoes(folder, there);
			DropIn appears = this.task.appears();
			if (appears != null && !there && DropInSession.content(folder, appears.name()) != null) {
				throw new PushSteps.Stopped("There is a file " + appears.name()
						+ " already, and it is not what was approved. Look at it, and take it away.");
			}
			return there;
		}, (there) -> there ? "the new file is there already" : "it is what was approved");
	}

	private void checkGoes(Session folder, boolean done) {
		DropIn goes = this.task.goes();
		if (goes == null) {
			return;
		}
		byte[] present = DropInSession.content(folder, goes.name());
		boolean fine = (present != null) ? goes.is(present) : done;
		if (!fine) {
			this.files.unstage(folder);
			throw new PushSteps.Stopped(
					goes.name() + ((present != null)
							? " was changed after this was planned: it is " + PushSteps.hash(present)
									+ ", the approval is for " + PushSteps.hash(goes.content())
							: " is not there any more") + ". Probe the node and plan again.");
		}
	}

	private void stage(Session folder) {
		DropIn appears = this.task.appears();
		if (appears != null && !DropInSession.holds(folder, appears)) {
			this.files.stage(folder, appears, access());
		}
	}

	/** From here on nova may read it. */
	private void publish(Session folder) {
		DropIn appears = this.task.appears();
		if (appears == null || DropInSession.holds(folder, appears)) {
			return;
		}
		this.files.publish(folder, appears, Outcome.DONE);
		this.journal.written(this.push);
	}

	/** The new file is there, whole: now the earlier one may go. */
	private void finish(Session folder) {
		DropIn appears = this.task.appears();
		if (appears != null) {
			this.files.prove(folder, appears, access());
		}
		this.files.unstage(folder);
		DropIn goes = this.task.goes();
		if (goes != null) {
			this.files.remove(folder, goes, "remove-older", Outcome.DONE);
		}
	}

	/** The copy may have begun, or the removal: the folder decides. */
	private void takeUp() {
		boolean again = false;
		try (Session folder = this.files.openFolder()) {
			DropIn appears = this.task.appears();
			byte[] present = (appears != null) ? DropInSession.content(folder, appears.name()) : null;
			if (appears == null || (present != null && appears.is(present))) {
				this.steps.note("examine",
						(appears != null) ? "the whole new file is there" : "the removal may have begun");
				finish(folder);
			}
			else {
				again = true;
				if (present != null) {
					if (!appears.isTornByUs(present)) {
						throw new PushSteps.Stopped(
								appears.name() + " is neither what was approved nor the beginning of it.");
					}
					this.files.remove(folder, new DropIn(appears.name(), present), "clear-torn", Outcome.PUT_BACK);
				}
			}
		}
		catch (NodeFailure ex) {
			stick(ex);
			return;
		}
		catch (PushSteps.Stopped ex) {
			restore();
			return;
		}
		if (!again) {
			this.steps.succeed(this.task.kind(), this.task.nodeName());
		}
		else if (this.push.attempts() > this.properties.rewriteAttempts()) {
			restore();
		}
		else {
			this.steps.note("examine", "the new file is not there yet, so the push begins again");
			forward();
		}
	}

	/** Puts the earlier state back, however often it takes. */
	private void restore() {
		this.journal.phase(this.push, Push.Phase.RESTORING);
		RuntimeException last = new IllegalStateException("never tried");
		for (int attempt = 1; attempt <= this.properties.restoreAttempts(); attempt++) {
			if (attempt > 1) {
				this.steps.pause(this.properties.pause());
			}
			try (Session folder = this.files.openFolder()) {
				putBack(folder);
				restored();
				return;
			}
			catch (NodeFailure | PushSteps.Stopped ex) {
				last = ex;
			}
		}
		if (last instanceof PushSteps.Stopped) {
			this.journal.end(this.push, NodeStatus.FAILED, Push.Holds.OTHER, this.task.nodeName(),
					PushSteps.words(last) + " Find out who else writes in " + this.task.folder() + ".");
		}
		else {
			stick(last);
		}
	}

	private void putBack(Session folder) {
		DropIn goes = this.task.goes();
		if (goes != null && !DropInSession.holds(folder, goes)) {
			if (DropInSession.content(folder, goes.name()) != null) {
				this.files.removeTorn(folder, goes);
			}
			this.files.stage(folder, goes, access());
			this.files.publish(folder, goes, Outcome.PUT_BACK);
		}
		DropIn appears = this.task.appears();
		if (appears != null) {
			this.files.takeBack(folder, appears);
		}
		this.files.unstage(folder);
		this.files.proveOld(folder);
	}

	private void restored() {
		if (this.task.forward()) {
			this.journal.end(this.push, NodeStatus.ROLLED_BACK, Push.Holds.OLD, this.task.nodeName(),
					"Rolled back and read back. The node is as it was before.");
		}
		else {
			this.journal.end(this.push, NodeStatus.FAILED, Push.Holds.NEW, this.task.nodeName(),
					"The roll back failed. The node still holds the approved content, read back and compared.");
		}
	}

	private void stick(RuntimeException ex) {
		this.journal.stick(this.push,
				PushSteps.words(ex) + " Writing had begun, so " + this.task.folder() + " on " + this.task.nodeName()
						+ " may hold the old or the new file, or both. It is looked at again every "
						+ this.properties.retryAfter().toSeconds() + " s until the node answers.");
	}

	private RemoteFile access() {
		return Objects.requireNonNullElseGet(this.access,
				() -> new RemoteFile(RemoteFile.Kind.REGULAR, 0, FALLBACK_MODE, null, null));
	}

}
