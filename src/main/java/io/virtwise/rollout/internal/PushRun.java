package io.virtwise.rollout.internal;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.NodeStatus;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One run of a push: from wherever the journal says it is, to an end at which it is known
 * what the node holds. Before the overwrite begins a fault ends the push with nothing
 * written; from then on it puts the old content back and proves it.
 */
final class PushRun {

	private static final int MAX_COPIES = 9;

	private final Push push;

	private final Task task;

	private final PushJournal journal;

	private final PushSteps steps;

	private final Supplier<Session> opener;

	private final RolloutProperties properties;

	private @Nullable RemoteFile seen;

	private Push.Holds found = Push.Holds.UNKNOWN;

	PushRun(Push push, Node node, Task task, PushJournal journal, Function<Node, Session> opener,
			RolloutProperties properties) {
		this.push = push;
		this.task = task;
		this.journal = journal;
		this.steps = new PushSteps(push, node, journal);
		this.opener = () -> opener.apply(node);
		this.properties = properties;
		if (push.mode() != null) {
			this.seen = new RemoteFile(RemoteFile.Kind.REGULAR, task.expected().length, push.mode(), push.owner(),
					push.group());
		}
	}

	/** Goes on from where the journal says the push is. */
	void run() {
		switch (this.push.phase()) {
			case WRITING -> takeUp();
			case RESTORING -> restore(true);
			default -> forward();
		}
	}

	/** Look, compare, copy, write, prove. */
	private void forward() {
		boolean[] writing = { false };
		try (Session session = this.steps.open(this.opener)) {
			RemoteFile file = look(session);
			this.seen = file;
			this.journal.sawFile(this.push, file);
			if (!compare(session)) {
				backUp(session);
				this.journal.phase(this.push, Push.Phase.WRITING);
				writing[0] = true;
				this.steps.step("write", "writing " + PushSteps.bytes(this.task.target().length), () -> {
					session.overwrite(this.task.file(), this.task.target());
					return this.task.target().length;
				}, (length) -> "written, " + PushSteps.bytes(length));
				this.journal.written(this.push);
			}
			prove(session);
		}
		catch (DataAccessException | TransactionException | PushJournal.LeaseLost ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			if (writing[0]) {
				restore(false);
			}
			else {
				this.journal.end(this.push, NodeStatus.FAILED, this.found, this.task.nodeName(),
						"Nothing was written. " + PushSteps.words(ex));
			}
			return;
		}
		this.steps.succeed(this.task.kind(), this.task.nodeName());
	}

	/** The overwrite may have begun: the node's bytes decide. */
	private void takeUp() {
		byte[] present;
		try (Session session = this.steps.open(this.opener)) {
			look(session);
			present = read(session, "examine", "reading what the interrupted push left behind");
			if (Arrays.equals(present, this.task.target())) {
				this.steps.note("examine", "the whole new content is there");
				prove(session);
			}
		}
		catch (NodeFailure ex) {
			stick(ex);
			return;
		}
		catch (PushSteps.Stopped ex) {
			restore(true);
			return;
		}
		if (Arrays.equals(present, this.task.target())) {
			this.steps.succeed(this.task.kind(), this.task.nodeName());
		}
		else if (!Arrays.equals(present, this.task.expected())) {
			this.steps.note("examine", "the file is neither the old nor the new content");
			restore(true);
		}
		else if (this.push.attempts() > this.properties.rewriteAttempts()) {
			this.journal.end(this.push, NodeStatus.FAILED, this.task.restored(), this.task.nodeName(), "Begun "
					+ (this.push.attempts() - 1) + " times and cut off each time. The node is as it was before.");
		}
		else {
			this.steps.note("examine", "nothing was written yet, so the push begins again");
			forward();
		}
	}

	/** Puts the old content back, however often it takes. */
	private void restore(boolean takenUp) {
		this.journal.phase(this.push, Push.Phase.RESTORING);
		RuntimeException last = new IllegalStateException("never tried");
		for (int attempt = 1; attempt <= this.properties.restoreAttempts(); attempt++) {
			if (attempt > 1) {
				this.steps.pause(this.properties.pause());
			}
			try (Session session = this.steps.open(this.opener)) {
				int padding = putBack(session, takenUp);
				restored(padding);
				return;
			}
			catch (NodeFailure | PushSteps.Stopped ex) {
				last = ex;
			}
		}
		if (last instanceof PushSteps.Stopped) {
			this.journal.end(this.push, NodeStatus.FAILED, Push.Holds.OTHER, this.task.nodeName(),
					last.getMessage() + " The old content is kept on the node as "
							+ Objects.requireNonNullElse(this.push.backupName(), this.task.backup())
							+ ". Find out who else writes " + this.task.path() + ".");
		}
		else {
			stick(last);
		}
	}

	private int putBack(Session session, boolean takenUp) {
		RemoteFile file = look(session);
		byte[] present = read(session, "look-again", "reading what is there now");
		byte[] wanted = Task.pad(this.task.expected(), present.length);
		if (!Arrays.equals(present, wanted)) {
			if (takenUp && !this.task.isTornByUs(present)) {
				keepFound(session);
			}
			this.steps.step("put-back", "putting the old content back, " + PushSteps.bytes(wanted.length), () -> {
				session.overwrite(this.task.file(), wanted);
				return wanted;
			}, (done) -> "old content written back, " + PushSteps.bytes(done.length), Outcome.PUT_BACK);
			byte[] back = this.steps.step("prove-old", "reading it back", () -> {
				byte[] read = session.read(this.task.file());
				if (!Arrays.equals(read, wanted)) {
					throw new PushSteps.Stopped("The old content was put back, but the file then held "
							+ PushSteps.hash(read) + ", which is neither old nor new: something else writes it too.");
				}
				return read;
			}, (read) -> "read back, " + PushSteps.hash(read) + ", is the old content", Outcome.PUT_BACK);
			this.found = this.task.holds(back);
		}
		if (this.seen != null) {
			String difference = PushSteps.difference(file, this.seen);
			if (difference != null) {
				this.steps.note("look-again", difference + " Putting content back does not change that.");
			}
		}
		return wanted.length - this.task.expected().length;
	}

	/** Somebody else wrote meanwhile: nothing of theirs gets lost. */
	private void keepFound(Session session) {
		String name = this.task.backup() + "-found";
		this.steps.step("keep-found", "somebody else wrote the file meanwhile; keeping a copy of that", () -> {
			String free = freeName(session, name, session.read(this.task.file()));
			if (session.stat(free).kind() == RemoteFile.Kind.MISSING) {
				session.copy(this.task.file(), free);
			}
			return free;
		}, (free) -> "what somebody else wrote is kept as " + free);
	}

	private void restored(int padding) {
		String tail = (padding == 0) ? "" : " Its file ends with " + padding
				+ " more empty lines, because libvirt cannot shorten a file; they mean nothing to nova.";
		if (this.task.kind() == Push.Kind.FORWARD) {
			this.journal.end(this.push, NodeStatus.ROLLED_BACK, Push.Holds.OLD, this.task.nodeName(),
					"Rolled back and read back. The node is as it was before." + tail);
		}
		else {
			this.journal.end(this.push, NodeStatus.FAILED, Push.Holds.NEW, this.task.nodeName(),
					"The roll back failed. The node still holds the approved content, read back and compared." + tail);
		}
	}

	private void stick(RuntimeException ex) {
		this.journal.stick(this.push,
				PushSteps.words(ex) + " Writing had begun, so " + this.task.path() + " on " + this.task.nodeName()
						+ " may hold old, new or half written content. It is looked at again every "
						+ this.properties.retryAfter().toSeconds() + " s until the node answers.");
	}

	/** Whether the new content is there already. */
	private boolean compare(Session session) {
		return this.steps.step("compare", "reading it and comparing with what was approved", () -> {
			byte[] present = session.read(this.task.file());
			this.found = this.task.holds(present);
			if (Arrays.equals(present, this.task.target())) {
				return true;
			}
			if (!Arrays.equals(present, this.task.expected())) {
				throw new PushSteps.Stopped("The file was changed after this was planned: it is "
						+ PushSteps.hash(present) + ", the approval is for " + PushSteps.hash(this.task.expected())
						+ ". Probe the node and plan again.");
			}
			return false;
		}, (there) -> there ? "the new content is there already"
				: "it is what was approved, " + PushSteps.hash(this.task.expected()));
	}

	private void backUp(Session session) {
		String name = this.steps.step("back-up", "copying it on the node", () -> {
			if (this.push.attempts() > 1) {
				removeTornCopy(session);
			}
			String free = freeName(session, this.task.backup(), this.task.expected());
			if (session.stat(free).kind() == RemoteFile.Kind.MISSING) {
				session.copy(this.task.file(), free);
			}
			if (!Arrays.equals(session.read(free), this.task.expected())) {
				throw new PushSteps.Stopped(
						"The copy " + free + " is not the same as the file: somebody writes it right now.");
			}
			return free;
		}, (free) -> "backed up on the node as " + free);
		this.journal.backedUp(this.push, name);
	}

	/** A copy of ours that was cut off with the portal is of no use to anybody. */
	private void removeTornCopy(Session session) {
		String name = this.task.backup();
		RemoteFile there = session.stat(name);
		if (there.kind() != RemoteFile.Kind.REGULAR || there.size() > this.task.expected().length) {
			return;
		}
		byte[] present = session.read(name);
		if (!Arrays.equals(present, this.task.expected())
				&& new DropInTask.DropIn(name, this.task.expected()).isTornByUs(present)) {
			session.delete(name);
		}
	}

	private void prove(Session session) {
		this.steps.step("prove", "reading it back", () -> {
			byte[] present = session.read(this.task.file());
			this.found = this.task.holds(present);
			if (!Arrays.equals(present, this.task.target())) {
				throw new PushSteps.Stopped("Read back " + PushSteps.hash(present) + ", expected "
						+ PushSteps.hash(this.task.target()) + ": something else wrote the file.");
			}
			RemoteFile before = this.seen;
			if (before != null) {
				String difference = PushSteps.difference(session.stat(this.task.file()), before);
				if (difference != null) {
					throw new PushSteps.Stopped(difference);
				}
			}
			return present;
		}, (present) -> "read back, " + PushSteps.hash(present)
				+ ((this.task.kind() == Push.Kind.FORWARD) ? ", is what was approved" : ", is the old content")
				+ "; owner and mode as before");
	}

	private RemoteFile look(Session session) {
		return this.steps.step("look", "looking at " + this.task.path(), () -> {
			RemoteFile file = session.stat(this.task.file());
			if (file.kind() == RemoteFile.Kind.MISSING) {
				throw new PushSteps.Stopped(this.task.path() + " is not there any more.");
			}
			if (file.kind() != RemoteFile.Kind.REGULAR) {
				throw new PushSteps.Stopped(this.task.path()
						+ " is a symbolic link, a directory or a device. Only a regular file is written; set the path of"
						+ " the node to the file itself.");
			}
			return file;
		}, (file) -> this.task.path() + " is a regular file, " + PushSteps.bytes(file.size()) + ", owner "
				+ file.owner() + ":" + file.group() + ", mode " + file.octalMode());
	}

	/** A name that is free, or that holds exactly this already. */
	private String freeName(Session session, String wanted, byte[] content) {
		for (int i = 1; i <= MAX_COPIES; i++) {
			String name = (i == 1) ? wanted : wanted + "-" + i;
			RemoteFile there = session.stat(name);
			if (there.kind() == RemoteFile.Kind.MISSING || (there.kind() == RemoteFile.Kind.REGULAR
					&& there.size() == content.length && Arrays.equals(session.read(name), content))) {
				return name;
			}
		}
		throw new PushSteps.Stopped("There are already " + MAX_COPIES + " copies named " + wanted + " in "
				+ this.task.directory() + ". Remove those that nobody needs.");
	}

	private byte[] read(Session session, String name, String doing) {
		return this.steps.step(name, doing, () -> session.read(this.task.file()),
				(read) -> "it is " + PushSteps.hash(read));
	}

}
