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
 * @param unchecked on how many of them guests run whose CPU would become another, and
 * nobody knows whether they fit it
 * @param breaking on how many of them guests run that would not
 */
public record Risk(List<String> options, boolean reboot, int nodes, List<String> groups, int unchecked, int breaking) {

	/** Nothing that a policy speaks of. */
	public static final Risk NONE = new Risk(List.of(), false, 0, List.of());

	public Risk {
		options = sorted(options);
		groups = sorted(groups);
	}

	/** The same where no guest runs. */
	public Risk(List<String> options, boolean reboot, int nodes, List<String> groups) {
		this(options, reboot, nodes, groups, 0, 0);
	}

	/** Whether running guests may break, for all that is known. */
	public boolean guests() {
		return this.unchecked + this.breaking > 0;
	}

	/** The same where guests may break as here or as there, whichever is worse. */
	public Risk orWorse(Risk other) {
		return new Risk(this.options, this.reboot, this.nodes, this.groups, Math.max(this.unchecked, other.unchecked),
				Math.max(this.breaking, other.breaking));
	}

	private static List<String> sorted(Collection<String> words) {
		return List.copyOf(new TreeSet<>(words));
	}

}
