package io.virtwise.rules.language;

/**
 * What a conclusion is about.
 */
public enum Topic {

	/**
	 * Which driver nova-compute runs, and so whether these rules apply: LIBVIRT, OTHER.
	 */
	DRIVER,
	/** Whether the processor can do hardware virtualization: YES, NO, UNKNOWN. */
	HARDWARE,
	/**
	 * Whether firmware lets hardware virtualization on: YES, NO, UNKNOWN, or ABSENT where
	 * there is no such switch.
	 */
	FIRMWARE,
	/**
	 * Whether libvirt itself offers KVM guests, which proves all below it: YES, NO,
	 * UNKNOWN.
	 */
	LIBVIRT,
	/** Whether KVM is in the kernel: LOADED, BUILT_IN, MISSING, UNKNOWN. */
	MODULES,
	/** Whether QEMU may open the device node: YES, NO, ABSENT, UNKNOWN. */
	DEVICE,
	/** Whether this machine could ever run KVM: YES, NO, UNKNOWN. */
	CAPABILITY,
	/** Whether it can run KVM guests now: USABLE, UNUSABLE, UNKNOWN. */
	KVM,
	/** The virt_type that the node should have: KVM, QEMU, UNKNOWN. */
	VIRT_TYPE,
	/** The virt_type that the given nova.conf puts in force: KVM, QEMU, OTHER. */
	CONFIGURED_TYPE,
	/**
	 * The CPU mode that would be in force with the recommended virt_type and the present
	 * file: NONE, HOST_MODEL, HOST_PASSTHROUGH, CUSTOM, INVALID, UNKNOWN.
	 */
	PRESENT_MODE,
	/** What becomes of the CPU mode and models in the given file: KEEP, REPLACE. */
	OWN_CHOICE,
	/**
	 * The CPU mode that should be in force: NONE, HOST_MODEL, HOST_PASSTHROUGH, CUSTOM.
	 */
	CPU_MODE,
	/**
	 * The named CPU model that should be in force with custom: OWN, NEHALEM, MAX, COMMON.
	 */
	CPU_MODEL,
	/**
	 * The processor for all nodes of a group, where live migration within it is asked
	 * about: HOST_MODEL, COMMON, NONE, UNKNOWN.
	 */
	GROUP,
	/**
	 * Whether a running guest can come from another node, where that is asked about: YES,
	 * NO, UNKNOWN. One answer for each thing that it takes; the worst counts.
	 */
	MOVE,
	/** Whether nova reads the given file and gets as far as its libvirt driver: YES. */
	DRIVER_LOADS

}
