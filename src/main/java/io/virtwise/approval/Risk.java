package io.virtwise.approval;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What makes a subject risky, in the words that a policy speaks of.
 *
 * @param options names of the options that get another value, as nova spells them
 * @param reboot whether a node has to be rebooted for it
 * @param nodes for how many nodes it is
 * @param groups the node groups that these are in
 * @param guests on how many of them guests run whose CPU would become another
 */
public record Risk(List<String> options, boolean reboot, int nodes, List<String> groups, int guests) {

	/** Nothing that a policy speaks of. */
	public static final Risk NONE = new Risk(List.of(), false, 0, List.of());

	public Risk {
		options = sorted(options);
		groups = sorted(groups);
	}

	/** The same where no guest runs. */
	public Risk(List<String> options, boolean reboot, int nodes, List<String> groups) {
		this(options, reboot, nodes, groups, 0);
	}

	private static List<String> sorted(Collection<String> words) {
		return List.copyOf(new TreeSet<>(words));
	}

}
