package io.virtwise.facts;

/**
 * How the node is set up, as far as guests feel it.
 *
 * @param known whether anybody looked
 * @param memoryMib memory in MiB, 0 if unknown
 * @param smt whether several threads share a core (on POWER it must be off for KVM)
 * @param selinuxEnforcing whether SELinux enforces its policy
 * @param virtUseExecmem its switch {@code virt_use_execmem}
 * @param container whether the facts were collected inside a container
 * @param kernelImageReadable whether everybody may read the kernel's image in
 * {@code /boot}
 */
public record HostState(boolean known, int memoryMib, Known smt, Known selinuxEnforcing, Known virtUseExecmem,
		Known container, Known kernelImageReadable) {

	/** Nobody looked. */
	public static final HostState UNKNOWN = new HostState(false, 0, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN,
			Known.UNKNOWN, Known.UNKNOWN);

}
