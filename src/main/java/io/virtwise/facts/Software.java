package io.virtwise.facts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The software of the node. Versions come as text and as one number that can be compared:
 * major · 1,000,000 + minor · 1,000 + release, as libvirt counts; 0 where unknown.
 *
 * @param known whether anybody looked
 * @param os the system's short name, as {@code rhel}, {@code ubuntu}
 * @param osMajor its major version, 0 if unknown
 * @param kernelVersion the version of the running kernel, as {@code 5.14.0}
 * @param kernel the version of the running kernel as a number
 * @param libvirtVersion the version of libvirt's daemon, as {@code 8.0.0}
 * @param libvirt the version of libvirt's daemon as a number
 * @param qemuVersion the version of QEMU, as {@code 6.2.0}
 * @param qemu the version of QEMU as a number
 * @param novaCompute whether nova-compute is installed
 * @param qemuKvm whether QEMU with its udev rule is installed
 * @param guestmount whether the tool {@code guestmount} is installed
 */
public record Software(boolean known, @Nullable String os, int osMajor, @Nullable String kernelVersion, int kernel,
		@Nullable String libvirtVersion, int libvirt, @Nullable String qemuVersion, int qemu, Known novaCompute,
		Known qemuKvm, Known guestmount) {

	private static final Pattern VERSION = Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,3})(?:\\.(\\d{1,3}))?)?(?![\\d:])");

	/** Nobody looked. */
	public static final Software UNKNOWN = new Software(false, null, 0, null, 0, null, 0, null, 0, Known.UNKNOWN,
			Known.UNKNOWN, Known.UNKNOWN);

	/** The number of a version text such as {@code 7.2.22}; 0 if it is none. */
	public static int number(@Nullable String version) {
		Matcher parts = VERSION.matcher((version != null) ? version : "");
		if (!parts.lookingAt()) {
			return 0;
		}
		return part(parts, 1) * 1_000_000 + part(parts, 2) * 1_000 + part(parts, 3);
	}

	private static int part(Matcher parts, int group) {
		String digits = parts.group(group);
		return (digits != null) ? Integer.parseInt(digits) : 0;
	}

}
