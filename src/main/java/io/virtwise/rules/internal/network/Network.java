package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.internal.syntax.Rule;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionsPool;

/**
 * Rules as a Drools network. Rules fire level by level: those that ask for a conclusion
 * after those that come to it.
 */
public final class Network {

	/**
	 * Far above what any node needs; a rulebase that reaches it goes round in circles.
	 */
	private static final int MAX_FIRINGS = 2_000;

	private static final int POOLED_SESSIONS = 2;

	private final KieSessionsPool sessions;

	private final int levels;

	private final Set<Kind> joined;

	private final boolean joinsConclusions;

	Network(KieBase base, int levels, Set<Kind> joined) {
		this.sessions = base.newKieSessionsPool(POOLED_SESSIONS);
		this.levels = levels;
		this.joined = joined;
		this.joinsConclusions = joined.contains(Kind.CONCLUSION);
	}

	/** The network of these rules, all of which passed the check. */
	public static Network of(List<Rule> rules, Words words) {
		Levels levels = new Levels(rules);
		List<Alternative> ways = new ArrayList<>();
		rules.forEach((rule) -> ways.addAll(Translation.of(rule, levels, words)));
		return new NetworkBuilder().build(ways);
	}

	/**
	 * Matches the facts of a node.
	 * @param firing takes the rules that fire
	 * @param order in which facts are handed over, {@code null} for their own
	 */
	public void match(NodeFacts facts, Firing firing, @Nullable Random order) {
		Situation situation = new Situation(facts, firing);
		KieSession session = this.sessions.newKieSession();
		try {
			situation.whenConcluded(this.joinsConclusions ? session::insert : (conclusion) -> {
			});
			several(situation, order).forEach(session::insert);
			int firings = 0;
			for (int level = 0; level < this.levels; level++) {
				session.insert(new Step(level, situation));
				firings += session.fireAllRules(MAX_FIRINGS - firings);
				if (firings >= MAX_FIRINGS) {
					throw new IllegalStateException(
							"the rules did not come to an end within " + MAX_FIRINGS + " firings");
				}
			}
		}
		finally {
			session.dispose();
		}
	}

	private List<Object> several(Situation situation, @Nullable Random order) {
		List<Object> all = new ArrayList<>();
		for (Kind kind : Kind.ofSeveral()) {
			if (this.joined.contains(kind)) {
				all.addAll(situation.several(kind));
			}
		}
		if (order != null) {
			Collections.shuffle(all, order);
		}
		return all;
	}

}
