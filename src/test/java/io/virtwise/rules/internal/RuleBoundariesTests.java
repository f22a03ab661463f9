package io.virtwise.rules.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.virtwise.rules.RuleText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wherever a rule compares a number, its cases stand right on both sides of it: so that
 * being off by one, or by one release, is seen.
 */
class RuleBoundariesTests {

	private static final Pattern FACT = Pattern.compile("([A-Z]\\w+)\\(((?:[^()\"]|\"[^\"]*\"|\\([^()]*\\))*)\\)");

	private static final Pattern COMPARISON = Pattern.compile("(?<![\\w.$])(\\$?[a-z]\\w*) (>=|<=|<|>) (\\d+)");

	private static final Pattern BINDING = Pattern.compile("\\$(\\w+) : (\\w+)");

	/** Greater numbers are versions, of which the one before is not the number before. */
	private static final long VERSION = 1_000;

	private static final List<RuleCase> CASES = RuleCase.shipped();

	@TestFactory
	Stream<DynamicTest> casesStandOnBothSidesOfEveryNumber() {
		return Assessments.SHIPPED.texts()
			.stream()
			.filter((rule) -> !boundaries(rule).isEmpty())
			.map((rule) -> DynamicTest.dynamicTest(rule.id(), () -> assertThat(gaps(rule)).isEmpty()));
	}

	private static List<String> gaps(RuleText rule) {
		List<String> gaps = new ArrayList<>();
		for (Boundary boundary : boundaries(rule)) {
			Set<Long> above = values(rule, boundary, boundary.holdsAbove() ? "fires" : "silent");
			Set<Long> below = values(rule, boundary, boundary.holdsAbove() ? "silent" : "fires");
			if (!above.contains(boundary.at())) {
				gaps.add("no case in which %s %s with %s %d".formatted(rule.id(),
						boundary.holdsAbove() ? "fires" : "is silent", boundary.field(), boundary.at()));
			}
			boolean near = (boundary.at() < VERSION) ? below.contains(boundary.at() - 1)
					: below.stream().anyMatch((value) -> value < boundary.at());
			if (!near) {
				gaps.add("no case in which %s %s with %s %s %d".formatted(rule.id(),
						boundary.holdsAbove() ? "is silent" : "fires", boundary.field(),
						(boundary.at() < VERSION) ? "right before" : "below", boundary.at()));
			}
		}
		return gaps;
	}

	/** What this field is in the cases in which the rule must fire, or must not. */
	private static Set<Long> values(RuleText rule, Boundary boundary, String side) {
		return CASES.stream()
			.filter((one) -> one.texts(side).contains(rule.id()))
			.flatMap((one) -> StagedMatching.facts(one.facts()).stream())
			.filter((fact) -> fact.getClass().getSimpleName().equals(boundary.fact()))
			.map((fact) -> value(fact, boundary.field()))
			.flatMap(Stream::ofNullable)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<Boundary> boundaries(RuleText rule) {
		List<Boundary> boundaries = new ArrayList<>();
		Map<String, Boundary> bound = new HashMap<>();
		String when = rule.text().substring(rule.text().indexOf("\nwhen"), rule.text().lastIndexOf("\nthen"));
		Matcher fact = FACT.matcher(when);
		while (fact.find()) {
			BINDING.matcher(fact.group(2))
				.results()
				.forEach((binding) -> bound.put("$" + binding.group(1),
						new Boundary(fact.group(1), binding.group(2), false, 0)));
			Matcher comparison = COMPARISON.matcher(fact.group(2));
			while (comparison.find()) {
				String operator = comparison.group(2);
				long number = Long.parseLong(comparison.group(3));
				Boundary field = bound.getOrDefault(comparison.group(1),
						new Boundary(fact.group(1), comparison.group(1), false, 0));
				// comparing with 0 asks whether it is known at all
				if (number > 0) {
					boundaries.add(new Boundary(field.fact(), field.field(), operator.startsWith(">"),
							(operator.equals(">") || operator.equals("<=")) ? number + 1 : number));
				}
			}
		}
		return boundaries;
	}

	private static @Nullable Long value(Object fact, String field) {
		try {
			Method accessor = fact.getClass().getMethod(field);
			Object value = accessor.invoke(fact);
			return (value instanceof Number number) ? number.longValue() : null;
		}
		catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(fact.getClass() + " has no readable " + field, ex);
		}
	}

	/**
	 * A number that a rule compares with.
	 *
	 * @param fact the fact
	 * @param field its field
	 * @param holdsAbove whether the comparison holds from the number on, and not below it
	 * @param at the least number on the upper side
	 */
	private record Boundary(String fact, String field, boolean holdsAbove, long at) {
	}

}
