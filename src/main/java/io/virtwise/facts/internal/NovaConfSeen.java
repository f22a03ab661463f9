package io.virtwise.facts.internal;

import java.util.List;

import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;

/**
 * What was read from the files of nova.
 *
 * @param conf the options that decide how guests run
 * @param options the other ones that rules may ask for
 */
record NovaConfSeen(NovaConfFacts conf, List<NovaOption> options) {

	/** Nobody gave a file, or it was too large to be one. */
	static final NovaConfSeen UNKNOWN = new NovaConfSeen(NovaConfFacts.UNKNOWN, List.of());

	NovaConfSeen {
		options = List.copyOf(options);
	}

}
