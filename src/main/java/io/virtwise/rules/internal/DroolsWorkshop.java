package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.virtwise.rules.CaseRun.CaseResult;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.RuleWorkshop;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/**
 * The workshop over Drools. Made where somebody asks: a program that only assesses has no
 * use for it.
 */
@Service
@Lazy
class DroolsWorkshop implements RuleWorkshop {

	private final DroolsAdvisor advisor;

	DroolsWorkshop(DroolsAdvisor advisor) {
		this.advisor = advisor;
	}

	@Override
	public List<RuleProblem> check(List<RuleSource> files) {
		return new RulebaseCheck(files).problems();
	}

	@Override
	public List<RuleText> outline(List<RuleSource> files) {
		return new RulebaseCheck(files).texts();
	}

	@Override
	public CaseReport cases(List<RuleSource> files, Predicate<CaseKey> which) {
		long began = System.nanoTime();
		RulebaseCheck check = new RulebaseCheck(files);
		List<CaseResult> results = new ArrayList<>();
		if (check.passed()) {
			BuiltRulebase built = this.advisor.build(this.advisor.rulebase().revision(), files);
			RuleCaseRunner runner = new RuleCaseRunner(built.rulebase(), built.writer());
			check.cases()
				.stream()
				.filter((one) -> which.test(new CaseKey(one.file(), one.rule(), one.name())))
				.forEach((one) -> results.add(runner.result(one)));
		}
		return new CaseReport(check.problems(), results, uncovered(check), (System.nanoTime() - began) / 1_000_000);
	}

	@Override
	public CompiledRulebase build(int revision, List<RuleSource> files) {
		return this.advisor.build(revision, files);
	}

	@Override
	public List<RuleSource> shipped() {
		return ShippedRules.all();
	}

	@Override
	public CompiledRulebase active() {
		return this.advisor.active();
	}

	@Override
	public void activate(CompiledRulebase rulebase) {
		if (!(rulebase instanceof BuiltRulebase built)) {
			throw new IllegalArgumentException("only a rulebase that was built here can be put in force");
		}
		this.advisor.activate(built);
	}

	private static List<Uncovered> uncovered(RulebaseCheck check) {
		Set<String> fires = new TreeSet<>();
		Set<String> silent = new TreeSet<>();
		check.cases().forEach((one) -> {
			fires.addAll(one.texts("fires"));
			silent.addAll(one.texts("silent"));
		});
		Set<String> ids = new LinkedHashSet<>(check.texts().stream().map(RuleText::id).toList());
		return ids.stream()
			.filter((id) -> !fires.contains(id) || !silent.contains(id))
			.map((id) -> new Uncovered(id, fires.contains(id), silent.contains(id)))
			.toList();
	}

}
