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

	@TestFactory
	Stream<DynamicTest> cases() {
		return RuleCase.all()
			.stream()
			.map((one) -> DynamicTest.dynamicTest(one.rule() + " › " + one.name(),
					() -> assertThat(one.faults(Assessments.outcome(one.facts()))).as(one.file()).isEmpty()));
	}

	@TestFactory
	Stream<DynamicTest> everyRuleIsMissedByACase() {
		List<RuleCase> cases = RuleCase.all();
		return Assessments.SHIPPED.heads()
			.values()
			.stream()
			.map((head) -> DynamicTest.dynamicTest(head.id() + " taken out", () -> {
				assertThat(cases).as("a case in which %s fires, and which fails without it", head.name())
					.anyMatch((one) -> one.texts("fires").contains(head.id())
							&& !one.faults(Assessments.without(head.id(), one.facts())).isEmpty());
				assertThat(cases).as("a case in which %s stays silent", head.name())
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
		for (RuleCase one : RuleCase.all()) {
			assertThat(ids).as(one.file() + ": " + one.name())
				.contains(one.rule())
				.containsAll(one.texts("fires"))
				.containsAll(one.texts("silent"));
		}
	}

}
