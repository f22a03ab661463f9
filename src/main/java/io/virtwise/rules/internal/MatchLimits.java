package io.virtwise.rules.internal;

import java.util.List;
import java.util.Map;

import io.virtwise.rules.internal.syntax.Condition;
import io.virtwise.rules.internal.syntax.Condition.Pattern;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Operator;
import io.virtwise.rules.internal.syntax.Problems;
import io.virtwise.rules.internal.syntax.Rule;

/**
 * Refuses conditions that would have to try too many combinations of facts.
 */
final class MatchLimits {

	/** Facts of which a node has many, with the field that tells them apart. */
	private static final Map<String, List<String>> MANY = Map.of("NovaOption", List.of("option"), "LogSignature",
			List.of("signature"), "GuestModel", List.of("name", "position"), "GuestFlag", List.of("name"),
			"ImageFormat", List.of("name"), "GroupModel", List.of("name", "position"), "DomainCapabilities",
			List.of("domain"), "Conclusion", List.of("topic"));

	private static final int MOST_OPEN = 4;

	private final Rule rule;

	private final Problems problems;

	MatchLimits(Rule rule, Problems problems) {
		this.rule = rule;
		this.problems = problems;
	}

	void check() {
		combinations();
		alternatives();
	}

	/** What is only looked for makes no new combinations, but each is tried with it. */
	private void combinations() {
		int open = 0;
		int looked = 0;
		for (Condition condition : this.rule.conditions()) {
			if (condition instanceof Condition.Not || condition instanceof Condition.Exists) {
				looked = Math.max(looked, open(condition));
			}
			else {
				open += open(condition);
			}
			if (open + looked > MOST_OPEN) {
				Pattern last = condition.patterns().filter(MatchLimits::isOpen).findFirst().orElseThrow();
				this.problems.error(last.place(),
						"this rule would try every combination of facts of which a node has many; say in " + last.fact()
								+ " which one is meant, as " + MANY.getOrDefault(last.fact(), List.of("name")).get(0)
								+ " == …");
				return;
			}
		}
	}

	private static int open(Condition condition) {
		if (condition instanceof Pattern pattern) {
			return isOpen(pattern) ? 1 : 0;
		}
		if (condition instanceof Condition.AnyOf any) {
			return any.parts().stream().mapToInt(MatchLimits::open).max().orElse(0);
		}
		if (condition instanceof Condition.AllOf all) {
			return all.parts().stream().mapToInt(MatchLimits::open).sum();
		}
		return (condition instanceof Condition.Not not) ? open(not.inner())
				: open(((Condition.Exists) condition).inner());
	}

	/** Alternatives multiply: each combination becomes a rule of its own. */
	private void alternatives() {
		long ways = 1;
		for (Condition condition : this.rule.conditions()) {
			ways = Math.min(ways * ways(condition), 1_000_000);
			if (ways > 64) {
				this.problems.error(condition.place(),
						"the alternatives of this rule multiply to more than 64; make several rules of it");
				return;
			}
		}
	}

	private static long ways(Condition condition) {
		if (condition instanceof Condition.AnyOf any) {
			return any.parts().stream().mapToLong(MatchLimits::ways).sum();
		}
		if (condition instanceof Condition.AllOf all) {
			return all.parts()
				.stream()
				.mapToLong(MatchLimits::ways)
				.reduce(1, (one, other) -> Math.min(one * other, 1_000_000));
		}
		if (condition instanceof Condition.Not not) {
			return ways(not.inner());
		}
		return (condition instanceof Condition.Exists exists) ? ways(exists.inner()) : 1;
	}

	/** Whether a node has many such facts. */
	static boolean isOneOfMany(Pattern pattern) {
		return isMany(pattern.fact());
	}

	/** Whether a node has many facts of this type. */
	static boolean isMany(String fact) {
		return MANY.containsKey(fact);
	}

	/** Whether it leaves open which of many facts is meant. */
	static boolean isOpen(Pattern pattern) {
		List<String> fields = MANY.get(pattern.fact());
		return fields != null && pattern.constraints().stream().noneMatch((one) -> names(one, fields));
	}

	private static boolean names(Constraint constraint, List<String> fields) {
		if (constraint instanceof Constraint.Comparison comparison) {
			return comparison.operator() == Operator.EQUAL && fields.contains(comparison.subject().name());
		}
		return constraint instanceof Constraint.Membership among && !among.negated()
				&& fields.contains(among.subject().name());
	}

}
