package io.virtwise.nova;

import java.util.List;
import java.util.stream.Stream;

/**
 * Options that some releases of nova know and others do not, with the version that
 * brought each one. An option that a release does not know it ignores without a word.
 */
public enum LaterOption {

	/** One CPU model; since Train only the old spelling of {@code cpu_models}. */
	CPU_MODEL("libvirt", "cpu_model", "2014.2"),
	/** CPU models, old to new. */
	CPU_MODELS("libvirt", "cpu_models", "20.0.0"),
	/** CPU flags beside a model; came to three older series by point releases. */
	CPU_MODEL_EXTRA_FLAGS("libvirt", "cpu_model_extra_flags", "15.1.1 16.1.2 17.0.3 18.0.0"),
	/** Whether the pointer is a tablet, for all guests. */
	POINTER_MODEL("DEFAULT", "pointer_model", "14.0.0"),
	/** Host CPUs for guests, before there were two sets. */
	VCPU_PIN_SET("DEFAULT", "vcpu_pin_set", "2014.2"),
	/** Host CPUs for guests without CPUs of their own. */
	CPU_SHARED_SET("compute", "cpu_shared_set", "18.0.0"),
	/** Host CPUs for guests with CPUs of their own. */
	CPU_DEDICATED_SET("compute", "cpu_dedicated_set", "20.0.0"),
	/** Which kinds of vmdk are taken. */
	VMDK_ALLOWED_TYPES("compute", "vmdk_allowed_types", "26.1.0 27.0.0"),
	/** The translation cache of an emulated guest. */
	TB_CACHE_SIZE("libvirt", "tb_cache_size", "28.0.0"),
	/** Takes the APIC from emulated guests that hang at it. */
	LIBVIRT_DISABLE_APIC("workarounds", "libvirt_disable_apic", "24.0.0"),
	/** Leaves the comparison before a migration to libvirt. */
	SKIP_CPU_COMPARE_ON_DEST("workarounds", "skip_cpu_compare_on_dest", "25.1.0 26.0.0"),
	/** Does not compare the named models with the host when nova-compute starts. */
	SKIP_CPU_COMPARE_AT_STARTUP("workarounds", "skip_cpu_compare_at_startup", "26.2.1 27.0.0");

	private final String section;

	private final String option;

	private final String since;

	LaterOption(String section, String option, String since) {
		this.section = section;
		this.option = option;
		this.since = since;
	}

	public String section() {
		return this.section;
	}

	public String option() {
		return this.option;
	}

	/** The first version of each series that got it; of the last one all that follow. */
	public List<NovaRelease> since() {
		return Stream.of(this.since.split(" ", -1)).map((version) -> NovaRelease.parse(version).orElseThrow()).toList();
	}

	/** Whether that release knows it; of a whole series its last point release counts. */
	public boolean in(NovaRelease release) {
		List<NovaRelease> first = since();
		return first.stream().anyMatch((one) -> one.major() == release.major() && release.atLeast(one))
				|| release.major() > first.get(first.size() - 1).major();
	}

}
