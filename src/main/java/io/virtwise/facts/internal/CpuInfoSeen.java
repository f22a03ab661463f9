package io.virtwise.facts.internal;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.CpuInfo;

/**
 * What {@code /proc/cpuinfo} tells, and the family of the architecture that its form
 * gives away.
 */
record CpuInfoSeen(CpuInfo cpuinfo, ArchFamily family) {
}
