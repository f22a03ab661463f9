package io.virtwise.rules.internal;

import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.internal.network.ReleaseTrail;
import org.jspecify.annotations.Nullable;

/**
 * One run of a rulebase on the facts of one node.
 */
final class Run {

	private final boolean explained;

	private final CurrentMatch match;

	private final ConclusionCollector conclusions;

	private final AdviceCollector advice;

	private @Nullable ReleaseTrail trail;

	/** All rules on these facts. */
	Run(Rulebase rulebase, NodeFacts facts) {
		this(rulebase, facts, (rule) -> true, null);
	}

	/**
	 * @param active which rules count
	 * @param order in which facts are handed over, {@code null} for their own
	 */
	Run(Rulebase rulebase, NodeFacts facts, Predicate<RuleHead> active, @Nullable Random order) {
		this(rulebase, facts, active, true);
		rulebase.matching().match(facts, new Fired(this.match, this.conclusions, this.advice), order);
	}

	private Run(Rulebase rulebase, NodeFacts facts, Predicate<RuleHead> active, boolean explained) {
		rulebase.budget().check(facts);
		this.explained = explained;
		this.match = new CurrentMatch(rulebase, facts, active, explained);
		this.conclusions = new ConclusionCollector(this.match);
		this.advice = new AdviceCollector(this.match);
	}

	/** All rules on these facts, and nobody will ask why. */
	static Run unexplained(Rulebase rulebase, NodeFacts facts) {
		Run run = new Run(rulebase, facts, (rule) -> true, false);
		run.trail = rulebase.matching().trail(facts, new Fired(run.match, run.conclusions, run.advice));
		return run;
	}

	/** The same of a run that nobody compares with others. */
	static Run brief(Rulebase rulebase, NodeFacts facts) {
		return brief(rulebase, facts, (rule) -> true);
	}

	/**
	 * @param active which rules count
	 */
	static Run brief(Rulebase rulebase, NodeFacts facts, Predicate<RuleHead> active) {
		Run run = new Run(rulebase, facts, active, false);
		rulebase.matching().match(facts, new Fired(run.match, run.conclusions, run.advice), null);
		return run;
	}

	/**
	 * Whether this run would have gone the same way for a node that differs in its
	 * release and nothing else.
	 */
	boolean leadsAlike(NodeFacts other) {
		return this.trail != null && this.trail.leadsAlike(other);
	}

	/** Whether it is known what everything rests on. */
	boolean explained() {
		return this.explained;
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

}
