package io.virtwise.nova;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A nova release, from Juno on, and what it asks of a compute node.
 *
 * @param major nova's major version. Its own numbers begin with Liberty, which is 12;
 * counted back from there Kilo is 11 and Juno 10, though their packages say 2015.1 and
 * 2014.2
 * @param series the OpenStack series in lower case: {@code mitaka}, {@code 2024.1}
 * @param version the full upstream version where one was given, as {@code 13.1.4}
 */
public record NovaRelease(int major, String series, @Nullable String version) {

	/** Longer than any package's name and version together. */
	private static final int MAX_TEXT = 120;

	private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

	private static final Pattern RHOSP = Pattern.compile("(?:rhosp|rhoso|osp)[ -]?(\\d{1,2})(?:\\.\\d{1,2})*");

	private static final Pattern PARTS = Pattern
		.compile("(?:2014\\.2|2015\\.1|\\d+)\\.(\\d{1,2})(?:\\.(\\d{1,2}))?(?!\\d).*");

	private static final Pattern YEAR = Pattern.compile("(20\\d\\d\\.[12])((?:\\.\\d{1,5})*)");

	/**
	 * A package's name in front, its epoch, the upstream version, what a packager adds,
	 * and what a package's file is called.
	 */
	private static final Pattern PACKAGE = Pattern
		.compile("(?:(?:openstack-)?nova(?:-[a-z0-9]+)*[-_= ])?(?:\\d{1,2}:)?(\\d{1,4}(?:\\.\\d{1,5})+)"
				+ "(?:[.]?[a-z][a-z0-9.+~-]*|[~+-][a-z0-9.+~:-]*)?(?:_(?:all|amd64|arm64|ppc64el|s390x)(?:\\.deb)?)?");

	public NovaRelease {
		String named = NovaSeries.counted(major)
			.orElseThrow(() -> new IllegalArgumentException("no nova release is number " + major))
			.series();
		if (!named.equals(series)) {
			throw new IllegalArgumentException("nova " + major + " is " + named + ", not " + series);
		}
	}

	/**
	 * Reads what people and packages call a release: a series ({@code mitaka},
	 * {@code 2024.1}, {@code Caracal}), nova's major version ({@code 13}), a package
	 * version ({@code 13.1.4}, {@code 2:26.2.2-1~deb12u3}, {@code 2014.2.1}), or Red
	 * Hat's product number with its name ({@code RHOSP 16.2}).
	 * @return empty where the text names no release that we know
	 */
	public static Optional<NovaRelease> parse(String text) {
		String name = text.strip().toLowerCase(Locale.ROOT);
		if (name.isEmpty() || name.length() > MAX_TEXT) {
			return Optional.empty();
		}
		Optional<NovaSeries> series = NovaSeries.named(name);
		if (series.isPresent()) {
			return series.map((found) -> found.release(null));
		}
		if (NUMBER.matcher(name).matches()) {
			return NovaSeries.counted(Integer.parseInt(name)).map((found) -> found.release(null));
		}
		Matcher rhosp = RHOSP.matcher(name);
		if (rhosp.matches()) {
			return NovaSeries.withRhosp(Integer.parseInt(rhosp.group(1))).map((found) -> found.release(null));
		}
		return ofPackage(name);
	}

	private static Optional<NovaRelease> ofPackage(String name) {
		Matcher version = PACKAGE.matcher(name);
		if (!version.matches()) {
			return Optional.empty();
		}
		String upstream = version.group(1);
		Matcher year = YEAR.matcher(upstream);
		if (year.matches()) {
			String full = year.group(2).isEmpty() ? null : upstream;
			return NovaSeries.named(year.group(1)).map((found) -> found.release(full));
		}
		int major = Integer.parseInt(upstream.substring(0, upstream.indexOf('.')));
		return NovaSeries.withMajor(major).map((found) -> found.release(upstream));
	}

	/** Every release that we know, oldest first. */
	public static List<NovaRelease> all() {
		return List.of(NovaSeries.values()).stream().map((series) -> series.release(null)).toList();
	}

	/** Whether this is the release of that major version or a later one. */
	public boolean atLeast(int otherMajor) {
		return this.major >= otherMajor;
	}

	/**
	 * Whether this is that release or a later one. A series without a version stands for
	 * its last point release, for that is what a cared-for node runs.
	 */
	public boolean atLeast(NovaRelease other) {
		return (this.major != other.major) ? this.major > other.major
				: this.version == null || number() >= other.number();
	}

	/**
	 * Major, minor and patch as one number that can be compared: 26.2.1 is 260201. Parts
	 * that nobody said count as 0.
	 */
	public int number() {
		int number = this.major * 10_000;
		Matcher parts = PARTS.matcher((this.version == null) ? "" : this.version);
		if (parts.matches()) {
			number += Integer.parseInt(parts.group(1)) * 100;
			number += (parts.group(2) == null) ? 0 : Integer.parseInt(parts.group(2));
		}
		return number;
	}

	/**
	 * The number of the Red Hat OpenStack Platform made from it, {@code null} where there
	 * is none.
	 */
	public @Nullable Integer rhosp() {
		return known().rhosp();
	}

	/**
	 * The option of {@code [libvirt]} that names CPU models: {@code cpu_model} before
	 * Train, then {@code cpu_models}.
	 */
	public String cpuModelOption() {
		return atLeast(NovaSeries.TRAIN.major()) ? "cpu_models" : "cpu_model";
	}

	/** The values of {@code virt_type} that it documents, in its own order. */
	public List<String> virtTypes() {
		return known().virtTypes();
	}

	/**
	 * Whether it refuses any other value of {@code virt_type} and {@code cpu_mode} when
	 * it reads the file.
	 */
	public boolean choicesEnforced() {
		return atLeast(NovaSeries.LIBERTY.major());
	}

	/** The values of {@code cpu_mode} that it documents, in its own order. */
	public List<String> cpuModes() {
		return known().cpuModes();
	}

	/** Whether {@code -flag} takes a flag away; before, a sign is part of the name. */
	public boolean flagsHaveSigns() {
		return atLeast(NovaSeries.WALLABY.major());
	}

	/**
	 * Which CPU flags it takes beside a model, in its own order: {@code null} where any,
	 * none where it does not know the option.
	 */
	public @Nullable List<String> extraFlags() {
		if (atLeast(NovaSeries.ROCKY.major())) {
			return null;
		}
		return ExtraFlags.of(this);
	}

	/** Whether it puts {@code nova.virt.} before the driver's name by itself. */
	public boolean prefixesDriver() {
		return atLeast(NovaSeries.NEWTON.major());
	}

	/** Whether its driver checks the CPU settings when nova-compute starts. */
	public boolean checksAtStart() {
		return atLeast(NovaSeries.TRAIN.major());
	}

	/** The compute drivers that come with it. */
	public List<InTreeDriver> drivers() {
		return Stream.of(InTreeDriver.values()).filter((driver) -> driver.in(this)).toList();
	}

	/** The oldest libvirt and QEMU that it starts with. */
	public Minimum minimum() {
		return known().minimum();
	}

	/** The same on a machine of that family. */
	public Minimum minimum(Architecture architecture) {
		return known().minimum(architecture);
	}

	/** What it warns that a later release will ask for. */
	public Minimum nextMinimum() {
		return known().next();
	}

	/**
	 * Whether it reads {@code /etc/nova/nova.conf.d/*.conf} after nova.conf without being
	 * told to.
	 */
	public boolean readsDropIns() {
		return atLeast(NovaSeries.PIKE.major());
	}

	private NovaSeries known() {
		return NovaSeries.counted(this.major).orElseThrow();
	}

	/** As people say it: {@code Mitaka (nova 13.1.4)}. */
	public String displayName() {
		String name = this.series.substring(0, 1).toUpperCase(Locale.ROOT) + this.series.substring(1);
		return name + " (nova " + ((this.version != null) ? this.version : this.major) + ")";
	}

}
