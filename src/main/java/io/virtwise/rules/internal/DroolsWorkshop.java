package io.virtwise.rules.internal;

import java.util.List;
import java.util.function.Predicate;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.NewRule;
import io.virtwise.rules.RuleLanguage;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RulebaseComparison;
import io.virtwise.rules.StoredCase;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/**
 * The workshop over Drools. Made where somebody asks: a program that only assesses has no
 * use for it.
 */
@Service
@Lazy
class DroolsWorkshop implements RuleWorkshop {

	private final OfflineWorkshop offline = new OfflineWorkshop();

	private final DroolsAdvisor advisor;

	DroolsWorkshop(DroolsAdvisor advisor) {
		this.advisor = advisor;
	}

	@Override
	public List<RuleProblem> check(List<RuleSource> files) {
		return this.offline.check(files);
	}

	@Override
	public List<RuleText> outline(List<RuleSource> files) {
		return this.offline.outline(files);
	}

	@Override
	public CaseReport cases(List<RuleSource> files, Predicate<CaseKey> which) {
		return this.offline.cases(files, which);
	}

	@Override
	public CompiledRulebase build(int revision, List<RuleSource> files) {
		return this.advisor.build(revision, files);
	}

	@Override
	public RulebaseComparison compare(CompiledRulebase before, CompiledRulebase after) {
		return new ComparedRulebases(built(before), built(after));
	}

	@Override
	public RuleLanguage language() {
		return new LanguageBook().of(this.advisor.active().rulebase().trees().values().stream());
	}

	@Override
	public String write(NewRule rule) {
		return new RuleWriter().write(rule);
	}

	@Override
	public String format(RuleSource file) {
		return RuleFormat.format(file);
	}

	@Override
	public StoredCase caseOf(List<RuleSource> files, NodeFacts facts) {
		return this.offline.caseOf(files, facts);
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
		this.advisor.activate(built(rulebase));
	}

	private static BuiltRulebase built(CompiledRulebase rulebase) {
		if (!(rulebase instanceof BuiltRulebase built)) {
			throw new IllegalArgumentException("only a rulebase that was built here can be used here");
		}
		return built;
	}

}
