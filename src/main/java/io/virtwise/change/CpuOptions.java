package io.virtwise.change;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The options that decide which CPU guests see, under their present and their older
 * names.
 */
public final class CpuOptions {

	/** Their names, as nova spells them. */
	public static final Set<String> NAMES = Set.of("virt_type", "cpu_mode", "cpu_model", "cpu_models",
			"cpu_model_extra_flags", "libvirt_type", "libvirt_cpu_mode", "libvirt_cpu_model");

	private static final Pattern CHANGED = Pattern.compile("(?m)^[-+]\\s*(?:" + String.join("|", NAMES) + ")\\s*[=:]");

	private CpuOptions() {
	}

	/** Whether a unified diff adds or removes a line of one of them. */
	public static boolean isIn(String diff) {
		return CHANGED.matcher(diff).find();
	}

}
