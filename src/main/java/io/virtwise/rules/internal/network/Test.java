package io.virtwise.rules.internal.network;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.virtwise.rules.internal.syntax.Operator;
import org.jspecify.annotations.Nullable;

/**
 * A constraint on one fact. Equal constraints are equal values, so that rules share them.
 */
sealed interface Test {

	/**
	 * Whether the fact is so.
	 * @param joined the facts of which there may be several, in the order of the rule
	 */
	boolean on(Object fact, Situation situation, Object[] joined);

	/** The last of the joined facts that it needs, -1 for none. */
	default int lastJoined() {
		return -1;
	}

	/** Whether it needs nothing but the fact. */
	default boolean alone() {
		return true;
	}

	/**
	 * A field has this value, or has another.
	 */
	record Same(Accessor field, @Nullable Object value, boolean negated) implements Test {

		@Override
		public boolean on(Object fact, Situation situation, Object[] joined) {
			return Objects.equals(this.field.value(fact), this.value) != this.negated;
		}

	}

	/**
	 * A field has one of these values, or none of them.
	 */
	record OneOf(Accessor field, Set<Object> values, boolean negated) implements Test {

		@Override
		public boolean on(Object fact, Situation situation, Object[] joined) {
			Object value = this.field.value(fact);
			return (value != null && this.values.contains(value)) != this.negated;
		}

	}

	/**
	 * A number compared with another one.
	 */
	record Compared(Accessor field, Operator operator, int value) implements Test {

		@Override
		public boolean on(Object fact, Situation situation, Object[] joined) {
			if (this.field.isNumber()) {
				return holds(this.operator, this.field.number(fact), this.value);
			}
			return this.field.value(fact) instanceof Integer number && holds(this.operator, number, this.value);
		}

	}

	/**
	 * A field or bound variable compared with another.
	 */
	record Bound(Operand one, Operator operator, Operand other) implements Test {

		@Override
		public boolean on(Object fact, Situation situation, Object[] joined) {
			Object left = this.one.value(fact, situation, joined);
			Object right = this.other.value(fact, situation, joined);
			return switch (this.operator) {
				case EQUAL -> Objects.equals(left, right);
				case UNEQUAL -> !Objects.equals(left, right);
				default -> left instanceof Integer number && right instanceof Integer limit
						&& holds(this.operator, number, limit);
			};
		}

		@Override
		public int lastJoined() {
			return Math.max(this.one.lastJoined(), this.other.lastJoined());
		}

		@Override
		public boolean alone() {
			return this.one.ofFact() && this.other.ofFact();
		}

	}

	/**
	 * All of these.
	 */
	record All(List<Test> tests) implements Test {

		@Override
		public boolean on(Object fact, Situation situation, Object[] joined) {
			for (Test test : this.tests) {
				if (!test.on(fact, situation, joined)) {
					return false;
				}
			}
			return true;
		}

		@Override
		public int lastJoined() {
			return this.tests.stream().mapToInt(Test::lastJoined).max().orElse(-1);
		}

		@Override
		public boolean alone() {
			return this.tests.stream().allMatch(Test::alone);
		}

	}

	/**
	 * At least one of these.
	 */
	record Any(List<Test> tests) implements Test {

		@Override
		public boolean on(Object fact, Situation situation, Object[] joined) {
			for (Test test : this.tests) {
				if (test.on(fact, situation, joined)) {
					return true;
				}
			}
			return false;
		}

		@Override
		public int lastJoined() {
			return this.tests.stream().mapToInt(Test::lastJoined).max().orElse(-1);
		}

		@Override
		public boolean alone() {
			return this.tests.stream().allMatch(Test::alone);
		}

	}

	private static boolean holds(Operator operator, int one, int two) {
		return switch (operator) {
			case EQUAL -> one == two;
			case UNEQUAL -> one != two;
			case LESS -> one < two;
			case AT_MOST -> one <= two;
			case MORE -> one > two;
			case AT_LEAST -> one >= two;
		};
	}

}
