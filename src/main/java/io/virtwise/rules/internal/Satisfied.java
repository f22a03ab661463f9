package io.virtwise.rules.internal;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Operator;
import io.virtwise.rules.internal.syntax.Subject;
import io.virtwise.rules.internal.syntax.Value;
import org.jspecify.annotations.Nullable;

/**
 * Whether a constraint holds, said slowly and plainly, for people who ask why not.
 *
 * @param fields the values of the fields
 * @param variables the values of the variables bound so far
 */
record Satisfied(Function<String, @Nullable Object> fields, Map<String, @Nullable Object> variables) {

	boolean by(Constraint constraint) {
		if (constraint instanceof Constraint.Both both) {
			return both.parts().stream().allMatch(this::by);
		}
		if (constraint instanceof Constraint.Either either) {
			return either.parts().stream().anyMatch(this::by);
		}
		if (constraint instanceof Constraint.Brackets brackets) {
			return by(brackets.inner());
		}
		if (constraint instanceof Constraint.Membership among) {
			return among.values().stream().anyMatch((one) -> equal(subject(among.subject()), one)) != among.negated();
		}
		return !(constraint instanceof Constraint.Comparison comparison) || compares(comparison);
	}

	private boolean compares(Constraint.Comparison comparison) {
		Object left = subject(comparison.subject());
		if (!comparison.operator().orders()) {
			return equal(left, comparison.value()) == (comparison.operator() == Operator.EQUAL);
		}
		if (!(left instanceof Integer one) || !(plain(comparison.value()) instanceof Integer other)) {
			return false;
		}
		return switch (comparison.operator()) {
			case LESS -> one < other;
			case AT_MOST -> one <= other;
			case MORE -> one > other;
			default -> one >= other;
		};
	}

	private boolean equal(@Nullable Object left, Value value) {
		return Objects.equals((left instanceof Enum<?> word) ? word.name() : left, plain(value));
	}

	private @Nullable Object subject(Subject subject) {
		return subject.isVariable() ? this.variables.get(subject.name()) : this.fields.apply(subject.name());
	}

	/** Words of enums by their names. */
	private @Nullable Object plain(Value value) {
		if (value instanceof Value.Text text) {
			return text.content();
		}
		if (value instanceof Value.Whole number) {
			return number.number();
		}
		if (value instanceof Value.Truth truth) {
			return truth.truth();
		}
		if (value instanceof Value.Word word) {
			return word.constant();
		}
		Object bound = (value instanceof Value.Variable variable) ? this.variables.get(variable.name()) : null;
		return (bound instanceof Enum<?> word) ? word.name() : bound;
	}

}
