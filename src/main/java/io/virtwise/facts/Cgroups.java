package io.virtwise.facts;

import org.jspecify.annotations.Nullable;

/**
 * The control groups that libvirt puts guests into.
 *
 * @param known whether anybody looked
 * @param version 1, 2, or 0 where none is mounted
 * @param missing those of cpu, cpuacct, cpuset, memory, devices and blkio that are not
 * there, joined by commas; {@code null} where none is missing. Version 2 has no cpuacct
 * and devices of its own, and calls blkio io
 */
public record Cgroups(boolean known, int version, @Nullable String missing) {

	/** Nobody looked. */
	public static final Cgroups UNKNOWN = new Cgroups(false, 0, null);

}
