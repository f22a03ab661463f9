package io.virtwise.rollout;

import java.time.Duration;

/**
 * Work that all portals on one database share, piece by piece. Every now and then one of
 * them looks whether there is any; then as many lanes as may be do one piece after
 * another, and whichever portal is free takes a lane.
 */
public interface SharedWork {

	/** Names it in the table of jobs; must never change. */
	String name();

	/** How often somebody looks whether there is any. */
	Duration every();

	/** How many pieces may be done at the same time, by all portals together. */
	int lanes();

	/**
	 * Looks whether there is any.
	 * @return whether lanes are worth their while
	 */
	boolean isThereAny();

	/**
	 * Does the next piece. Two lanes may ask at the same moment.
	 * @return whether there was one
	 */
	boolean doNext();

}
