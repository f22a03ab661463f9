package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.virtwise.facts.Signature;

import static io.virtwise.facts.Signature.*;

/**
 * By which words the documented lines are known: all words of one way in the same line,
 * whatever their case. They are the programs' own constant words, so that a disk or a
 * socket to which permission is denied is not taken for {@code /dev/kvm}.
 */
final class SignaturePhrases {

	/** Lower case; the first of a way is what marks it. */
	private static final List<Way> WAYS = List.of(
			new Way(HVM_NOT_SUPPORTED, "no supported architecture for os type", "hvm"),
			new Way(KVM_CAPABILITIES_MISSING, "could not find capabilities for", "domaintype=kvm"),
			new Way(DOMAIN_REQUIRES_KVM, "domain requires kvm, but it is not available"),
			new Way(KVM_NOT_SUPPORTED_ON_HOST, "kvm is not supported by ", "on this host"),
			new Way(KVM_DEVICE_MISSING, "could not access kvm kernel module: no such"),
			new Way(KVM_DEVICE_MISSING, "failed to initialize kvm: no such"),
			new Way(KVM_PERMISSION_DENIED, "could not access kvm kernel module: permission denied"),
			new Way(KVM_PERMISSION_DENIED, "failed to initialize kvm: permission denied"),
			new Way(EXECMEM_DENIED, "execmem", "avc:", "denied", "qemu"),
			new Way(EMULATOR_MISSING, "cannot find suitable emulator for"),
			new Way(LIBVIRT_UNREACHABLE, "failed to connect socket to '", "libvirt", "no such file or directory"),
			new Way(LIBVIRT_UNREACHABLE, "failed to connect socket to '", "libvirt", "connection refused"),
			new Way(LIBVIRT_ACCESS_DENIED, "failed to connect socket to '", "libvirt", "permission denied"),
			new Way(LIBVIRT_ACCESS_DENIED, "authentication unavailable: no polkit agent"),

			new Way(FIRMWARE_OFF, "kvm: disabled by bios"),
			new Way(FIRMWARE_OFF_INTEL, "txt) disabled by bios", "vmx ("),
			new Way(FIRMWARE_OFF_INTEL, "support for 'kvm_intel' disabled by bios"),
			new Way(FIRMWARE_OFF_INTEL, "(by bios) in msr_ia32_feat", "vmx "),
			new Way(FIRMWARE_OFF_AMD, "support for 'kvm_amd' disabled by bios"),
			new Way(FIRMWARE_OFF_AMD, "svm disabled (by bios)"),
			new Way(MODULE_REFUSED_INTEL, "operation not supported", "kvm_intel"),
			new Way(MODULE_REFUSED_INTEL, "operation not supported", "kvm-intel"),
			new Way(MODULE_REFUSED_AMD, "operation not supported", "kvm_amd"),
			new Way(MODULE_REFUSED_AMD, "operation not supported", "kvm-amd"),
			new Way(NO_HARDWARE_SUPPORT, "kvm: no hardware support"),
			new Way(NO_HARDWARE_SUPPORT, "vmx not supported by cpu"),
			new Way(NO_HARDWARE_SUPPORT, "svm not supported by cpu"),
			new Way(HYP_MODE_NOT_AVAILABLE, "hyp mode not available"),

			new Way(HOST_MODEL_REFUSED_FOR_KVM, "cpu mode 'host-model' for ", " kvm domain on ",
					"not supported by hypervisor"),
			new Way(HOST_MODEL_REFUSED_FOR_QEMU, "cpu mode 'host-model' for ", " qemu domain on ",
					"not supported by hypervisor"),
			new Way(HOST_PASSTHROUGH_REFUSED, "cpu mode 'host-passthrough' for ", "not supported by hypervisor"),
			new Way(CUSTOM_MODEL_REFUSED, "cpu mode 'custom' for ", "not supported by hypervisor"),
			new Way(CPU_MODEL_UNKNOWN, "is not correct, or your host cpu arch does not ", "configured cpu model: "),
			new Way(CPU_MODEL_UNKNOWN, "unknown cpu model"),
			new Way(CPU_MODEL_INCOMPATIBLE, "not compatible with host cpu", "configured cpu model: "),
			new Way(CPU_FLAG_INCOMPATIBLE, "or the host cpu does not support", "configured extra flag: "),
			new Way(CPU_INCOMPATIBLE, "cpu doesn't have compatibility", "unacceptable cpu info"),
			new Way(GUEST_CPU_INCOMPATIBLE, "guest and host cpu are not compatible"),
			new Way(GUEST_CPU_INCOMPATIBLE, "cpu is incompatible with host cpu"),
			new Way(GUEST_CPU_INCOMPATIBLE, "guest cpu doesn't match specification"),
			new Way(GUEST_CPU_INCOMPATIBLE, "host cpu does not provide required features"),
			new Way(CPU_INFO_UNACCEPTABLE, "unacceptable cpu info"),
			new Way(CPU_FEATURE_UNKNOWN, "unknown cpu feature"),
			new Way(NO_MODEL_FOR_TRAITS, "no cpu model match traits"),
			new Way(EXTRA_FLAGS_DROPPED, "setting extra cpu flags is only valid in combination"),

			new Way(MODEL_WITHOUT_CUSTOM, "the cpu_models option is not required when cpu_mode!=custom"),
			new Way(MODEL_WITH_HOST_MODE, "a cpu model name should not be set when a host cpu model is requested"),
			new Way(CUSTOM_WITHOUT_MODEL, "requested a custom cpu model, but no model name was provided"),
			new Way(CUSTOM_WITHOUT_MODEL, "the cpu_models option is required when cpu_mode=custom"),
			new Way(CPU_MODE_WITHOUT_CHOICE, "does not support selecting cpu models",
					"requested an explicit cpu model"),
			new Way(VIRT_TYPE_INVALID, "is not valid", "value for option virt_type "),
			new Way(CPU_MODE_INVALID, "is not valid", "value for option cpu_mode "),
			new Way(OPTION_INVALID, "is not valid", "value for option "),
			new Way(CONFIG_UNREADABLE, "failed to parse ", ".conf: at "),
			new Way(DRIVER_NOT_NAMED, "compute driver option required, but not specified"),
			new Way(DRIVER_NOT_LOADED, "unable to load the virtualization driver"),
			new Way(RBD_NEEDS_RAW, "force_raw_images = false' is not allowed with"),
			new Way(PIN_SET_CONFLICT, "cannot be defined alongside '[compute] cpu_dedicated_set'", "vcpu_pin_set'"),
			new Way(PIN_SET_DEPRECATED, "vcpu_pin_set' config option has been deprecated and will be removed"),
			new Way(PIN_SET_DEPRECATED, "option \"vcpu_pin_set\" from group \"default\" is deprecated"),
			new Way(CPU_MODEL_OPTION_DEPRECATED, "option \"cpu_model\" from group \"libvirt\" is deprecated"),
			new Way(VIRT_TYPE_DEPRECATED, "libvirt backend has been deprecated", "support for the '"),
			new Way(CONTAINERS_AS_ROOT, "running libvirt-lxc without user namespaces"),
			new Way(MIGRATION_NOT_AVAILABLE, "no live migration uri configured and no default available"),

			new Way(LIBVIRT_TOO_OLD, "nova requires libvirt version "),
			new Way(QEMU_TOO_OLD, "nova requires qemu version "),
			new Way(TOO_OLD_FOR_ARCHITECTURE, "running nova with qemu/kvm virt_type on "),
			new Way(TOO_OLD_FOR_NEXT_RELEASE, "running nova with a libvirt version less than ", "is deprecated"),
			new Way(TOO_OLD_FOR_NEXT_RELEASE, "running nova with a qemu version less than ", "is deprecated"),
			new Way(ARCHITECTURE_NOT_TESTED, "the libvirt driver is not tested on "),

			new Way(IMAGE_REFUSED, "image not in a supported format", "is unacceptable"),
			new Way(IMAGE_REFUSED, "image does not pass safety check", "is unacceptable"),
			new Way(VMDK_REFUSED, "invalid vmdk create-type specified"),
			new Way(VMDK_REFUSED, "unable to determine vmdk create-type"),
			new Way(VMDK_REFUSED, "refusing to process vmdk file"),
			new Way(VMDK_REFUSED, "refusing to allow vmdk image"),
			new Way(KERNEL_IMAGE_UNREADABLE, "libguestfs does not have permission to read host kernel"));

	/** What says less is left out beside what says more. */
	private static final Map<Signature, Set<Signature>> COVERED = new EnumMap<>(
			Map.of(OPTION_INVALID, EnumSet.of(VIRT_TYPE_INVALID, CPU_MODE_INVALID), CPU_INCOMPATIBLE,
					EnumSet.of(CPU_MODEL_INCOMPATIBLE, CPU_FLAG_INCOMPATIBLE), CPU_INFO_UNACCEPTABLE,
					EnumSet.of(CPU_MODEL_UNKNOWN, CPU_MODEL_INCOMPATIBLE, CPU_FLAG_INCOMPATIBLE, CPU_INCOMPATIBLE,
							GUEST_CPU_INCOMPATIBLE, CPU_FEATURE_UNKNOWN, NO_MODEL_FOR_TRAITS)));

	/** What else is of use, by its words. */
	private static final Map<String, Sign> SIGNS = Map.of("linux version ", Sign.KERNEL_STARTS,
			"nested virtualization enabled", Sign.KVM_WORKS, "nested paging enabled", Sign.KVM_WORKS,
			"smp vm created on host", Sign.KVM_WORKS, "kvm [", Sign.KVM_WORKS, "kvm: vcpu ", Sign.KVM_WORKS,
			"hyp mode initialized successfully", Sign.HYP_MODE_WORKS, "vhe mode initialized successfully",
			Sign.HYP_MODE_WORKS, "starting compute node (version ", Sign.NOVA_STARTS);

	private static final List<String> WORDS = words();

	private static final Phrases PHRASES = new Phrases(WORDS);

	private static final List<BitSet> NEEDED = WAYS.stream().map(SignaturePhrases::needed).toList();

	private SignaturePhrases() {
	}

	private static List<String> words() {
		Set<String> words = new TreeSet<>(SIGNS.keySet());
		WAYS.forEach((way) -> words.addAll(way.words()));
		return List.copyOf(words);
	}

	private static BitSet needed(Way way) {
		BitSet needed = new BitSet();
		way.words().forEach((word) -> needed.set(WORDS.indexOf(word)));
		return needed;
	}

	/** The faults that have words to be known by. */
	static Set<Signature> signatures() {
		return WAYS.stream().map(Way::signature).collect(Collectors.toCollection(TreeSet::new));
	}

	/** What is documented of this line. */
	static Found in(String line) {
		BitSet found = PHRASES.in(line);
		if (found.isEmpty()) {
			return Found.NOTHING;
		}
		Map<Signature, String> signatures = new LinkedHashMap<>();
		for (int i = 0; i < WAYS.size(); i++) {
			BitSet missing = (BitSet) NEEDED.get(i).clone();
			missing.andNot(found);
			if (missing.isEmpty()) {
				signatures.putIfAbsent(WAYS.get(i).signature(), WAYS.get(i).words().get(0));
			}
		}
		Set<Sign> signs = EnumSet.noneOf(Sign.class);
		SIGNS.forEach((word, sign) -> {
			if (found.get(WORDS.indexOf(word))) {
				signs.add(sign);
			}
		});
		return new Found(signatures, signs);
	}

	/** Takes out of a record's signatures those that another of them covers. */
	static void withoutCovered(Map<Signature, ?> signatures) {
		List<Signature> covered = new ArrayList<>();
		COVERED.forEach((less, more) -> {
			if (more.stream().anyMatch(signatures::containsKey)) {
				covered.add(less);
			}
		});
		covered.forEach(signatures::remove);
	}

	/**
	 * What one line tells.
	 *
	 * @param signatures with the words that mark each
	 * @param signs what else is of use
	 */
	record Found(Map<Signature, String> signatures, Set<Sign> signs) {

		static final Found NOTHING = new Found(Map.of(), Set.of());

		boolean isSomething() {
			return !this.signatures.isEmpty() || !this.signs.isEmpty();
		}

	}

	/**
	 * What else a line can tell.
	 */
	enum Sign {

		/** The kernel starts anew. */
		KERNEL_STARTS,
		/** A guest runs with KVM, or a module found what it needs. */
		KVM_WORKS,
		/**
		 * An Arm kernel has HYP mode, with VHE, nVHE or hVHE, or as older ones say it.
		 */
		HYP_MODE_WORKS,
		/** nova-compute starts, and tells its version. */
		NOVA_STARTS

	}

	/**
	 * One way in which a fault is worded.
	 *
	 * @param signature the fault
	 * @param words all of them, the one that marks it first
	 */
	private record Way(Signature signature, List<String> words) {

		private Way(Signature signature, String... words) {
			this(signature, List.of(words));
		}

	}

}
