package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.CaseRun.CaseResult;
import io.virtwise.rules.CaseRun.Miss;

/**
 * Runs rule cases on a rulebase: the same for the build, for the page that shows them,
 * and for whoever writes rules.
 */
final class RuleCaseRunner {

	private final Rulebase rulebase;

	private final AssessmentWriter writer;

	private final Predicate<RuleHead> active;

	RuleCaseRunner(Rulebase rulebase, AssessmentWriter writer) {
		this(rulebase, writer, (rule) -> true);
	}

	private RuleCaseRunner(Rulebase rulebase, AssessmentWriter writer, Predicate<RuleHead> active) {
		this.rulebase = rulebase;
		this.writer = writer;
		this.active = active;
	}

	/** The same as if one rule were not there. */
	RuleCaseRunner without(String rule) {
		return new RuleCaseRunner(this.rulebase, this.writer, (head) -> !head.id().equals(rule));
	}

	/** What differs from what the case expects; empty where all is as it should be. */
	List<String> faults(RuleCase one) {
		return result(one).faults();
	}

	/** How the case comes out. Cases ask for no evidence and for no causes. */
	CaseResult result(RuleCase one) {
		NodeFacts facts = one.facts();
		Run run = Run.brief(this.rulebase, facts, this.active);
		Assessment assessment = this.writer.write(this.rulebase.revision(), facts, run);
		return one.result(assessment, run.fired(), misses(one, run));
	}

	private List<Miss> misses(RuleCase one, Run run) {
		List<String> silent = one.texts("fires").stream().filter((id) -> !run.fired().contains(id)).toList();
		if (silent.isEmpty()) {
			return List.of();
		}
		List<Object> matched = new ArrayList<>(StagedMatching.facts(one.facts()));
		matched.addAll(run.conclusions().conclusions());
		return silent.stream().flatMap((id) -> this.rulebase.miss(id, matched).stream()).toList();
	}

}
