package io.virtwise.rules.internal.network;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A field of a fact that there is once, with its place among all such fields. There are
 * as many as the facts have fields, so a list of them never grows for long.
 */
record Field(Kind kind, Accessor accessor) {

	private static final Map<Field, Integer> PLACES = new ConcurrentHashMap<>();

	private static final List<Field> ALL = new CopyOnWriteArrayList<>();

	/** The place of this field. */
	int place() {
		return PLACES.computeIfAbsent(this, Field::add);
	}

	/** The field that has this place. */
	static Field at(int place) {
		return ALL.get(place);
	}

	/** How many there are so far. */
	static int count() {
		return ALL.size();
	}

	private static synchronized int add(Field field) {
		ALL.add(field);
		return ALL.size() - 1;
	}

}
