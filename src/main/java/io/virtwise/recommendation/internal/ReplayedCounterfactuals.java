package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.recommendation.Counterfactuals;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Verdict;

import org.springframework.stereotype.Component;

/**
 * Tries every set of possible changes, smallest first, and keeps those that help and of
 * which no part helps as much alone.
 */
@Component
class ReplayedCounterfactuals implements Counterfactuals {

	private static final Comparator<Replay> SMALLEST_FIRST = Comparator.<Replay>comparingInt((one) -> one.set.size())
		.thenComparing((one) -> one.set.toString());

	private final Advisor advisor;

	ReplayedCounterfactuals(Advisor advisor) {
		this.advisor = advisor;
	}

	@Override
	public List<Counterfactual> of(NodeFacts facts, Assessment present) {
		if (present.verdict() == Verdict.READY || present.verdict() == Verdict.UNDETERMINED) {
			return List.of();
		}
		List<FactChange> possible = new ArrayList<>();
		for (FactChange change : FactChange.values()) {
			if (change.possible(facts)) {
				possible.add(change);
			}
		}
		List<Found> found = new ArrayList<>();
		if (launches(present)) {
			// what makes it no better than it is now is not worth doing
			found.add(new Found(EnumSet.noneOf(FactChange.class), present));
		}
		for (Replay replay : replays(facts, present, possible)) {
			Assessment then = replay.assessment;
			if (launches(then) && then.recommendation().virtType() != null
					&& found.stream().noneMatch((earlier) -> earlier.makesNeedless(replay.set, then))) {
				found.add(new Found(replay.set, then));
			}
		}
		return found.stream()
			.filter((one) -> !one.set.isEmpty())
			.sorted(Comparator.comparing((Found one) -> !"kvm".equals(one.then.recommendation().virtType()))
				.thenComparing((one) -> one.set.size()))
			.map((one) -> one.shown(present))
			.toList();
	}

	private static boolean launches(Assessment assessment) {
		return assessment.verdict() == Verdict.READY || assessment.verdict() == Verdict.ACTION_REQUIRED;
	}

	/**
	 * Every set of changes with what the rules say then, smallest set first. A set is
	 * reached from the one without its last change, so that each costs one run.
	 */
	private List<Replay> replays(NodeFacts facts, Assessment present, List<FactChange> possible) {
		List<Replay> replays = new ArrayList<>();
		replays.add(new Replay(EnumSet.noneOf(FactChange.class), facts, present));
		for (FactChange change : possible) {
			for (Replay before : List.copyOf(replays)) {
				Set<FactChange> set = EnumSet.of(change);
				set.addAll(before.set);
				NodeFacts changed = change.apply(before.facts, before.assessment);
				replays.add(new Replay(set, changed, this.advisor.assess(changed)));
			}
		}
		replays.remove(0);
		replays.sort(SMALLEST_FIRST);
		return replays;
	}

	private record Replay(Set<FactChange> set, NodeFacts facts, Assessment assessment) {
	}

	private record Found(Set<FactChange> set, Assessment then) {

		/** A part of that set gives the same virt_type and at least as good a verdict. */
		boolean makesNeedless(Set<FactChange> other, Assessment result) {
			return other.containsAll(this.set) && java.util.Objects.equals(this.then.recommendation().virtType(),
					result.recommendation().virtType()) && this.then.verdict().compareTo(result.verdict()) <= 0;
		}

		Counterfactual shown(Assessment present) {
			return new Counterfactual(this.set.stream().map((change) -> change.words(present)).toList(),
					this.then.recommendation().virtType(), this.then.recommendation().cpuMode(),
					this.then.verdict().key());
		}

	}

}
