package io.virtwise.rules;

import java.util.Locale;

/**
 * The one word about a node.
 */
public enum Verdict {

	/** Nothing to do beyond the settings. */
	READY,
	/** Works after the listed steps. */
	ACTION_REQUIRED,
	/** This configuration cannot launch a guest until a BLOCK finding is resolved. */
	BLOCKED,
	/** A fact that decides is unknown. */
	UNDETERMINED;

	/** The name in the HTTP contract, for example {@code action-required}. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
