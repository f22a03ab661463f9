package io.virtwise.facts.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Known;
import io.virtwise.facts.Software;
import org.jspecify.annotations.Nullable;

/**
 * Reads versions of kernel, libvirt and QEMU, and what is installed. What the running
 * daemon says counts more than what its file says.
 */
final class SoftwareReader {

	private static final String VERSION = "(\\d{1,3}(?:\\.\\d{1,3}){1,2})";

	private static final Pattern KERNEL = Pattern.compile("^" + VERSION);

	/** Of {@code virsh version}: libvirt's own, as the daemon has it. */
	private static final Pattern RUNNING_LIBVIRT = Pattern
		.compile("(?:Running against daemon|Using library): (?:libvirt )?" + VERSION);

	private static final Pattern RUNNING_QEMU = Pattern.compile("Running hypervisor: QEMU " + VERSION);

	private static final Pattern LIBVIRTD = Pattern.compile("\\(libvirt\\) " + VERSION);

	private static final Pattern QEMU = Pattern.compile("QEMU emulator version " + VERSION);

	private static final Pattern OS = Pattern.compile("^ID=\"?([a-z0-9._-]{1,40})\"?\\s*$");

	private static final Pattern OS_VERSION = Pattern.compile("^VERSION_ID=\"?(\\d{1,4})[^\"]*\"?\\s*$");

	private final HostTexts texts;

	private final ReadingNotes notes;

	SoftwareReader(HostTexts texts, ReadingNotes notes) {
		this.texts = texts;
		this.notes = notes;
	}

	Software software() {
		String os = find("os-release", OS, "Software.os");
		String osVersion = find("os-release", OS_VERSION, "Software.osMajor");
		String kernel = find("kernel", KERNEL, "Software.kernel");
		String libvirt = first(find("libvirt-version", RUNNING_LIBVIRT, "Software.libvirt"), "libvirtd-version",
				LIBVIRTD, "Software.libvirt");
		String qemu = first(find("libvirt-version", RUNNING_QEMU, "Software.qemu"), "qemu-version", QEMU,
				"Software.qemu");
		Known nova = installed("nova-compute", "Software.novaCompute");
		Known rule = installed("udev-rule", "Software.qemuKvm");
		Known emulator = installed("qemu-kvm", "Software.qemuKvm");
		Software software = new Software(true, (os != null) ? os.toLowerCase(Locale.ROOT) : null,
				(osVersion != null) ? Integer.parseInt(osVersion) : 0, kernel, Software.number(kernel), libvirt,
				Software.number(libvirt), qemu, Software.number(qemu), nova, both(rule, emulator),
				installed("guestmount", "Software.guestmount"));
		return software
			.equals(new Software(true, null, 0, null, 0, null, 0, null, 0, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN))
					? Software.UNKNOWN : software;
	}

	private static Known both(Known one, Known other) {
		if (one == Known.NO || other == Known.NO) {
			return Known.NO;
		}
		return (one == Known.UNKNOWN) ? other : one;
	}

	private @Nullable String first(@Nullable String found, String section, Pattern pattern, String fact) {
		return (found != null) ? found : find(section, pattern, fact);
	}

	private @Nullable String find(String section, Pattern pattern, String fact) {
		Optional<HostText> text = this.texts.of(section);
		if (text.isEmpty()) {
			return null;
		}
		for (TextLine line : text.get().lines()) {
			Matcher found = pattern.matcher(line.text());
			if (found.find()) {
				EvidenceLine seen = line.seenIn(text.get().source());
				this.notes.saw(fact, seen);
				if (section.endsWith("version") || section.equals("kernel")) {
					this.notes.saw(fact + "Version", seen);
				}
				return found.group(1);
			}
		}
		return null;
	}

	private Known installed(String name, String fact) {
		Optional<HostText> text = this.texts.of("installed");
		Optional<TextLine> line = text.flatMap((all) -> all.line((one) -> one.startsWith(name + ": ")));
		line.ifPresent((one) -> this.notes.saw(fact, one.seenIn(text.orElseThrow().source())));
		return line.map((one) -> Known.of(!one.text().endsWith(": absent"))).orElse(Known.UNKNOWN);
	}

}
