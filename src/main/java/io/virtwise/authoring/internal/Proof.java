package io.virtwise.authoring.internal;

import java.util.List;

import io.virtwise.rules.CaseRun.CaseResult;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RuleWorkshop.CaseReport;
import io.virtwise.rules.RulebaseComparison;
import io.virtwise.rules.RulesRefused;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;

import org.springframework.stereotype.Component;

/**
 * What a rulebase must show before somebody may be asked to approve it.
 */
@Component
class Proof {

	private static final int SHOWN = 20;

	private final RuleWorkshop workshop;

	private final Builds builds;

	Proof(RuleWorkshop workshop, Builds builds) {
		this.workshop = workshop;
		this.builds = builds;
	}

	/**
	 * Looks for errors, and runs all cases.
	 * @throws Refused with the first of them, if there are any
	 */
	void check(String name, List<RuleSource> files) {
		List<RuleProblem> errors = errors(this.workshop.check(files));
		if (!errors.isEmpty()) {
			throw problems(name + " cannot be published: it has ", errors);
		}
		CaseReport report = this.workshop.cases(files);
		if (!errors(report.problems()).isEmpty()) {
			throw problems(name + " cannot be published: it has ", errors(report.problems()));
		}
		List<CaseResult> failed = report.results().stream().filter((one) -> !one.passed()).toList();
		if (!failed.isEmpty()) {
			throw new Refused(Refused.Kind.CONFLICT, "cases-differ",
					name + " cannot be published: " + failed.size() + " of " + report.results().size()
							+ ((failed.size() == 1) ? " cases comes" : " cases come") + " out otherwise than expected.",
					failed.stream().limit(SHOWN).map(Proof::fault).toList());
		}
	}

	/**
	 * Builds it.
	 * @throws Refused if that is not possible
	 */
	CompiledRulebase build(int number, Tree files) {
		CompiledRulebase active = this.workshop.active();
		if (active.revision().revision() == number && this.builds.isOf(active, files)) {
			return active;
		}
		try {
			return this.builds.of(number, files);
		}
		catch (RulesRefused ex) {
			throw problems("This cannot be built as revision " + number + ": it has ", errors(ex.problems()));
		}
	}

	/**
	 * Builds both, to compare what they say.
	 * @throws Refused if that is not possible
	 */
	RulebaseComparison compare(int active, Tree before, int number, Tree after) {
		CompiledRulebase next = build(number, after);
		return this.workshop.compare(build(active, before), next);
	}

	private static List<RuleProblem> errors(List<RuleProblem> problems) {
		return problems.stream().filter((one) -> one.severity() == RuleProblem.Severity.ERROR).toList();
	}

	private static Refused problems(String sentence, List<RuleProblem> errors) {
		return new Refused(Refused.Kind.CONFLICT, "has-problems",
				sentence + errors.size() + ((errors.size() == 1) ? " error." : " errors."),
				errors.stream()
					.limit(SHOWN)
					.map((one) -> new FieldFault(one.file() + ":" + one.line() + ":" + one.column(), one.message()))
					.toList());
	}

	private static FieldFault fault(CaseResult result) {
		return new FieldFault(result.file() + ": " + result.rule() + " › " + result.name(),
				String.join("; ", result.faults()));
	}

}
