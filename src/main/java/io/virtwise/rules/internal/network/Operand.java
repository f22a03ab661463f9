package io.virtwise.rules.internal.network;

import org.jspecify.annotations.Nullable;

/**
 * Where the value of a bound variable is found.
 */
sealed interface Operand {

	/**
	 * The value.
	 * @param fact the fact that is being looked at
	 * @param joined the facts of which there may be several, in the order of the rule
	 */
	@Nullable Object value(@Nullable Object fact, Situation situation, Object[] joined);

	/** The last of the joined facts that it needs, -1 for none. */
	default int lastJoined() {
		return -1;
	}

	/** Whether it needs nothing but the fact that is being looked at. */
	default boolean ofFact() {
		return lastJoined() < 0 && !(this instanceof OfSingle);
	}

	/**
	 * A field of the very fact that is being looked at.
	 */
	record OfSame(Accessor field) implements Operand {

		@Override
		public @Nullable Object value(@Nullable Object fact, Situation situation, Object[] joined) {
			return (fact != null) ? this.field.value(fact) : null;
		}

	}

	/**
	 * A field of a fact that there is once.
	 */
	record OfSingle(Kind kind, Accessor field) implements Operand {

		@Override
		public @Nullable Object value(@Nullable Object fact, Situation situation, Object[] joined) {
			situation.read(this.kind, this.field);
			return this.field.value(situation.single(this.kind));
		}

	}

	/**
	 * A field of a joined fact.
	 */
	record OfJoined(int place, Accessor field) implements Operand {

		@Override
		public @Nullable Object value(@Nullable Object fact, Situation situation, Object[] joined) {
			return this.field.value(joined[this.place]);
		}

		@Override
		public int lastJoined() {
			return this.place;
		}

	}

	/**
	 * A value that is written down.
	 */
	record Written(@Nullable Object value) implements Operand {

		@Override
		public @Nullable Object value(@Nullable Object fact, Situation situation, Object[] joined) {
			return this.value;
		}

	}

}
