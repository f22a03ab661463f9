package io.virtwise.rollout.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.change.ChangeLifecycle;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeVerb;
import io.virtwise.change.NodeStatus;
import io.virtwise.rollout.RolloutPlan;
import io.virtwise.rollout.TimeWindow;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides which node of a change is written next and what follows from those that are
 * through. Which portal asks does not matter: it is decided under a lock in the database.
 */
@Component
class RolloutDriver {

	private final PushTable pushes;

	private final PlanTable plans;

	private final PushJournal journal;

	private final PushExecutor executor;

	private final ChangeLifecycle lifecycle;

	private final Clock clock;

	private final TransactionTemplate transaction;

	RolloutDriver(PushTable pushes, PlanTable plans, PushJournal journal, PushExecutor executor,
			ChangeLifecycle lifecycle, Clock clock, PlatformTransactionManager transactions) {
		this.pushes = pushes;
		this.plans = plans;
		this.journal = journal;
		this.executor = executor;
		this.lifecycle = lifecycle;
		this.clock = clock;
		this.transaction = new TransactionTemplate(transactions);
	}

	/** Names of the lanes that this change has work for now. */
	List<String> lanes(String changeId) {
		List<String> lanes = new ArrayList<>();
		if (this.lifecycle.status(changeId) != ChangeStatus.RUNNING) {
			return lanes;
		}
		RolloutPlan plan = plan(changeId);
		List<Push> pushes = this.pushes.latestRound(changeId);
		Round round = Round.of(plan, pushes);
		if (waitsForWindow(plan, pushes)) {
			return lanes;
		}
		round.current().ifPresent((wave) -> {
			int wanted = Math.min(plan.atOnce(), wave.pending());
			for (int i = 0; i < wanted; i++) {
				lanes.add(changeId + "/" + pushes.get(0).round() + "/" + wave.number() + "/" + i);
			}
		});
		return lanes;
	}

	static String changeOf(String lane) {
		return lane.substring(0, lane.indexOf('/'));
	}

	/** Writes the node that is next, and says whether there was one. */
	boolean writeNext(String changeId) {
		Optional<String> next = beginNext(changeId);
		next.ifPresent(this.executor::run);
		return next.isPresent();
	}

	/**
	 * Takes up a push that nobody works on any more.
	 * @return the id of its change, empty if somebody else was quicker
	 */
	Optional<String> takeUp(String pushId) {
		if (!this.journal.takeOver(pushId)) {
			return Optional.empty();
		}
		this.executor.run(pushId);
		String changeId = this.pushes.find(pushId).orElseThrow().changeId();
		settle(changeId);
		return Optional.of(changeId);
	}

	private Optional<String> beginNext(String changeId) {
		Optional<String> begun = this.transaction.execute((status) -> {
			if (!this.pushes.lock(changeId) || this.lifecycle.status(changeId) != ChangeStatus.RUNNING) {
				return Optional.empty();
			}
			RolloutPlan plan = plan(changeId);
			List<Push> pushes = this.pushes.latestRound(changeId);
			Round round = Round.of(plan, pushes);
			boolean held = round.overBudget() || round.waitsForWave()
					|| round.shortfall(this.plans.acceptedWave(changeId)).isPresent();
			if (held || round.busy() >= plan.atOnce() || waitsForWindow(plan, pushes)) {
				return Optional.empty();
			}
			return round.next().filter((push) -> this.journal.begin(push.id())).map(Push::id);
		});
		return (begun != null) ? begun : Optional.empty();
	}

	/** A roll back does not wait: it is wanted now. */
	private boolean waitsForWindow(RolloutPlan plan, List<Push> round) {
		TimeWindow window = plan.window();
		boolean back = !round.isEmpty() && round.get(0).kind() == Push.Kind.BACK;
		return window != null && !back && !window.isOpen(this.clock.instant());
	}

	/**
	 * Tells the change what follows from its nodes: its end when all are through, a stop
	 * when more went wrong than may, a pause when a wave fell short.
	 * @return whether another wave may begin now
	 */
	boolean settle(String changeId) {
		Boolean opened = this.transaction.execute((status) -> {
			if (!this.pushes.lock(changeId)) {
				return false;
			}
			ChangeStatus change = this.lifecycle.status(changeId);
			if (change != ChangeStatus.RUNNING && change != ChangeStatus.PAUSED) {
				return false;
			}
			List<Push> pushes = this.pushes.latestRound(changeId);
			Round round = Round.of(plan(changeId), pushes);
			if (round.current().isPresent() && round.overBudget()) {
				stopByBudget(changeId, round, pushes);
				pushes = this.pushes.latestRound(changeId);
				round = Round.of(plan(changeId), pushes);
			}
			if (round.current().isPresent()) {
				return change == ChangeStatus.RUNNING && openNext(changeId, round);
			}
			if (pushes.stream().noneMatch((push) -> Round.isBusy(push) || push.stuck())) {
				if (this.lifecycle.status(changeId) == ChangeStatus.PAUSED) {
					this.lifecycle.tell(changeId, ChangeVerb.RESUME, null, null);
				}
				finish(changeId, pushes.get(0).kind(), round);
			}
			return false;
		});
		return Boolean.TRUE.equals(opened);
	}

	private void stopByBudget(String changeId, Round round, List<Push> pushes) {
		int left = skipPending(pushes, "Stopped by the error budget before this node was begun.");
		tell(changeId, ChangeVerb.STOP, round.failures() + " nodes did not go as approved and " + round.allowed()
				+ " may: the error budget stopped everything. " + left + " nodes were not begun.");
	}

	/** Leaves everything as it is that was not begun, and says how much that is. */
	int skipPending(List<Push> pushes, String why) {
		List<Push> left = pushes.stream().filter((push) -> push.status() == NodeStatus.PENDING).toList();
		left.forEach((push) -> this.pushes.end(push.id(), NodeStatus.SKIPPED, push.holds(), why, this.journal.now()));
		return left.size();
	}

	private boolean openNext(String changeId, Round round) {
		if (round.waitsForWave()) {
			return false;
		}
		Optional<Round.Wave> shortfall = round.shortfall(this.plans.acceptedWave(changeId));
		shortfall.ifPresent((wave) -> tell(changeId, ChangeVerb.PAUSE,
				"Wave " + wave.number() + ": " + wave.succeeded() + " of " + wave.pushes().size()
						+ " nodes went as approved, and " + wave.threshold()
						+ " % must. No further node is begun. Resume to go on all the same, or stop."));
		return shortfall.isEmpty();
	}

	private void finish(String changeId, Push.Kind kind, Round round) {
		Map<String, Push> latest = latest(changeId);
		List<Push> done = latest.values().stream().filter((push) -> push.status() != NodeStatus.SKIPPED).toList();
		if (kind == Push.Kind.BACK) {
			finishBack(changeId, round, latest);
		}
		else if (done.isEmpty()) {
			tell(changeId, ChangeVerb.ABANDON, "Stopped before anything was written.");
		}
		else if (done.stream().allMatch((push) -> push.status() == NodeStatus.ROLLED_BACK)) {
			tell(changeId, ChangeVerb.UNDO, null);
		}
		else if (done.stream().allMatch((push) -> push.status() == NodeStatus.IN_FORCE)) {
			tell(changeId, ChangeVerb.PROVE, skipped(latest));
		}
		else if (done.stream()
			.allMatch((push) -> push.status() == NodeStatus.RESTART_PENDING || push.status() == NodeStatus.IN_FORCE)) {
			tell(changeId, ChangeVerb.AWAIT_RESTART, skipped(latest));
		}
		else {
			tell(changeId, ChangeVerb.FAIL, failure(latest, round));
		}
	}

	private void finishBack(String changeId, Round round, Map<String, Push> latest) {
		long held = latest.values().stream().filter((push) -> push.holds() == Push.Holds.NEW).count();
		long back = round.waves().stream().mapToLong(Round.Wave::succeeded).sum();
		if (round.failures() > 0) {
			tell(changeId, ChangeVerb.FAIL, (round.total() == 1) ? failure(latest, round)
					: "The roll back failed on " + round.failures() + " of " + round.total() + " nodes.");
		}
		else if (back == 0) {
			tell(changeId, ChangeVerb.FAIL, "The roll back was stopped before anything was written.");
		}
		else if (held > 0) {
			tell(changeId, ChangeVerb.FAIL,
					"Rolled back on " + back + " of " + (back + held) + " nodes; the others hold what was approved.");
		}
		else {
			tell(changeId, ChangeVerb.UNDO, null);
		}
	}

	/** The last push of each node of the change. */
	Map<String, Push> latest(String changeId) {
		Map<String, Push> latest = new LinkedHashMap<>();
		this.pushes.all(changeId).forEach((push) -> latest.put(push.nodeId(), push));
		return latest;
	}

	private RolloutPlan plan(String changeId) {
		return this.plans.find(changeId).orElse(RolloutPlan.DEFAULT);
	}

	private void tell(String changeId, ChangeVerb verb, @Nullable String note) {
		this.lifecycle.tell(changeId, verb, null, note);
	}

	private static @Nullable String skipped(Map<String, Push> latest) {
		long count = latest.values().stream().filter((push) -> push.status() == NodeStatus.SKIPPED).count();
		return (count == 0) ? null : "Stopped: " + count + " of " + latest.size() + " nodes were skipped.";
	}

	private static String failure(Map<String, Push> latest, Round round) {
		if (latest.size() == 1) {
			String summary = latest.values().iterator().next().summary();
			return (summary != null) ? summary : "It did not go as approved.";
		}
		long wrong = latest.values().stream().filter(Round::wentWrong).count();
		long skipped = latest.values().stream().filter((push) -> push.status() == NodeStatus.SKIPPED).count();
		String text = wrong + " of " + latest.size() + " nodes did not go as approved.";
		if (round.overBudget()) {
			text += " More than the " + round.allowed() + " that may: the error budget stopped everything.";
		}
		return (skipped > 0) ? text + " " + skipped + " were not begun." : text;
	}

}
