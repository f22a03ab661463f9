package io.virtwise.rules.internal.syntax;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the condition of a rule is made of.
 */
public sealed interface Condition {

	/** Where it stands. */
	Place place();

	/** The patterns in it, in reading order. */
	Stream<Pattern> patterns();

	/**
	 * A fact for which all of this holds.
	 *
	 * @param fact the name of its type
	 */
	record Pattern(Place place, String fact, List<Constraint> constraints) implements Condition {

		public Pattern {
			constraints = List.copyOf(constraints);
		}

		@Override
		public Stream<Pattern> patterns() {
			return Stream.of(this);
		}

	}

	/**
	 * All of these: {@code (… and …)}. Only inside of others.
	 */
	record AllOf(Place place, List<Condition> parts) implements Condition {

		public AllOf {
			parts = List.copyOf(parts);
		}

		@Override
		public Stream<Pattern> patterns() {
			return this.parts.stream().flatMap(Condition::patterns);
		}

	}

	/**
	 * One of these: {@code (… or …)}.
	 */
	record AnyOf(Place place, List<Condition> parts) implements Condition {

		public AnyOf {
			parts = List.copyOf(parts);
		}

		@Override
		public Stream<Pattern> patterns() {
			return this.parts.stream().flatMap(Condition::patterns);
		}

	}

	/**
	 * There is no such fact.
	 */
	record Not(Place place, Condition inner) implements Condition {

		@Override
		public Stream<Pattern> patterns() {
			return this.inner.patterns();
		}

	}

	/**
	 * There is such a fact, however many.
	 */
	record Exists(Place place, Condition inner) implements Condition {

		@Override
		public Stream<Pattern> patterns() {
			return this.inner.patterns();
		}

	}

}
