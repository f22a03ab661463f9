package io.virtwise.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.virtwise.change.NodeStatus;
import io.virtwise.rollout.RolloutPlan;

/**
 * A round of pushes, wave by wave: what may be begun next, and what stands against it. A
 * roll back is one wave, without a threshold or a budget: it puts back what it can.
 *
 * @param waves its waves, none of them empty
 * @param allowed how many may go wrong
 * @param total how many pushes it has
 */
record Round(List<Wave> waves, int allowed, int total) {

	static Round of(RolloutPlan plan, List<Push> pushes) {
		if (!pushes.isEmpty() && pushes.get(0).kind() == Push.Kind.BACK) {
			return new Round(List.of(new Wave(1, 0, pushes)), pushes.size(), pushes.size());
		}
		List<Wave> waves = new ArrayList<>();
		for (RolloutPlan.Reach reach : plan.cut(pushes.size())) {
			waves.add(new Wave(reach.number(), reach.threshold(), pushes.subList(reach.from(), reach.to())));
		}
		return new Round(waves, plan.allowedFailures(pushes.size()), pushes.size());
	}

	/** How many did not go as approved. */
	int failures() {
		return this.waves.stream().mapToInt(Wave::failures).sum();
	}

	boolean overBudget() {
		return failures() > this.allowed;
	}

	/** How many are being written now. */
	int busy() {
		return this.waves.stream().mapToInt(Wave::busy).sum();
	}

	/** The first wave with something left to begin. */
	Optional<Wave> current() {
		return this.waves.stream().filter((wave) -> wave.pending() > 0).findFirst();
	}

	/** The last wave that is through, with others after it; 0 for none. */
	int finished() {
		return current().map((wave) -> wave.number() - 1).orElse(this.waves.size());
	}

	/** Whether an earlier wave is still being written, so that the current one waits. */
	boolean waitsForWave() {
		int finished = finished();
		return this.waves.stream().anyMatch((wave) -> wave.number() <= finished && wave.busy() > 0);
	}

	/**
	 * The wave that did not succeed as far as it must for the next one to begin.
	 * @param accepted up to which wave a person has answered for that
	 */
	Optional<Wave> shortfall(int accepted) {
		int finished = finished();
		return this.waves.stream()
			.filter((wave) -> wave.number() > accepted && wave.number() <= finished && !wave.reachedThreshold())
			.findFirst();
	}

	/** The push to begin next. */
	Optional<Push> next() {
		return current().flatMap(
				(wave) -> wave.pushes().stream().filter((push) -> push.status() == NodeStatus.PENDING).findFirst());
	}

	static boolean isBusy(Push push) {
		return !push.stuck() && (push.status() == NodeStatus.WRITING || push.status() == NodeStatus.WRITTEN);
	}

	static boolean wentWrong(Push push) {
		boolean undone = push.kind() == Push.Kind.FORWARD && push.status() == NodeStatus.ROLLED_BACK;
		return undone || push.stuck() || push.status() == NodeStatus.FAILED;
	}

	/**
	 * The pushes of one wave.
	 *
	 * @param number from 1
	 * @param threshold how many per cent must succeed for the next wave
	 * @param pushes in their turn
	 */
	record Wave(int number, int threshold, List<Push> pushes) {

		Wave {
			pushes = List.copyOf(pushes);
		}

		int pending() {
			return (int) this.pushes.stream().filter((push) -> push.status() == NodeStatus.PENDING).count();
		}

		int busy() {
			return (int) this.pushes.stream().filter(Round::isBusy).count();
		}

		int failures() {
			return (int) this.pushes.stream().filter(Round::wentWrong).count();
		}

		/** How many are as they should be. */
		int succeeded() {
			return (int) this.pushes.stream()
				.filter((push) -> !wentWrong(push))
				.filter((push) -> push.status() == NodeStatus.RESTART_PENDING || push.status() == NodeStatus.IN_FORCE
						|| push.status() == NodeStatus.ROLLED_BACK)
				.count();
		}

		boolean reachedThreshold() {
			return succeeded() * 100L >= (long) this.threshold * this.pushes.size();
		}

	}

}
