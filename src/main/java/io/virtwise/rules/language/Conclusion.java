package io.virtwise.rules.language;

import java.util.Comparator;

/**
 * Something that a rule derived from facts, itself a fact for other rules.
 *
 * @param topic what it is about
 * @param answer what was found
 */
public record Conclusion(Topic topic, Answer answer) {

	/** By topic, then by answer. */
	public static final Comparator<Conclusion> BY_TOPIC = (one, other) -> {
		int topic = one.topic().compareTo(other.topic());
		return (topic != 0) ? topic : one.answer().compareTo(other.answer());
	};

}
