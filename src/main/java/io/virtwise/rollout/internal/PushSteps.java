package io.virtwise.rollout.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps that a push is made of. Each is written to the journal before it is done and
 * when it has ended.
 */
final class PushSteps {

	private static final Logger log = LoggerFactory.getLogger(PushSteps.class);

	private static final int MAX_COPIES = 9;

	private final Push push;

	private final Node node;

	private final Task task;

	private final PushJournal journal;

	private final Function<Node, Session> opener;

	PushSteps(Push push, Node node, Task task, PushJournal journal, Function<Node, Session> opener) {
		this.push = push;
		this.node = node;
		this.task = task;
		this.journal = journal;
		this.opener = opener;
	}

	Session open() {
		String where = this.node.host() + ":" + this.node.port() + " over " + this.node.transport().key();
		Session[] opened = new Session[1];
		try {
			return step("connect", "connecting to " + where, () -> {
				opened[0] = this.opener.apply(this.node);
				return opened[0];
			}, (session) -> "connected to " + where);
		}
		catch (RuntimeException ex) {
			if (opened[0] != null) {
				opened[0].close();
			}
			throw ex;
		}
	}

	RemoteFile look(Session session) {
		return step("look", "looking at " + this.task.path(), () -> {
			RemoteFile file = session.stat(this.task.file());
			if (file.kind() == RemoteFile.Kind.MISSING) {
				throw new Stopped(this.task.path() + " is not there any more.");
			}
			if (file.kind() != RemoteFile.Kind.REGULAR) {
				throw new Stopped(this.task.path()
						+ " is a symbolic link, a directory or a device. Only a regular file is written; set the path of"
						+ " the node to the file itself.");
			}
			return file;
		}, (file) -> this.task.path() + " is a regular file, " + bytes(file.size()) + ", owner " + file.owner() + ":"
				+ file.group() + ", mode " + file.octalMode());
	}

	/** A name that is free, or that holds exactly this already. */
	String freeName(Session session, String wanted, byte[] content) {
		for (int i = 1; i <= MAX_COPIES; i++) {
			String name = (i == 1) ? wanted : wanted + "-" + i;
			RemoteFile there = session.stat(name);
			if (there.kind() == RemoteFile.Kind.MISSING || (there.kind() == RemoteFile.Kind.REGULAR
					&& there.size() == content.length && Arrays.equals(session.read(name), content))) {
				return name;
			}
		}
		throw new Stopped("There are already " + MAX_COPIES + " copies named " + wanted + " in " + this.task.directory()
				+ ". Remove those that nobody needs.");
	}

	static @Nullable String difference(RemoteFile now, RemoteFile before) {
		String is = now.owner() + ":" + now.group() + " " + now.octalMode();
		String was = before.owner() + ":" + before.group() + " " + before.octalMode();
		return is.equals(was) ? null : "Owner or mode changed from " + was + " to " + is + " meanwhile.";
	}

	byte[] read(Session session, String name, String doing) {
		return step(name, doing, () -> session.read(this.task.file()), (read) -> "it is " + hash(read));
	}

	void note(String name, String text) {
		this.journal.note(this.push, name, Outcome.NOTE, text);
	}

	<T> T step(String name, String doing, Supplier<T> action, Function<T, String> done) {
		return step(name, doing, action, done, Outcome.DONE);
	}

	<T> T step(String name, String doing, Supplier<T> action, Function<T, String> done, Outcome outcome) {
		long entry = this.journal.begin(this.push, name, doing);
		T result;
		try {
			result = action.get();
		}
		catch (NodeFailure | Stopped ex) {
			this.journal.end(this.push, entry, Outcome.FAILED, words(ex));
			throw ex;
		}
		catch (RuntimeException ex) {
			log.error("Push {} failed at {}", this.push.id(), name, ex);
			NodeFailure failure = new NodeFailure(NodeFailure.Kind.BROKEN,
					"Something unexpected happened in the portal; its log tells more under " + this.push.id() + ".",
					ex);
			this.journal.end(this.push, entry, Outcome.FAILED, words(failure));
			throw failure;
		}
		this.journal.end(this.push, entry, outcome, done.apply(result));
		return result;
	}

	static String words(RuntimeException ex) {
		String message = ex.getMessage();
		return (message != null) ? message : ex.getClass().getSimpleName();
	}

	static String bytes(long count) {
		return String.format(Locale.ROOT, "%,d bytes", count);
	}

	static String hash(byte[] content) {
		String sha256 = ContentHash.of(content).sha256();
		return "sha256 " + sha256.substring(0, 8) + "…" + sha256.substring(56);
	}

	/**
	 * What was seen on the node does not allow to go on.
	 */
	static final class Stopped extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Stopped(String message) {
			super(message);
		}

		@Override
		public String getMessage() {
			return Objects.requireNonNull(super.getMessage());
		}

	}

}
