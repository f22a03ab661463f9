package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.recommendation.Counterfactuals;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Verdict;

import org.springframework.stereotype.Component;

/**
 * Tries every set of possible changes, smallest first, and keeps those that help and of
 * which no part helps as much alone. Where none leads to KVM it says what stays in the
 * way.
 */
@Component
class ReplayedCounterfactuals implements Counterfactuals {

	private static final Comparator<Trial> KVM_FIRST = Comparator.comparing((Trial one) -> !one.kvm())
		.thenComparing(Trial::size);

	private final Advisor advisor;

	ReplayedCounterfactuals(Advisor advisor) {
		this.advisor = advisor;
	}

	@Override
	public List<Counterfactual> of(NodeFacts facts, Assessment present) {
		if (present.verdict() == Verdict.READY && !"qemu".equals(present.recommendation().virtType())) {
			return List.of();
		}
		Trials trials = new Trials(this.advisor, facts, present);
		List<Trial> tried = trials.all();
		List<Trial> found = helpful(tried);
		List<Counterfactual> shown = new ArrayList<>(found.stream()
			.filter((one) -> one.size() > 0)
			.sorted(KVM_FIRST)
			.map((one) -> one.shown(facts, present))
			.toList());
		if (found.stream().noneMatch((one) -> one.kvm() && one.then().verdict() == Verdict.READY)) {
			shown.add(unreachable(present, tried, trials.complete()));
		}
		return shown;
	}

	/**
	 * Those that launch guests, and of which no part launches the same kind as well. The
	 * empty set is one of them: what makes a node no better than it is is not worth
	 * doing.
	 */
	private static List<Trial> helpful(List<Trial> tried) {
		List<Trial> found = new ArrayList<>();
		for (Trial trial : tried) {
			if (trial.launches() && found.stream().noneMatch((earlier) -> earlier.makesNeedless(trial))) {
				found.add(trial);
			}
		}
		return found;
	}

	/** What stays in the way even where everything is done that comes nearest to KVM. */
	private static Counterfactual unreachable(Assessment present, List<Trial> tried, boolean complete) {
		Trial nearest = tried.stream()
			.filter((one) -> !"qemu".equals(one.then().recommendation().virtType()))
			.min(Comparator.comparing((Trial one) -> one.then().verdict() == Verdict.BLOCKED)
				.thenComparing((one) -> one.then().verdict())
				.thenComparing(Trial::obstacles)
				.thenComparing(Trial::size))
			.orElse(tried.get(0));
		String count = (tried.size() == 1) ? "nothing that is known here can be changed on this node"
				: "none of the " + (tried.size() - 1)
						+ " sets of changes that were tried makes this node ready with kvm"
						+ (complete ? "" : ", and larger sets were not tried");
		return new Counterfactual(List.of(), present.recommendation().virtType(),
				nearest.then().recommendation().cpuMode(), nearest.then().verdict().key(), List.of(),
				count + ": " + nearest.then().sentence());
	}

}
