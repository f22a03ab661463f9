package io.virtwise.facts;

import org.jspecify.annotations.Nullable;

/**
 * What machine the node is, put together from all evidence.
 *
 * @param family the architecture's family
 * @param arch the architecture as {@code uname -m} spells it, {@code null} if unknown
 * @param virtualMachine whether the node itself is a guest
 * @param firmware what the kernel's log says last of virtualization in firmware, on Arm
 * of HYP mode, which firmware or an outer hypervisor keeps back: YES is on, NO is off;
 * UNKNOWN where it says nothing
 */
public record Platform(ArchFamily family, @Nullable String arch, Known virtualMachine, Known firmware) {
}
