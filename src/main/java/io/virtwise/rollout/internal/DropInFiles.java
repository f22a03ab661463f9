package io.virtwise.rollout.internal;

import java.time.Duration;
import java.util.Objects;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.ManagedFiles;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;
import io.virtwise.rollout.internal.DropInTask.DropIn;

/**
 * The journaled steps of a push by drop-in. Each is safe to repeat.
 */
final class DropInFiles {

	private final Node node;

	private final DropInTask task;

	private final PushSteps steps;

	private final ManagedFiles files;

	private final Duration deadline;

	DropInFiles(Node node, DropInTask task, PushSteps steps, ManagedFiles files, Duration deadline) {
		this.node = node;
		this.task = task;
		this.steps = steps;
		this.files = files;
		this.deadline = deadline;
	}

	Session openParent() {
		return this.steps.open(() -> this.files.open(this.node, this.task.parent(), this.deadline));
	}

	/** Opens the folder; where it is missing, makes it. */
	Session openFolder() {
		try {
			return this.steps.open(() -> this.files.open(this.node, this.task.folder(), this.deadline));
		}
		catch (NodeFailure ex) {
			if (!DropInSession.missing(ex)) {
				throw ex;
			}
		}
		this.steps.step("make-folder", "making the folder " + this.task.folder(), () -> {
			this.files.makeDirectory(this.node, this.task.folder(), this.deadline);
			return this.task.folder();
		}, (made) -> "made " + made);
		return this.steps.open(() -> this.files.open(this.node, this.task.folder(), this.deadline));
	}

	/** Puts a file under a name that nova does not read, and proves it. */
	void stage(Session folder, DropIn file, RemoteFile access) {
		this.steps.step("stage", "staging " + PushSteps.bytes(file.content().length) + " as " + file.staged(), () -> {
			byte[] present = DropInSession.content(folder, file.staged());
			if (present != null && !file.is(present)) {
				folder.delete(file.staged());
				present = null;
			}
			if (present == null) {
				folder.create(file.staged(), file.content(), Objects.requireNonNullElse(access.octalMode(), "0640"),
						access.owner(), access.group());
			}
			return file;
		}, (done) -> "staged; nova reads only what ends in .conf");
		this.steps.step("prove-staged", "reading it back", () -> requireWhole(folder, file.staged(), file),
				(read) -> "read back, " + PushSteps.hash(read));
	}

	/** Copies the staged file on the node to its final name. */
	void publish(Session folder, DropIn file, Outcome outcome) {
		this.steps.step("publish", "copying it on the node to " + file.name(), () -> {
			folder.copy(file.staged(), file.name());
			return file.name();
		}, (name) -> "copied to " + name, outcome);
	}

	void prove(Session folder, DropIn file, RemoteFile access) {
		this.steps.step("prove", "reading " + file.name() + " back", () -> {
			byte[] read = requireWhole(folder, file.name(), file);
			String difference = PushSteps.difference(folder.stat(file.name()), access);
			if (difference != null && access.owner() != null) {
				throw new PushSteps.Stopped(difference);
			}
			return read;
		}, (read) -> "read back, " + PushSteps.hash(read)
				+ (this.task.forward() ? ", is what was approved" : ", is the old content")
				+ "; owner and mode like nova.conf");
	}

	/** Removes a file if it is still exactly this one. */
	void remove(Session folder, DropIn file, String name, Outcome outcome) {
		if (DropInSession.content(folder, file.name()) == null) {
			return;
		}
		this.steps.step(name, "removing " + file.name(), () -> {
			requireWhole(folder, file.name(), file);
			folder.delete(file.name());
			if (DropInSession.content(folder, file.name()) != null) {
				throw new PushSteps.Stopped(file.name() + " was removed and is there again: somebody else writes it.");
			}
			return file.name();
		}, (removed) -> "removed " + removed, outcome);
	}

	/** Takes away a file of ours that is whole or cut off; not one that others wrote. */
	void takeBack(Session folder, DropIn file) {
		byte[] present = DropInSession.content(folder, file.name());
		if (present == null) {
			return;
		}
		if (!file.isTornByUs(present)) {
			throw new PushSteps.Stopped(file.name() + " holds " + PushSteps.hash(present)
					+ ", which is neither what was approved nor a part of it.");
		}
		remove(folder, new DropIn(file.name(), present), "put-back", Outcome.PUT_BACK);
	}

	/** Takes away what is left of a copy that was cut off. */
	void removeTorn(Session folder, DropIn file) {
		byte[] present = DropInSession.content(folder, file.name());
		if (present != null && file.isTornByUs(present)) {
			remove(folder, new DropIn(file.name(), present), "clear-torn", Outcome.PUT_BACK);
		}
		else if (present != null) {
			throw new PushSteps.Stopped(file.name() + " was changed by somebody else while the push was undone.");
		}
	}

	/** Takes staged files away; nova never read them. */
	void unstage(Session folder) {
		for (DropIn file : new DropIn[] { this.task.appears(), this.task.goes() }) {
			if (file != null && folder.stat(file.staged()).kind() == RemoteFile.Kind.REGULAR) {
				this.steps.step("unstage", "removing " + file.staged(), () -> {
					folder.delete(file.staged());
					return file;
				}, (done) -> "removed " + done.staged());
			}
		}
	}

	/** The earlier state is there, and nothing else of ours. */
	void proveOld(Session folder) {
		this.steps.step("prove-old", "reading the folder back", () -> {
			DropIn goes = this.task.goes();
			if (goes != null) {
				requireWhole(folder, goes.name(), goes);
			}
			DropIn appears = this.task.appears();
			if (appears != null && DropInSession.content(folder, appears.name()) != null) {
				throw new PushSteps.Stopped(
						appears.name() + " was removed and is there again: somebody else writes it.");
			}
			return this.task.folder();
		}, (read) -> "read back, is as it was before", Outcome.PUT_BACK);
	}

	private static byte[] requireWhole(Session folder, String name, DropIn file) {
		byte[] present = DropInSession.content(folder, name);
		if (present == null || !file.is(present)) {
			throw new PushSteps.Stopped("Read back " + ((present != null) ? PushSteps.hash(present) : "nothing")
					+ " from " + name + ", expected " + PushSteps.hash(file.content()) + ": something else wrote it.");
		}
		return present;
	}

}
