package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.language.GuestFlags;
import io.virtwise.rules.language.GuestFlag;
import io.virtwise.rules.language.GuestModel;
import io.virtwise.rules.language.ImageFormat;
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

	private final CurrentMatch match;

	private final ConclusionCollector conclusions;

	private final AdviceCollector advice;

	/** All rules on these facts. */
	Run(Rulebase rulebase, NodeFacts facts) {
		this(rulebase, facts, (rule) -> true, null);
	}

	/**
	 * @param active which rules count
	 * @param order in which facts are handed over, {@code null} for their own
	 */
	Run(Rulebase rulebase, NodeFacts facts, Predicate<RuleHead> active, @Nullable Random order) {
		this.rulebase = rulebase;
		this.order = order;
		this.match = new CurrentMatch(rulebase, facts, active);
		List<Object> known = facts(facts);
		this.advice = new AdviceCollector(this.match);
		this.conclusions = diagnose(known);
		known.addAll(this.conclusions.conclusions());
		advise(known);
	}

	/** Ids of the rules that fired. */
	Set<String> fired() {
		return this.match.fired();
	}

	ConclusionCollector conclusions() {
		return this.conclusions;
	}

	AdviceCollector advice() {
		return this.advice;
	}

	private ConclusionCollector diagnose(List<Object> facts) {
		KieSession session = this.rulebase.session(Stage.DIAGNOSE);
		try {
			ConclusionCollector collector = new ConclusionCollector(this.match, session::insert);
			session.setGlobal(Stage.DIAGNOSE.sink(), collector);
			fire(session, facts);
			return collector;
		}
		finally {
			session.dispose();
		}
	}

	private void advise(List<Object> facts) {
		KieSession session = this.rulebase.session(Stage.ADVISE);
		try {
			session.setGlobal(Stage.ADVISE.sink(), this.advice);
			fire(session, facts);
		}
		finally {
			session.dispose();
		}
	}

	private void fire(KieSession session, List<Object> facts) {
		if (this.order != null) {
			Collections.shuffle(facts, this.order);
		}
		facts.forEach(session::insert);
		if (session.fireAllRules(this.match, MAX_FIRINGS) >= MAX_FIRINGS) {
			throw new IllegalStateException("the rules did not come to an end within " + MAX_FIRINGS + " firings");
		}
	}

	/** What rules match, one object for each group of facts. */
	static List<Object> facts(NodeFacts facts) {
		List<Object> all = new ArrayList<>(List.of(facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(),
				facts.capabilities(), facts.novaConf(), facts.intent(), Release.of(facts.release())));
		all.addAll(facts.domainCapabilities());
		all.addAll(facts.host().groups());
		all.addAll(facts.options());
		all.addAll(facts.logs().signatures());
		all.addAll(GuestModel.of(facts));
		all.add(GuestFlags.of(facts));
		all.addAll(GuestFlag.of(facts));
		all.addAll(ImageFormat.of(facts));
		return all;
	}

}
