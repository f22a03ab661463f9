package io.virtwise.rules.language;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.virtwise.nova.Architecture;
import io.virtwise.nova.LaterOption;
import io.virtwise.nova.Minimum;
import io.virtwise.nova.NovaRelease;
import org.jspecify.annotations.Nullable;

/**
 * The nova release as rules see it, with what the table of releases says of it; an
 * unknown one is a value too. Versions of libvirt and QEMU count as libvirt counts: 6.0.0
 * is 6000000, 0 is none.
 *
 * @param known whether anybody said
 * @param major nova's major version, 0 if unknown
 * @param number major, minor and patch as one number that can be compared: 26.2.1 is
 * 260201; parts that nobody said count as 0
 * @param pointKnown whether the point release is known, not only the series
 * @param minLibvirt the oldest libvirt that it starts with
 * @param minLibvirtVersion the oldest libvirt that it starts with, as text
 * @param minQemu the oldest QEMU that it starts with
 * @param minQemuVersion the oldest QEMU that it starts with, as text
 * @param nextMinLibvirt the oldest libvirt that a later release will start with
 * @param nextMinLibvirtVersion the oldest libvirt that a later release will start with,
 * as text
 * @param nextMinQemu the oldest QEMU that a later release will start with
 * @param nextMinQemuVersion the oldest QEMU that a later release will start with, as text
 * @param minLibvirtOnPower the oldest libvirt on ppc64
 * @param minQemuOnPower the oldest QEMU on ppc64
 * @param minLibvirtOnS390 the oldest libvirt on s390x
 * @param minQemuOnS390 the oldest QEMU on s390x
 * @param cpuModelsOption whether the option is called cpu_models, no longer cpu_model
 * @param virtTypes the values of virt_type that it documents
 * @param choicesEnforced whether it refuses other values of virt_type and cpu_mode
 * @param extraFlagsOption whether it knows the option cpu_model_extra_flags
 * @param skipsCompareAtStartup whether it knows the option skip_cpu_compare_at_startup
 */
public record Release(boolean known, int major, int number, boolean pointKnown, int minLibvirt,
		String minLibvirtVersion, int minQemu, @Nullable String minQemuVersion, int nextMinLibvirt,
		String nextMinLibvirtVersion, int nextMinQemu, @Nullable String nextMinQemuVersion, int minLibvirtOnPower,
		int minQemuOnPower, int minLibvirtOnS390, int minQemuOnS390, boolean cpuModelsOption, List<String> virtTypes,
		boolean choicesEnforced, boolean extraFlagsOption, boolean skipsCompareAtStartup) {

	/** Nobody said. */
	public static final Release UNKNOWN = new Release(false, 0, 0, false, 0, "", 0, null, 0, "", 0, null, 0, 0, 0, 0,
			false, List.of(), false, false, false);

	/** The table of releases does not change, and it takes a while to look all up. */
	private static final Map<NovaRelease, Release> KNOWN = new ConcurrentHashMap<>();

	private static final int MOST_KNOWN = 1_000;

	public Release {
		virtTypes = List.copyOf(virtTypes);
	}

	/** The release as rules see it. */
	public static Release of(@Nullable NovaRelease release) {
		if (release == null) {
			return UNKNOWN;
		}
		if (KNOWN.size() > MOST_KNOWN) {
			KNOWN.clear();
		}
		return KNOWN.computeIfAbsent(release, Release::lookedUp);
	}

	private static Release lookedUp(NovaRelease release) {
		Minimum now = release.minimum();
		Minimum next = release.nextMinimum();
		Minimum power = release.minimum(Architecture.POWER);
		Minimum s390 = release.minimum(Architecture.S390);
		return new Release(true, release.major(), release.number(), release.version() != null, now.libvirtNumber(),
				now.libvirt(), now.qemuNumber(), now.qemu(), next.libvirtNumber(), next.libvirt(), next.qemuNumber(),
				next.qemu(), power.libvirtNumber(), power.qemuNumber(), s390.libvirtNumber(), s390.qemuNumber(),
				release.cpuModelOption().equals(LaterOption.CPU_MODELS.option()), release.virtTypes(),
				release.choicesEnforced(), LaterOption.CPU_MODEL_EXTRA_FLAGS.in(release),
				LaterOption.SKIP_CPU_COMPARE_AT_STARTUP.in(release));
	}

}
