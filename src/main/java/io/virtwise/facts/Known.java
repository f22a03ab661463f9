package io.virtwise.facts;

import org.jspecify.annotations.Nullable;

/**
 * A yes-or-no fact with its third answer: nobody looked, or nobody could tell.
 */
public enum Known {

	/** It is so. */
	YES,
	/** It is not so; somebody looked. */
	NO,
	/** Nobody knows. */
	UNKNOWN;

	public static Known of(boolean value) {
		return value ? YES : NO;
	}

	/**
	 * {@code true}, {@code false}, or {@code null} for unknown: as the HTTP contract
	 * shows it.
	 */
	public @Nullable Boolean orNull() {
		return (this == UNKNOWN) ? null : Boolean.valueOf(this == YES);
	}

}
