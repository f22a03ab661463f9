package io.virtwise.facts;

/**
 * The guests on the node. A change of virt_type or cpu_mode reaches them only at their
 * next cold start.
 *
 * @param known whether anybody looked
 * @param running how many run
 */
public record RunningGuests(boolean known, int running) {

	/** Nobody looked. */
	public static final RunningGuests UNKNOWN = new RunningGuests(false, 0);

}
