package io.virtwise.rules.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.virtwise.rules.internal.syntax.Condition;
import io.virtwise.rules.internal.syntax.Condition.Pattern;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Operator;
import io.virtwise.rules.internal.syntax.Rule;
import io.virtwise.rules.internal.syntax.Value;

/**
 * Which conclusions a rule comes to, and which it asks for.
 */
final class Conclusions {

	private Conclusions() {
	}

	static boolean isOne(Pattern pattern) {
		return pattern.fact().equals("Conclusion");
	}

	/** The topic that a rule of the first stage concludes about. */
	static String topic(Rule rule) {
		return constant(rule, 0);
	}

	/** The answer that a rule of the first stage gives. */
	static String answer(Rule rule) {
		return constant(rule, 1);
	}

	/** Whether a pattern is met by this conclusion. */
	static boolean meets(Pattern pattern, String topic, String answer) {
		return isOne(pattern) && pattern.constraints()
			.stream()
			.allMatch((one) -> allows(one, "topic", topic) && allows(one, "answer", answer));
	}

	/** Whether a pattern is met by some conclusion on this topic. */
	static boolean asksAbout(Pattern pattern, String topic) {
		return isOne(pattern) && pattern.constraints().stream().allMatch((one) -> allows(one, "topic", topic));
	}

	/** The pattern that asks for what the rule itself concludes, if it always does. */
	static Optional<Pattern> ofItself(Rule rule) {
		return rule.conditions()
			.stream()
			.flatMap(Conclusions::needed)
			.filter((pattern) -> meets(pattern, topic(rule), answer(rule)) && asksFor(pattern, "topic")
					&& asksFor(pattern, "answer"))
			.findFirst();
	}

	/** The patterns without which the condition never holds. */
	private static Stream<Pattern> needed(Condition condition) {
		if (condition instanceof Pattern pattern) {
			return Stream.of(pattern);
		}
		if (condition instanceof Condition.AllOf all) {
			return all.parts().stream().flatMap(Conclusions::needed);
		}
		return (condition instanceof Condition.Exists exists) ? needed(exists.inner()) : Stream.of();
	}

	private static boolean asksFor(Pattern pattern, String field) {
		return pattern.constraints()
			.stream()
			.anyMatch((one) -> one instanceof Constraint.Comparison comparison
					&& comparison.operator() == Operator.EQUAL && comparison.subject().name().equals(field));
	}

	private static boolean allows(Constraint constraint, String field, String word) {
		if (constraint instanceof Constraint.Comparison comparison && comparison.subject().name().equals(field)
				&& comparison.value() instanceof Value.Word value) {
			return value.constant().equals(word) == (comparison.operator() == Operator.EQUAL);
		}
		if (constraint instanceof Constraint.Membership among && among.subject().name().equals(field)) {
			List<String> words = among.values()
				.stream()
				.map((value) -> (value instanceof Value.Word one) ? one.constant() : "")
				.toList();
			return words.contains(word) != among.negated();
		}
		return true;
	}

	private static String constant(Rule rule, int at) {
		return (rule.call().arguments().get(at) instanceof Value.Word word) ? word.constant() : "";
	}

}
