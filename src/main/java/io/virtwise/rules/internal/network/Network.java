package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.internal.syntax.Rule;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSessionsPool;

/**
 * Rules as a Drools network. Rules fire level by level: those that ask for a conclusion
 * after those that come to it.
 */
public final class Network {

	private static final int POOLED_SESSIONS = 2;

	private static final Object[] NONE = new Object[0];

	private final KieSessionsPool sessions;

	private final List<Level> levels;

	private final Set<Kind> joined;

	private final boolean joinsConclusions;

	Network(KieBase base, List<Level> levels, Set<Kind> joined) {
		this.sessions = base.newKieSessionsPool(POOLED_SESSIONS);
		this.levels = List.copyOf(levels);
		this.joined = joined;
		this.joinsConclusions = joined.contains(Kind.CONCLUSION);
	}

	/**
	 * Matches the facts of a node.
	 * @param firing takes the rules that fire
	 * @param order in which facts are handed over, {@code null} for their own
	 */
	public void match(NodeFacts facts, Firing firing, @Nullable Random order) {
		match(new Situation(facts, firing), order);
	}

	/** The same, and what was asked of the release. */
	public ReleaseTrail match(NodeFacts facts, Firing firing) {
		ReleaseTrail trail = new ReleaseTrail();
		match(new Situation(facts, firing, trail), null);
		return trail;
	}

	private void match(Situation situation, @Nullable Random order) {
		try (Joining joining = new Joining(this.sessions, situation, () -> forJoins(situation, order),
				this.joinsConclusions)) {
			situation.joining(joining);
			Step alone = new Step(situation, NONE);
			for (Level level : this.levels) {
				level.looks().look(alone);
				level.ofOne().forEach((kind, looks) -> {
					for (Object fact : several(situation, kind, order)) {
						looks.look(new Step(situation, new Object[] { fact }));
					}
				});
				joining.fire();
			}
		}
	}

	private static List<?> several(Situation situation, Kind kind, @Nullable Random order) {
		return (order != null) ? shuffled(situation.several(kind), order) : situation.several(kind);
	}

	private List<?> forJoins(Situation situation, @Nullable Random order) {
		List<Object> all = new ArrayList<>();
		this.joined.forEach((kind) -> all.addAll(situation.several(kind)));
		return (order != null) ? shuffled(all, order) : all;
	}

	private static List<?> shuffled(List<?> facts, Random order) {
		List<?> shuffled = new ArrayList<>(facts);
		Collections.shuffle(shuffled, order);
		return shuffled;
	}

	/**
	 * All ways in which rules can match. That there is one shows that a network can be
	 * made of them; it takes much less time than making it.
	 */
	public static final class Plan {

		private final List<Alternative> ways = new ArrayList<>();

		private Plan() {
		}

		/**
		 * The plan for these rules, all of which passed the check.
		 * @throws NotMatchable with the first that cannot be matched
		 */
		public static Plan of(List<Rule> rules, Words words) {
			Plan plan = new Plan();
			Levels levels = new Levels(rules);
			for (int number = 0; number < rules.size(); number++) {
				plan.ways.addAll(Translation.of(rules.get(number), number, levels, words));
			}
			return plan;
		}

		/** The network, built now. */
		public Network build() {
			return new NetworkBuilder().build(this.ways);
		}

	}

	/**
	 * The rules of one level that need no join.
	 *
	 * @param looks rules about what there is once
	 * @param ofOne rules about one fact of which there may be several, by its kind
	 */
	record Level(LookTree looks, Map<Kind, LookTree> ofOne) {
	}

}
