package io.virtwise.rollout.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.NodeStatus;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.PushEnded;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down what a push is about to do and what came of it, each in its own short
 * transaction, so that no connection to the database is held while a node is spoken to.
 * Each entry says that this portal is still at it; where another one has taken over, the
 * entry is refused and the push is let go of.
 */
@Component
class PushJournal {

	private final PushTable pushes;

	private final StepTable steps;

	private final RolloutProperties properties;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	/** Who this portal is, until it stops. */
	private final String runner = Ids.next();

	PushJournal(PushTable pushes, StepTable steps, RolloutProperties properties, Clock clock,
			ApplicationEventPublisher events, PlatformTransactionManager transactions) {
		this.pushes = pushes;
		this.steps = steps;
		this.properties = properties;
		this.clock = clock;
		this.events = events;
		this.transaction = new TransactionTemplate(transactions);
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Begins a push that waits, in the caller's transaction; {@code false} if somebody
	 * else did.
	 */
	boolean begin(String pushId) {
		return this.pushes.begin(pushId, this.runner, now(), lease());
	}

	/** Takes over a push that nobody works on any more. */
	boolean takeOver(String pushId) {
		return write(() -> {
			boolean taken = this.pushes.takeOver(pushId, this.runner, now(), lease());
			if (taken) {
				this.steps.endRunning(pushId, ": nobody knows how this ended, the portal stopped meanwhile", now());
			}
			return taken;
		});
	}

	/** Writes down that a step is about to be done, and gives its number. */
	long begin(Push push, String name, String text) {
		return owned(push, () -> this.steps.insert(push.id(), name, Outcome.RUNNING, text, now()));
	}

	/** Writes down what came of it. */
	void end(Push push, long step, Outcome outcome, String text) {
		owned(push, () -> {
			this.steps.end(step, outcome, text, now());
			return step;
		});
	}

	/** Writes down something to know. */
	void note(Push push, String name, Outcome outcome, String text) {
		owned(push, () -> this.steps.insert(push.id(), name, outcome, text, now()));
	}

	/** Writes down how far writing is, before it goes on. */
	void phase(Push push, Push.Phase phase) {
		owned(push, () -> {
			this.pushes.phase(push.id(), phase);
			return phase;
		});
	}

	/** Writes down that the overwrite has ended and has yet to be proved. */
	void written(Push push) {
		owned(push, () -> {
			this.pushes.status(push.id(), NodeStatus.WRITTEN, now());
			return push;
		});
	}

	/** Remembers owner and mode of the file before anything is written. */
	void sawFile(Push push, RemoteFile file) {
		owned(push, () -> {
			this.pushes.sawFile(push.id(), file.octalMode(), file.owner(), file.group());
			return push;
		});
	}

	/** Remembers the name of the copy on the node. */
	void backedUp(Push push, String name) {
		owned(push, () -> {
			this.pushes.backedUp(push.id(), name);
			return push;
		});
	}

	/** Ends the push: what the node holds is known, and another push may begin. */
	void end(Push push, NodeStatus status, Push.Holds holds, String nodeName, String summary) {
		owned(push, () -> {
			this.pushes.end(push.id(), status, holds, summary, now());
			Outcome outcome = switch (status) {
				case FAILED -> Outcome.FAILED;
				case ROLLED_BACK -> Outcome.PUT_BACK;
				default -> Outcome.DONE;
			};
			this.steps.insert(push.id(), "end", outcome, summary, now());
			this.events.publishEvent(new AuditableEvent("change.node-" + status.key(), "change", push.changeId(),
					nodeName, NodeStatus.WRITING.word(), status.word() + ": " + summary));
			this.events.publishEvent(new PushEnded(push.changeId(), push.nodeId(), status, now()));
			return push;
		});
	}

	/** Gives up for now: what the node holds is not known until it answers. */
	void stick(Push push, String summary) {
		owned(push, () -> {
			this.pushes.stick(push.id(), summary, now().plus(this.properties.retryAfter()));
			this.steps.insert(push.id(), "unreachable", Outcome.FAILED, summary, now());
			return push;
		});
	}

	/** Who this portal is, until it stops. */
	String runner() {
		return this.runner;
	}

	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private Instant lease() {
		return now().plus(this.properties.lease());
	}

	private <T> T owned(Push push, Supplier<T> entry) {
		return write(() -> {
			if (!this.pushes.renew(push.id(), this.runner, lease())) {
				throw new LeaseLost(push.id());
			}
			return entry.get();
		});
	}

	private <T> T write(Supplier<T> entry) {
		T result = this.transaction.execute((status) -> entry.get());
		if (result == null) {
			throw new IllegalStateException("an entry of the journal gave no answer");
		}
		return result;
	}

	/**
	 * Another portal works on this push now, so this one must not touch the node again.
	 */
	static final class LeaseLost extends RuntimeException {

		private static final long serialVersionUID = 1L;

		LeaseLost(String pushId) {
			super("push " + pushId + " is worked on by another portal now");
		}

	}

}
