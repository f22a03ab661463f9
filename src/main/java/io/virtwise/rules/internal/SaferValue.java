package io.virtwise.rules.internal;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which of two values for one option is the safer, where rules of equal right want both.
 * The order is written down in {@code docs/rule-language.md}.
 */
final class SaferValue {

	private static final String TAKEN_OUT = "";

	/** Emulation is never chosen where any rule wants something else. */
	private static final List<String> VIRT_TYPES = List.of("kvm", TAKEN_OUT, "lxc", "xen", "uml", "parallels", "qemu");

	/**
	 * A named model moves to the most hosts; the host's own processor moves to its twins
	 * only; without any model guests lack the mitigations for processor flaws.
	 */
	private static final List<String> CPU_MODES = List.of("custom", "host-model", TAKEN_OUT, "host-passthrough",
			"none");

	private static final List<String> DRIVERS = List.of("libvirt.LibvirtDriver", "vmwareapi.VMwareVCDriver",
			"ironic.IronicDriver");

	private SaferValue() {
	}

	/**
	 * Safest first.
	 * @param option the option
	 * @param cpuMode the CPU mode that is settled, {@code null} if none is
	 */
	static Comparator<@Nullable String> of(String option, @Nullable String cpuMode) {
		Comparator<String> order = switch (option) {
			case "virt_type" -> listed(VIRT_TYPES);
			case "cpu_mode" -> listed(CPU_MODES);
			case "compute_driver" -> listed(DRIVERS).thenComparing(TAKEN_OUT::equals);
			case "cpu_model", "cpu_models" -> models("custom".equals(cpuMode));
			case "kernel_modules" -> Comparator.comparing((String value) -> -names(value));
			case "image_formats" -> Comparator.comparing(SaferValue::names);
			default -> Comparator.comparing((String value) -> !value.equals(TAKEN_OUT));
		};
		return Comparator.comparing((@Nullable String value) -> (value != null) ? value : TAKEN_OUT,
				order.thenComparing(Comparator.naturalOrder()));
	}

	/** Why the first of that order is the safer. */
	static String reason(String option) {
		return switch (option) {
			case "virt_type" -> "nobody falls back to emulation silently";
			case "cpu_mode" -> "with it guests can move to more hosts";
			case "compute_driver" -> "it is the driver that these rules know";
			case "cpu_model", "cpu_models" -> "nova takes a model with custom, and only with custom";
			case "kernel_modules" -> "a module too many does no harm, a missing one keeps KVM away";
			case "image_formats" -> "a format that one rule leaves out may not work";
			default -> "nova's own default is safer than a value in dispute";
		};
	}

	private static Comparator<String> listed(List<String> safestFirst) {
		return Comparator.comparing((String value) -> {
			int place = safestFirst.indexOf(value);
			return (place < 0) ? safestFirst.size() : place;
		});
	}

	/** nova refuses a model without custom, and custom without a model. */
	private static Comparator<String> models(boolean custom) {
		return Comparator.comparing((String value) -> custom == value.equals(TAKEN_OUT))
			.thenComparing(SaferValue::names);
	}

	private static int names(String value) {
		return value.isBlank() ? 0 : value.split(",").length;
	}

}
