package io.virtwise.rollout.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.change.ChangeLifecycle;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeVerb;
import io.virtwise.change.Changes;
import io.virtwise.change.NodeStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drives a change through its nodes, one after another, and tells where it stands. Which
 * portal drives it does not matter: what to do next is decided under a lock in the
 * database.
 */
@Component
class RolloutDriver {

	private final PushTable pushes;

	private final PushJournal journal;

	private final PushExecutor executor;

	private final Changes changes;

	private final ChangeLifecycle lifecycle;

	private final TransactionTemplate transaction;

	RolloutDriver(PushTable pushes, PushJournal journal, PushExecutor executor, Changes changes,
			ChangeLifecycle lifecycle, PlatformTransactionManager transactions) {
		this.pushes = pushes;
		this.journal = journal;
		this.executor = executor;
		this.changes = changes;
		this.lifecycle = lifecycle;
		this.transaction = new TransactionTemplate(transactions);
	}

	/** Carries out what is left of this change. */
	void drive(String changeId) {
		Optional<String> next = beginNext(changeId);
		while (next.isPresent()) {
			this.executor.run(next.get());
			settle(changeId, next.get());
			next = beginNext(changeId);
		}
		settle(changeId, null);
	}

	/** Takes up a push that nobody works on any more, and then the rest of its change. */
	void takeUp(String pushId) {
		if (this.journal.takeOver(pushId)) {
			this.executor.run(pushId);
			String changeId = this.pushes.find(pushId).orElseThrow().changeId();
			settle(changeId, pushId);
			drive(changeId);
		}
	}

	private Optional<String> beginNext(String changeId) {
		Optional<String> begun = this.transaction.execute((status) -> {
			if (!this.pushes.lock(changeId) || statusOf(changeId) != ChangeStatus.RUNNING) {
				return Optional.empty();
			}
			List<Push> round = this.pushes.latestRound(changeId);
			if (round.stream().anyMatch(RolloutDriver::isBusy)) {
				return Optional.empty();
			}
			return round.stream()
				.filter((push) -> push.status() == NodeStatus.PENDING)
				.findFirst()
				.filter((push) -> this.journal.begin(push.id()))
				.map(Push::id);
		});
		return (begun != null) ? begun : Optional.empty();
	}

	/**
	 * Tells the change what follows from its nodes: its end when all are through, a pause
	 * when one did not go as approved and others are left.
	 * @param justRun the push that was carried out just now, if one was
	 */
	void settle(String changeId, @Nullable String justRun) {
		this.transaction.executeWithoutResult((status) -> {
			if (!this.pushes.lock(changeId)) {
				return;
			}
			ChangeRequest change = this.changes.find(changeId).orElseThrow();
			List<Push> round = this.pushes.latestRound(changeId);
			boolean open = change.status() == ChangeStatus.RUNNING || change.status() == ChangeStatus.PAUSED;
			if (!open) {
				return;
			}
			if (round.stream().anyMatch((push) -> push.status() == NodeStatus.PENDING)) {
				if (change.status() == ChangeStatus.RUNNING
						&& round.stream().anyMatch((push) -> push.id().equals(justRun) && wentWrong(push))) {
					this.lifecycle.tell(changeId, ChangeVerb.PAUSE, null,
							"A node did not go as approved, so no further one is begun. Resume or stop.");
				}
				return;
			}
			if (round.stream().noneMatch(RolloutDriver::isBusy)) {
				if (change.status() == ChangeStatus.PAUSED) {
					this.lifecycle.tell(changeId, ChangeVerb.RESUME, null, null);
				}
				finish(changeId, round);
			}
		});
	}

	private void finish(String changeId, List<Push> round) {
		Set<NodeStatus> all = round.stream().map(Push::status).collect(Collectors.toSet());
		boolean back = round.get(0).kind() == Push.Kind.BACK;
		Set<NodeStatus> done = all.stream().filter((one) -> one != NodeStatus.SKIPPED).collect(Collectors.toSet());
		if (done.isEmpty()) {
			tell(changeId, back ? ChangeVerb.FAIL : ChangeVerb.ABANDON,
					back ? "The roll back was stopped before anything was written."
							: "Stopped before anything was written.");
		}
		else if (done.equals(Set.of(NodeStatus.ROLLED_BACK)) && !(back && all.contains(NodeStatus.SKIPPED))) {
			tell(changeId, ChangeVerb.UNDO, null);
		}
		else if (done.equals(Set.of(NodeStatus.IN_FORCE))) {
			tell(changeId, ChangeVerb.PROVE, skipped(round));
		}
		else if (done.stream().allMatch((one) -> one == NodeStatus.RESTART_PENDING || one == NodeStatus.IN_FORCE)) {
			tell(changeId, ChangeVerb.AWAIT_RESTART, skipped(round));
		}
		else {
			tell(changeId, ChangeVerb.FAIL, failure(round));
		}
	}

	private void tell(String changeId, ChangeVerb verb, @Nullable String note) {
		this.lifecycle.tell(changeId, verb, null, note);
	}

	private static @Nullable String skipped(List<Push> round) {
		long count = round.stream().filter((push) -> push.status() == NodeStatus.SKIPPED).count();
		return (count == 0) ? null : "Stopped: " + count + " of " + round.size() + " nodes were skipped.";
	}

	private static String failure(List<Push> round) {
		if (round.size() == 1) {
			String summary = round.get(0).summary();
			return (summary != null) ? summary : "It did not go as approved.";
		}
		long wrong = round.stream().filter(RolloutDriver::wentWrong).count();
		return wrong + " of " + round.size() + " nodes did not go as approved.";
	}

	private ChangeStatus statusOf(String changeId) {
		return this.changes.find(changeId).orElseThrow().status();
	}

	private static boolean isBusy(Push push) {
		return push.status() == NodeStatus.WRITING || push.status() == NodeStatus.WRITTEN;
	}

	private static boolean wentWrong(Push push) {
		boolean undone = push.kind() == Push.Kind.FORWARD && push.status() == NodeStatus.ROLLED_BACK;
		return undone || push.stuck() || push.status() == NodeStatus.FAILED;
	}

}
