package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.Counterfactual.Step;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;

/**
 * Every set of possible changes with what the rules say then, smallest sets first. A set
 * that holds one with which the node is ready with kvm is left out, because nothing can
 * be better. Options of nova.conf come last in a set, with the values that the rules
 * recommend once the rest is done.
 */
final class Trials {

	/** A node that needs more is past advice of this kind. */
	static final int MOST_RUNS = 600;

	private final Advisor advisor;

	private final List<FactChange> possible;

	/** Several sets of changes may come to the same facts. */
	private final Map<NodeFacts, Assessment> judged = new HashMap<>();

	private final List<Trial> tried = new ArrayList<>();

	private final List<Trial> best = new ArrayList<>();

	private boolean complete = true;

	Trials(Advisor advisor, NodeFacts facts, Assessment present) {
		this.advisor = advisor;
		this.possible = Stream.of(FactChange.values()).filter((change) -> change.possible(facts, present)).toList();
		this.tried.add(new Trial(List.of(), List.of(), facts, present));
		for (int next = 0; next < this.tried.size() && this.complete; next++) {
			grow(this.tried.get(next));
		}
	}

	/** All sets that were tried; the first is the node as it is. */
	List<Trial> all() {
		return this.tried;
	}

	/** Whether there was no need to stop before the end. */
	boolean complete() {
		return this.complete;
	}

	/**
	 * The sets with one change more, each reached from one smaller set only: by a change
	 * that comes later in the fixed order.
	 */
	private void grow(Trial from) {
		if (from.options().isEmpty()) {
			int last = from.changes().isEmpty() ? -1
					: this.possible.indexOf(from.changes().get(from.changes().size() - 1));
			for (FactChange change : this.possible.subList(last + 1, this.possible.size())) {
				if (change.ready(from.then()) && (change.kind() == Step.Kind.DO || undecided(from.then()))) {
					List<FactChange> changes = new ArrayList<>(from.changes());
					changes.add(change);
					add(changes, List.of(), change.apply(from.facts(), from.then()));
				}
			}
		}
		Trial without = without(from);
		List<OptionChange> options = OptionChange.of(without.facts(), without.then());
		int last = from.options().isEmpty() ? -1 : options.indexOf(from.options().get(from.options().size() - 1));
		for (OptionChange option : options.subList(last + 1, options.size())) {
			List<OptionChange> more = new ArrayList<>(from.options());
			more.add(option);
			add(from.changes(), more, option.apply(from.facts()));
		}
	}

	/** Nobody can find out otherwise what the rules know already. */
	static boolean undecided(Assessment then) {
		return then.conclusions()
			.stream()
			.anyMatch((one) -> one.topic().equals("KVM") && one.value().equals("UNKNOWN"));
	}

	/** The same set before anything in nova.conf was changed. */
	private Trial without(Trial trial) {
		return trial.options().isEmpty() ? trial
				: this.tried.stream()
					.filter((each) -> each.options().isEmpty() && each.changes().equals(trial.changes()))
					.findFirst()
					.orElseThrow();
	}

	private void add(List<FactChange> changes, List<OptionChange> options, NodeFacts facts) {
		Trial shape = new Trial(changes, options, facts, this.tried.get(0).then());
		if (this.best.stream().anyMatch((each) -> each.partOf(shape))) {
			return;
		}
		if (this.tried.size() > MOST_RUNS) {
			this.complete = false;
			return;
		}
		Trial trial = new Trial(changes, options, facts, this.judged.computeIfAbsent(facts, this.advisor::judge));
		this.tried.add(trial);
		if (trial.best()) {
			this.best.add(trial);
		}
	}

}
