package io.virtwise.nova;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The series of nova that we know, with what differs between them for a compute node. The
 * figures are those of each series' own {@code nova.virt.libvirt.driver} and
 * {@code nova.conf.libvirt}.
 */
enum NovaSeries {

	/** 2014.2, the first without the option names in {@code [DEFAULT]}. */
	JUNO(10, "juno", "2014.2", 6, needs("0.9.11"), needs("0.9.11")),
	/** 2015.1, the last that counts by the year. */
	KILO(11, "kilo", "2015.1", 7, needs("0.9.11"), needs("0.9.11")),
	/** 12, the first that counts by majors and holds options to their choices. */
	LIBERTY(12, "liberty", null, 8, needs("0.9.11"), needs("0.10.2")),
	/** 13, that of the founding document. */
	MITAKA(13, "mitaka", null, 9, needs("0.10.2"), needs("1.2.1", "1.5.3")),
	/** 14, the first that puts its own package before the driver's name. */
	NEWTON(14, "newton", null, 10, needs("1.2.1", "1.5.3"), needs("1.2.9", "2.1.0")),
	/** 15. */
	OCATA(15, "ocata", null, 11, needs("1.2.1", "1.5.3"), needs("1.2.9", "2.1.0")),
	/** 16, the first that reads its drop-in folder by itself. */
	PIKE(16, "pike", null, 12, needs("1.2.9", "2.1.0"), needs("1.3.1", "2.5.0")),
	/** 17. */
	QUEENS(17, "queens", null, 13, needs("1.2.9", "2.1.0"), needs("1.3.1", "2.5.0")),
	/** 18. */
	ROCKY(18, "rocky", null, 14, needs("1.3.1", "2.5.0"), needs("3.0.0", "2.8.0")),
	/** 19. */
	STEIN(19, "stein", null, 15, needs("3.0.0", "2.8.0"), needs("4.0.0", "2.11.0")),
	/** 20, the first with {@code cpu_models}. */
	TRAIN(20, "train", null, 16, needs("3.0.0", "2.8.0"), needs("4.0.0", "2.11.0")),
	/** 21. */
	USSURI(21, "ussuri", null, null, needs("4.0.0", "2.11.0"), needs("5.0.0", "4.0.0")),
	/** 22. */
	VICTORIA(22, "victoria", null, null, needs("5.0.0", "4.0.0"), needs("6.0.0", "4.2.0")),
	/** 23, the first without xen and uml. */
	WALLABY(23, "wallaby", null, 17, needs("6.0.0", "4.2.0"), needs("7.0.0", "5.2.0")),
	/** 24. */
	XENA(24, "xena", null, null, needs("6.0.0", "4.2.0"), needs("7.0.0", "5.2.0")),
	/** 25. */
	YOGA(25, "yoga", null, null, needs("6.0.0", "4.2.0"), needs("7.0.0", "5.2.0")),
	/** 26. */
	ZED(26, "zed", null, null, needs("6.0.0", "4.2.0"), needs("7.0.0", "5.2.0")),
	/** 27, 2023.1. */
	ANTELOPE(27, "antelope", "2023.1", 18, needs("6.0.0", "4.2.0"), needs("7.0.0", "5.2.0")),
	/** 28, 2023.2. */
	BOBCAT(28, "bobcat", "2023.2", null, needs("7.0.0", "5.2.0"), needs("8.0.0", "6.2.0")),
	/** 29, 2024.1. */
	CARACAL(29, "caracal", "2024.1", null, needs("7.0.0", "5.2.0"), needs("8.0.0", "6.2.0")),
	/** 30, 2024.2. */
	DALMATIAN(30, "dalmatian", "2024.2", null, needs("7.0.0", "5.2.0"), needs("8.0.0", "6.2.0")),
	/** 31, 2025.1. */
	EPOXY(31, "epoxy", "2025.1", null, needs("8.0.0", "6.2.0"), needs("10.0.0", "8.2.2")),
	/** 32, 2025.2. */
	FLAMINGO(32, "flamingo", "2025.2", null, needs("8.0.0", "6.2.0"), needs("10.0.0", "8.2.2")),
	/** 33, 2026.1. */
	GAZPACHO(33, "gazpacho", "2026.1", null, needs("8.0.0", "6.2.0"), needs("10.0.0", "8.2.2"));

	private static final List<String> TO_VICTORIA = List.of("kvm", "lxc", "qemu", "uml", "xen", "parallels");

	private static final List<String> FROM_WALLABY = List.of("kvm", "lxc", "qemu", "parallels");

	private static final List<String> CPU_MODES = List.of("host-model", "host-passthrough", "custom", "none");

	/** Their versions begin with the year; only people count them as 10 and 11. */
	private static final Set<NovaSeries> WITHOUT_MAJOR = Set.of(JUNO, KILO);

	private final int major;

	private final String codeName;

	private final @Nullable String year;

	private final @Nullable Integer rhosp;

	@SuppressWarnings("ImmutableEnumChecker") // a record of two texts
	private final Minimum minimum;

	@SuppressWarnings("ImmutableEnumChecker") // a record of two texts
	private final Minimum next;

	NovaSeries(int major, String codeName, @Nullable String year, @Nullable Integer rhosp, Minimum minimum,
			Minimum next) {
		this.major = major;
		this.codeName = codeName;
		this.year = year;
		this.rhosp = rhosp;
		this.minimum = minimum;
		this.next = next;
	}

	private static Minimum needs(String libvirt) {
		return new Minimum(libvirt, null);
	}

	private static Minimum needs(String libvirt, String qemu) {
		return new Minimum(libvirt, qemu);
	}

	int major() {
		return this.major;
	}

	/** The name as OpenStack spells it now: by code name up to Zed, then by the year. */
	String series() {
		return (this.year == null || WITHOUT_MAJOR.contains(this)) ? this.codeName : this.year;
	}

	@Nullable Integer rhosp() {
		return this.rhosp;
	}

	/** What it starts with at least. */
	Minimum minimum() {
		return this.minimum;
	}

	/** What it says a later one will ask for; its own minimum where it says nothing. */
	Minimum next() {
		return this.next;
	}

	/**
	 * What it asks for on a machine of this family. Only Mitaka made a difference; its
	 * common minimum was still below what the other architectures need.
	 */
	Minimum minimum(Architecture architecture) {
		if (this != MITAKA) {
			return this.minimum;
		}
		return switch (architecture) {
			case POWER -> new Minimum("1.2.12", "2.1.0");
			case S390 -> new Minimum("1.2.13", "2.3.0");
			case OTHER -> this.minimum;
		};
	}

	List<String> virtTypes() {
		return (this.major < WALLABY.major) ? TO_VICTORIA : FROM_WALLABY;
	}

	List<String> cpuModes() {
		return CPU_MODES;
	}

	/** This series with the full version given, if one is known. */
	NovaRelease release(@Nullable String version) {
		return new NovaRelease(this.major, series(), version);
	}

	/** By code name or by the year, in any case. */
	static Optional<NovaSeries> named(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		for (NovaSeries series : values()) {
			if (series.codeName.equals(lower) || lower.equals(series.year)) {
				return Optional.of(series);
			}
		}
		return Optional.empty();
	}

	/** By our count, which is nova's own from Liberty on. */
	static Optional<NovaSeries> counted(int major) {
		for (NovaSeries series : values()) {
			if (series.major == major) {
				return Optional.of(series);
			}
		}
		return Optional.empty();
	}

	/** By the first number of a package's version, which for Juno and Kilo is a year. */
	static Optional<NovaSeries> withMajor(int major) {
		return counted(major).filter((series) -> !WITHOUT_MAJOR.contains(series));
	}

	/** By the number of Red Hat OpenStack Platform. */
	static Optional<NovaSeries> withRhosp(int number) {
		for (NovaSeries series : values()) {
			if (series.rhosp != null && series.rhosp == number) {
				return Optional.of(series);
			}
		}
		return Optional.empty();
	}

}
