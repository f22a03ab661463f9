package io.virtwise.facts;

import java.util.Locale;

/**
 * Lines of logs whose meaning is documented.
 */
public enum Signature {

	/** Row S44: no KVM for guests of the host's own kind, as older libvirt says it. */
	HVM_NOT_SUPPORTED,
	/** The same as newer libvirt says it: no capabilities for the domain type kvm. */
	KVM_CAPABILITIES_MISSING,
	/** libvirt refuses a guest because it wants KVM and there is none. */
	DOMAIN_REQUIRES_KVM,
	/** libvirt refuses to describe KVM guests of an emulator. */
	KVM_NOT_SUPPORTED_ON_HOST,
	/** QEMU finds no device {@code /dev/kvm}. */
	KVM_DEVICE_MISSING,
	/** QEMU may not open {@code /dev/kvm}. */
	KVM_PERMISSION_DENIED,
	/** SELinux keeps an emulator from making memory that can be executed. */
	EXECMEM_DENIED,
	/** libvirt finds no QEMU for the architecture. */
	EMULATOR_MISSING,
	/** The socket of libvirt's daemon is not there, or nobody listens. */
	LIBVIRT_UNREACHABLE,
	/** libvirt's daemon does not let nova in. */
	LIBVIRT_ACCESS_DENIED,

	/** The kernel says that firmware keeps hardware virtualization off. */
	FIRMWARE_OFF,
	/** The same of VMX, which is Intel's. */
	FIRMWARE_OFF_INTEL,
	/** The same of SVM, which is AMD's. */
	FIRMWARE_OFF_AMD,
	/** kvm_intel cannot be loaded: operation not supported. */
	MODULE_REFUSED_INTEL,
	/** kvm_amd cannot be loaded: operation not supported. */
	MODULE_REFUSED_AMD,
	/** A vendor module found no hardware virtualization in the processor. */
	NO_HARDWARE_SUPPORT,
	/** An Arm kernel was not started at EL2, so it has no HYP mode for KVM. */
	HYP_MODE_NOT_AVAILABLE,

	/** The mode host-model does not exist for KVM guests here. */
	HOST_MODEL_REFUSED_FOR_KVM,
	/** The mode host-model does not exist for emulated guests here. */
	HOST_MODEL_REFUSED_FOR_QEMU,
	/** The mode host-passthrough does not exist for these guests. */
	HOST_PASSTHROUGH_REFUSED,
	/**
	 * The mode custom does not exist for these guests; often access to KVM in disguise.
	 */
	CUSTOM_MODEL_REFUSED,
	/** A configured CPU model that libvirt does not list. */
	CPU_MODEL_UNKNOWN,
	/** A configured CPU model that the host cannot provide. */
	CPU_MODEL_INCOMPATIBLE,
	/** A configured CPU flag that the host cannot provide. */
	CPU_FLAG_INCOMPATIBLE,
	/** The processors of two hosts do not match, as a live migration finds out. */
	CPU_INCOMPATIBLE,
	/** libvirt finds that a guest's processor asks for what the host does not have. */
	GUEST_CPU_INCOMPATIBLE,
	/** nova rejects information about a processor for another reason. */
	CPU_INFO_UNACCEPTABLE,
	/** A flag of the processor has a name that this libvirt does not know. */
	CPU_FEATURE_UNKNOWN,
	/** No configured CPU model has what a flavor or image asks for. */
	NO_MODEL_FOR_TRAITS,
	/** Extra CPU flags are dropped because the mode is not custom. */
	EXTRA_FLAGS_DROPPED,

	/** A CPU model is configured, and the mode is not custom; since Train. */
	MODEL_WITHOUT_CUSTOM,
	/** A CPU model is configured together with a host mode; up to Stein. */
	MODEL_WITH_HOST_MODE,
	/** The mode custom without any model. */
	CUSTOM_WITHOUT_MODEL,
	/** A CPU mode with a hypervisor that lets nobody choose. */
	CPU_MODE_WITHOUT_CHOICE,
	/** virt_type has a value that nova does not know. */
	VIRT_TYPE_INVALID,
	/** cpu_mode has a value that nova does not know. */
	CPU_MODE_INVALID,
	/** Another option has a value that nova does not know. */
	OPTION_INVALID,
	/** nova.conf cannot be parsed. */
	CONFIG_UNREADABLE,
	/** nova.conf names no compute_driver. */
	DRIVER_NOT_NAMED,
	/** The compute driver could not be loaded. */
	DRIVER_NOT_LOADED,
	/** Images on Ceph, and raw images are not forced. */
	RBD_NEEDS_RAW,
	/** vcpu_pin_set beside its successor. */
	PIN_SET_CONFLICT,
	/** vcpu_pin_set is deprecated. */
	PIN_SET_DEPRECATED,
	/** cpu_model is deprecated. */
	CPU_MODEL_OPTION_DEPRECATED,
	/** The virt_type is deprecated. */
	VIRT_TYPE_DEPRECATED,
	/** Containers run as the host's root. */
	CONTAINERS_AS_ROOT,
	/** The hypervisor has no live migration. */
	MIGRATION_NOT_AVAILABLE,

	/** libvirt is older than this nova needs. */
	LIBVIRT_TOO_OLD,
	/** QEMU is older than this nova needs. */
	QEMU_TOO_OLD,
	/** libvirt or QEMU is older than this nova needs on this architecture. */
	TOO_OLD_FOR_ARCHITECTURE,
	/** libvirt or QEMU is older than the next nova needs. */
	TOO_OLD_FOR_NEXT_RELEASE,
	/** nova is not tested on this architecture. */
	ARCHITECTURE_NOT_TESTED,

	/** An image that nova's inspector holds for unsafe or unsupported. */
	IMAGE_REFUSED,
	/** A vmdk image of a kind that is not allowed. */
	VMDK_REFUSED,
	/** libguestfs may not read the host's kernel image. */
	KERNEL_IMAGE_UNREADABLE;

	/** The name in the HTTP contract, for example {@code hvm-not-supported}. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
