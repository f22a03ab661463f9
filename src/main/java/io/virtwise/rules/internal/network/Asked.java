package io.virtwise.rules.internal.network;

import java.util.EnumSet;
import java.util.Set;

import io.virtwise.rules.internal.syntax.Call;
import io.virtwise.rules.internal.syntax.Condition;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Operator;
import io.virtwise.rules.internal.syntax.Rule;
import io.virtwise.rules.internal.syntax.Value;
import io.virtwise.rules.language.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The questions that a rule answers, and those whose answers it asks for.
 */
final class Asked {

	private Asked() {
	}

	/** The question that it answers, {@code null} where it gives advice. */
	static @Nullable Topic answered(Rule rule) {
		Call call = rule.call();
		return (call.sink().equals("conclude") && call.arguments().get(0) instanceof Value.Word word)
				? Topic.valueOf(word.constant()) : null;
	}

	/** The questions whose answers it asks for. */
	static Set<Topic> by(Rule rule) {
		Set<Topic> topics = EnumSet.noneOf(Topic.class);
		rule.patterns()
			.filter((pattern) -> Kind.of(pattern.fact()) == Kind.CONCLUSION)
			.forEach((pattern) -> topics.addAll(by(pattern)));
		return topics;
	}

	/** The questions that a pattern of conclusions can be about. */
	static Set<Topic> by(Condition.Pattern pattern) {
		Set<Topic> named = EnumSet.noneOf(Topic.class);
		for (Constraint constraint : pattern.constraints()) {
			if (constraint instanceof Constraint.Comparison comparison && comparison.subject().name().equals("topic")
					&& comparison.operator() == Operator.EQUAL && comparison.value() instanceof Value.Word word) {
				named.add(Topic.valueOf(word.constant()));
			}
		}
		return named.isEmpty() ? EnumSet.allOf(Topic.class) : named;
	}

}
