package io.virtwise.rules.internal.syntax;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a pattern asks of a fact.
 */
public sealed interface Constraint {

	/** Where it stands. */
	Place place();

	/** Itself and everything in it, in reading order. */
	default Stream<Constraint> all() {
		return Stream.of(this);
	}

	/**
	 * Gives the value of a field a name: {@code $mode : cpuMode}.
	 *
	 * @param variable with its dollar sign
	 */
	record Binding(Place place, String variable, Subject field) implements Constraint {
	}

	/**
	 * Compares a field, or a variable bound before, with a value.
	 */
	record Comparison(Subject subject, Operator operator, Value value) implements Constraint {

		@Override
		public Place place() {
			return this.subject.place();
		}

	}

	/**
	 * Whether the value of a field, or of a variable, is among others.
	 *
	 * @param negated for {@code not in}
	 */
	record Membership(Subject subject, boolean negated, List<Value> values) implements Constraint {

		public Membership {
			values = List.copyOf(values);
		}

		@Override
		public Place place() {
			return this.subject.place();
		}

	}

	/**
	 * All of these, joined by {@code &&}.
	 */
	record Both(Place place, List<Constraint> parts) implements Constraint {

		public Both {
			parts = List.copyOf(parts);
		}

		@Override
		public Stream<Constraint> all() {
			return Stream.concat(Stream.of(this), this.parts.stream().flatMap(Constraint::all));
		}

	}

	/**
	 * One of these, joined by {@code ||}.
	 */
	record Either(Place place, List<Constraint> parts) implements Constraint {

		public Either {
			parts = List.copyOf(parts);
		}

		@Override
		public Stream<Constraint> all() {
			return Stream.concat(Stream.of(this), this.parts.stream().flatMap(Constraint::all));
		}

	}

	/**
	 * The same in brackets.
	 */
	record Brackets(Place place, Constraint inner) implements Constraint {

		@Override
		public Stream<Constraint> all() {
			return Stream.concat(Stream.of(this), this.inner.all());
		}

	}

}
