package io.virtwise.facts;

import org.jspecify.annotations.Nullable;

/**
 * The nodes that guests of this node may be moved to and come from, taken together; there
 * only where live migration within a group is asked about.
 *
 * @param nodes how many nodes are in the group
 * @param missing how many of them nobody knows enough of
 * @param missingNames what those are called
 * @param alike whether guests can have the same processors on all nodes that are known
 * @param flags features that host-model gives on some of these nodes and not on others;
 * {@code null} for none
 * @param oneVendor whether the processors of all nodes that are known are of one maker
 * @param versionsAlike whether kernel, microcode, libvirt and QEMU of all nodes that are
 * known have the same versions
 * @param differs those of the four that differ, with their versions; {@code null} for
 * none
 * @param heldBackBy the nodes on which guests cannot have the newest model of the group;
 * {@code null} for none
 */
public record NodeGroup(int nodes, int missing, @Nullable String missingNames, Known alike, @Nullable String flags,
		Known oneVendor, Known versionsAlike, @Nullable String differs, @Nullable String heldBackBy) {
}
