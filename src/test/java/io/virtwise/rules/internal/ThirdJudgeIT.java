package io.virtwise.rules.internal;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Drools' executable model of the shipped rules says the same as the network that the
 * portal uses, word for word.
 */
class ThirdJudgeIT {

	@Test
	void theExecutableModelSaysTheSameOfEveryCase() {
		long began = System.nanoTime();
		Rulebase judge = Rulebase.of(1, ShippedRules.files(), new ModelBases());
		System.out.printf("executable model of %d rules built in %.1f s%n", judge.rules().size(),
				(System.nanoTime() - began) / 1e9);
		List<RuleCase> cases = RuleCase.shipped();
		assertThat(cases).hasSizeGreaterThan(1_000);
		for (RuleCase one : cases) {
			assertThat(new Run(judge, one.facts()).fired()).as(one.toString())
				.isEqualTo(new Run(Assessments.SHIPPED, one.facts()).fired());
			assertThat(Assessments.of(judge, one.facts())).as(one.toString())
				.hasToString(Assessments.of(Assessments.SHIPPED, one.facts()).toString());
		}
	}

}
