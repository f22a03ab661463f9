package io.virtwise.rules.internal;

import java.util.List;
import java.util.Random;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaConfFragment;
import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment;

/**
 * Assessments without an application: a given rulebase and a plain fragment renderer.
 */
final class Assessments {

	private static final NovaConfFragment LINES = (settings) -> {
		StringBuilder text = new StringBuilder();
		for (Setting setting : settings) {
			if (setting.value() != null) {
				text.append(setting).append('\n');
			}
		}
		return text.toString();
	};

	/** The shipped rules, built once for all tests: building takes seconds. */
	static final Rulebase SHIPPED = Rulebase.of(1, ShippedRules.files());

	private Assessments() {
	}

	/** Runs cases on the shipped rules. */
	static RuleCaseRunner cases() {
		return new RuleCaseRunner(SHIPPED, new AssessmentWriter(LINES));
	}

	static Assessment of(Rulebase rulebase, NodeFacts facts) {
		return new AssessmentWriter(LINES).write(rulebase.revision(), facts, new Run(rulebase, facts));
	}

	/** Rules as the advisor has them. */
	static BuiltRulebase built(Rulebase rulebase) {
		return new BuiltRulebase(rulebase, List.of(), new AssessmentWriter(LINES));
	}

	/** The same with nobody asking why. */
	static Assessment unexplained(Rulebase rulebase, NodeFacts facts) {
		return new AssessmentWriter(LINES).write(rulebase.revision(), facts, Run.unexplained(rulebase, facts));
	}

	/** The same with the facts handed over in another order. */
	static Assessment shuffled(Rulebase rulebase, NodeFacts facts, Random order) {
		return new AssessmentWriter(LINES).write(rulebase.revision(), facts,
				new Run(rulebase, facts, (rule) -> true, order));
	}

}
