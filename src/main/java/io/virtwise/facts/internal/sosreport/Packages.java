package io.virtwise.facts.internal.sosreport;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The packages of nova, libvirt and QEMU in a list of all that are installed.
 *
 * @param all in the order of their names
 */
record Packages(List<Installed> all) {

	private static final Pattern DEB = Pattern
		.compile("ii +([a-z0-9.+-]{2,80})(?::[a-z0-9]{1,10})? +(\\S{1,100})(?:\\s.*)?");

	/** Name, version, release and architecture, with dashes and a dot. */
	private static final Pattern RPM = Pattern.compile(
			"([A-Za-z0-9_.+-]{1,80})-([0-9][^\\s-]{0,60}-[^\\s-]{1,60}?)\\.(?:noarch|x86_64|i[3-6]86|ppc64le|ppc64|s390x|aarch64|riscv64)(?:\\s.*)?");

	private static final Pattern OURS = Pattern
		.compile("(?:openstack-)?nova-.*|libvirt.*|qemu.*|(?:python3?-)?libguestfs.*|guestmount");

	private static final Pattern VERSION = Pattern.compile("(?:[0-9]+:)?([0-9]{1,3}(?:\\.[0-9]{1,3}){1,2}).*");

	/** Of {@code dpkg -l}. */
	static Packages debs(String list) {
		return of(list, DEB);
	}

	/** Of {@code rpm -qa}. */
	static Packages rpms(String list) {
		return of(list, RPM);
	}

	private static Packages of(String list, Pattern form) {
		return new Packages(list.lines()
			.filter((line) -> line.length() < 400)
			.map(form::matcher)
			.filter(Matcher::matches)
			.map((found) -> new Installed(found.group(1), found.group(2)))
			.filter((found) -> OURS.matcher(found.name()).matches())
			.limit(500)
			.sorted((one, other) -> one.name().compareTo(other.name()))
			.toList());
	}

	/** Names and versions of these, a line each, as package managers print them. */
	String lines(String names) {
		return this.all.stream()
			.filter((one) -> one.name().matches(names))
			.map((one) -> one.name() + " " + one.version())
			.collect(Collectors.joining("\n"));
	}

	/**
	 * The version of the first of these, behind the package and the words of the program
	 * itself; {@code null} where there is none.
	 */
	@Nullable String version(String names, String words) {
		for (Installed one : this.all) {
			Matcher version = VERSION.matcher(one.version());
			if (one.name().matches(names) && version.matches()) {
				return one.name() + " " + one.version() + ": " + words + version.group(1);
			}
		}
		return null;
	}

	/**
	 * Of some programs, the package that brings them; those that none brings are left
	 * out.
	 */
	String installed() {
		return this.all.stream().map((one) -> switch (one.name()) {
			case "nova-compute", "openstack-nova-compute" -> "nova-compute: " + one.name();
			case "qemu-kvm", "qemu-kvm-core", "qemu-kvm-rhev", "qemu-system-x86", "qemu-system-ppc", "qemu-system-arm",
					"qemu-system-s390x", "qemu-system-misc" ->
				"qemu-kvm: " + one.name();
			case "guestmount", "libguestfs-tools", "libguestfs-tools-c" -> "guestmount: " + one.name();
			default -> "";
		}).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
	}

	/**
	 * A package that is installed.
	 *
	 * @param name its name
	 * @param version as its manager writes it
	 */
	record Installed(String name, String version) {
	}

}
