package io.virtwise.change;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.virtwise.nova.NovaConf;

/**
 * The options that decide which CPU guests see, under their present and their older
 * names.
 */
public final class CpuOptions {

	private static final List<String> NAMES = List.of("virt_type", "cpu_mode", "cpu_model", "cpu_models",
			"cpu_model_extra_flags");

	/** In the section DEFAULT, for releases that nobody should run any more. */
	private static final List<String> OLD = List.of("libvirt_type", "libvirt_cpu_mode", "libvirt_cpu_model");

	private CpuOptions() {
	}

	/**
	 * Names of those that nova reads another value of afterwards; all of them where it
	 * cannot read one of the files.
	 */
	public static Set<String> changing(NovaConf before, NovaConf after) {
		if (before.fault().isPresent() || after.fault().isPresent()) {
			return Stream.concat(NAMES.stream(), OLD.stream()).collect(Collectors.toCollection(TreeSet::new));
		}
		Set<String> changing = new TreeSet<>();
		NAMES.stream().filter((name) -> differs(before, after, "libvirt", name)).forEach(changing::add);
		OLD.stream().filter((name) -> differs(before, after, "DEFAULT", name)).forEach(changing::add);
		return changing;
	}

	/** Those under an older name that this file sets. */
	public static List<String> oldOnesIn(NovaConf file) {
		return OLD.stream().filter((name) -> file.effective("DEFAULT", name).isPresent()).toList();
	}

	private static boolean differs(NovaConf before, NovaConf after, String section, String option) {
		return !value(before, section, option).equals(value(after, section, option));
	}

	private static Optional<String> value(NovaConf file, String section, String option) {
		return file.effective(section, option).map(NovaConf.Assignment::value);
	}

}
