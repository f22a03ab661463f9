package io.virtwise.rules.internal.syntax;

/**
 * Something that a field is compared with, or that a sink is given.
 */
public sealed interface Value {

	/** Where it stands. */
	Place place();

	/**
	 * A text.
	 *
	 * @param content without quotes and escapes
	 */
	record Text(Place place, String content) implements Value {
	}

	/**
	 * A whole number, not negative.
	 */
	record Whole(Place place, int number) implements Value {
	}

	/**
	 * {@code true} or {@code false}.
	 */
	record Truth(Place place, boolean truth) implements Value {
	}

	/**
	 * {@code null}.
	 */
	record Nothing(Place place) implements Value {
	}

	/**
	 * A word of an enum, as {@code Known.YES}.
	 */
	record Word(Place place, String type, String constant) implements Value {
	}

	/**
	 * A variable that was bound before.
	 *
	 * @param name with its dollar sign
	 */
	record Variable(Place place, String name) implements Value {
	}

}
