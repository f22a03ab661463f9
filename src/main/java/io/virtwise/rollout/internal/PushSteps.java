package io.virtwise.rollout.internal;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.NodeStatus;
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

	private final Push push;

	private final Node node;

	private final PushJournal journal;

	PushSteps(Push push, Node node, PushJournal journal) {
		this.push = push;
		this.node = node;
		this.journal = journal;
	}

	Session open(Supplier<Session> opener) {
		String where = this.node.host() + ":" + this.node.port() + " over " + this.node.transport().key();
		Session[] opened = new Session[1];
		try {
			return step("connect", "connecting to " + where, () -> {
				opened[0] = opener.get();
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

	static @Nullable String difference(RemoteFile now, RemoteFile before) {
		String is = now.owner() + ":" + now.group() + " " + now.octalMode();
		String was = before.owner() + ":" + before.group() + " " + before.octalMode();
		return is.equals(was) ? null : "Owner or mode changed from " + was + " to " + is + " meanwhile.";
	}

	/** Waits before another try. */
	void pause(Duration pause) {
		try {
			Thread.sleep(pause.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PushJournal.LeaseLost(this.push.id());
		}
	}

	/** The end that a push, or its way back, is made for. */
	void succeed(Push.Kind kind, String nodeName) {
		if (kind == Push.Kind.FORWARD) {
			this.journal.end(this.push, NodeStatus.RESTART_PENDING, Push.Holds.NEW, nodeName,
					"Written and proved. nova-compute still runs with the old configuration until it is restarted.");
		}
		else {
			this.journal.end(this.push, NodeStatus.ROLLED_BACK, Push.Holds.OLD, nodeName,
					"The old content is back and proved. Restart nova-compute if it was restarted meanwhile.");
		}
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
