package io.virtwise.rules.language;

/**
 * The answers that conclusions give; {@link Topic} says which belong to what.
 */
public enum Answer {

	/** It is so. */
	YES,
	/** It is not so. */
	NO,
	/** The facts at hand do not tell. */
	UNKNOWN,
	/** There is no such thing on the node. */
	ABSENT,
	/** As a kernel module. */
	LOADED,
	/** Part of the kernel itself. */
	BUILT_IN,
	/** Needed and not there. */
	MISSING,
	/** Guests can use it now. */
	USABLE,
	/** Guests cannot use it now. */
	UNUSABLE,
	/** The driver libvirt.LibvirtDriver. */
	LIBVIRT,
	/** Something that these rules do not speak about. */
	OTHER,
	/** Hardware virtualization. */
	KVM,
	/** Emulation. */
	QEMU,
	/** No model is named; the hypervisor picks one. */
	NONE,
	/** The nearest named model with the host's flags. */
	HOST_MODEL,
	/** The host's processor as it is. */
	HOST_PASSTHROUGH,
	/** One or more named models. */
	CUSTOM,
	/** A value that nova does not know. */
	INVALID,
	/** What the operator wrote stays. */
	KEEP,
	/** What the operator wrote must go. */
	REPLACE,
	/** The models that the operator wrote. */
	OWN,
	/** The oldest model with which x86-64-v2 guests boot. */
	NEHALEM,
	/** Everything that the emulator can do. */
	MAX,
	/** The newest model that guests can have on all nodes of a group. */
	COMMON

}
