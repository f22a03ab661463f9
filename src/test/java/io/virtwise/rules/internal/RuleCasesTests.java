package io.virtwise.rules.internal;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every case that stands beside the shipped rules.
 */
class RuleCasesTests {

	private final Rulebase rulebase = Rulebase.of(1, ShippedRules.files());

	@TestFactory
	Stream<DynamicTest> cases() {
		return RuleCase.all()
			.stream()
			.map((one) -> DynamicTest.dynamicTest(one.rule() + " › " + one.name(),
					() -> assertThat(one.run(this.rulebase)).as(one.file()).isEmpty()));
	}

}
