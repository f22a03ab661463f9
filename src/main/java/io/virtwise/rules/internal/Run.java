package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.language.GuestModel;
import io.virtwise.rules.language.Release;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.KieSession;

/**
 * One run of a rulebase on the facts of one node: first stage to its end, then the
 * second.
 */
final class Run {

	/**
	 * Far above what any node needs; a rulebase that reaches it goes round in circles.
	 */
	private static final int MAX_FIRINGS = 2_000;

	private final Rulebase rulebase;

	private final @Nullable Random order;

	private final ConclusionCollector conclusions;

	private final AdviceCollector advice;

	/**
	 * @param order in which facts are handed over, {@code null} for their own
	 */
	Run(Rulebase rulebase, NodeFacts facts, @Nullable Random order) {
		this.rulebase = rulebase;
		this.order = order;
		CurrentMatch match = new CurrentMatch(rulebase, facts);
		List<Object> known = facts(facts);
		this.advice = new AdviceCollector(match);
		this.conclusions = diagnose(match, known);
		known.addAll(this.conclusions.conclusions());
		advise(match, known);
	}

	ConclusionCollector conclusions() {
		return this.conclusions;
	}

	AdviceCollector advice() {
		return this.advice;
	}

	private ConclusionCollector diagnose(CurrentMatch match, List<Object> facts) {
		KieSession session = this.rulebase.session(Stage.DIAGNOSE);
		try {
			ConclusionCollector collector = new ConclusionCollector(match, session::insert);
			session.setGlobal(Stage.DIAGNOSE.sink(), collector);
			fire(session, match, facts);
			return collector;
		}
		finally {
			session.dispose();
		}
	}

	private void advise(CurrentMatch match, List<Object> facts) {
		KieSession session = this.rulebase.session(Stage.ADVISE);
		try {
			session.setGlobal(Stage.ADVISE.sink(), this.advice);
			fire(session, match, facts);
		}
		finally {
			session.dispose();
		}
	}

	private void fire(KieSession session, CurrentMatch match, List<Object> facts) {
		if (this.order != null) {
			Collections.shuffle(facts, this.order);
		}
		facts.forEach(session::insert);
		if (session.fireAllRules(match, MAX_FIRINGS) >= MAX_FIRINGS) {
			throw new IllegalStateException("the rules did not come to an end within " + MAX_FIRINGS + " firings");
		}
	}

	private static List<Object> facts(NodeFacts facts) {
		List<Object> all = new ArrayList<>(List.of(facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(),
				facts.capabilities(), facts.novaConf(), facts.intent(), Release.of(facts.release())));
		all.addAll(facts.domainCapabilities());
		all.addAll(GuestModel.of(facts));
		return all;
	}

}
