package io.virtwise.rules.internal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every case that stands beside the shipped rules.
 */
class RuleCasesTests {

	private static final List<RuleCase> CASES = RuleCase.shipped();

	@TestFactory
	Stream<DynamicTest> cases() {
		RuleCaseRunner runner = Assessments.cases();
		return CASES.stream()
			.map((one) -> DynamicTest.dynamicTest(one.rule() + " › " + one.name(),
					() -> assertThat(runner.faults(one)).as(one.file()).isEmpty()));
	}

	@TestFactory
	Stream<DynamicTest> everyRuleIsMissedByACase() {
		RuleCaseRunner runner = Assessments.cases();
		return Assessments.SHIPPED.heads()
			.values()
			.stream()
			.map((head) -> DynamicTest.dynamicTest(head.id() + " taken out", () -> {
				assertThat(CASES).as("a case in which %s fires, and which fails without it", head.name())
					.anyMatch((one) -> one.texts("fires").contains(head.id())
							&& !runner.without(head.id()).faults(one).isEmpty());
				assertThat(CASES).as("a case in which %s stays silent", head.name())
					.anyMatch((one) -> one.texts("silent").contains(head.id()));
			}));
	}

	@Test
	void casesNameRulesThatExist() {
		Set<String> ids = Assessments.SHIPPED.heads()
			.values()
			.stream()
			.map(RuleHead::id)
			.collect(Collectors.toCollection(TreeSet::new));
		for (RuleCase one : CASES) {
			assertThat(ids).as(one.file() + ": " + one.name())
				.contains(one.rule())
				.containsAll(one.texts("fires"))
				.containsAll(one.texts("silent"));
		}
	}

}
