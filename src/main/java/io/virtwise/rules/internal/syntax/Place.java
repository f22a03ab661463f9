package io.virtwise.rules.internal.syntax;

import java.util.Comparator;

/**
 * A place in a file.
 *
 * @param line from 1
 * @param column from 1; 0 where the whole line is meant
 */
public record Place(int line, int column) implements Comparable<Place> {

	/** Where a file begins. */
	public static final Place FILE = new Place(1, 1);

	private static final Comparator<Place> IN_READING_ORDER = Comparator.comparingInt(Place::line)
		.thenComparingInt(Place::column);

	@Override
	public int compareTo(Place other) {
		return IN_READING_ORDER.compare(this, other);
	}

}
