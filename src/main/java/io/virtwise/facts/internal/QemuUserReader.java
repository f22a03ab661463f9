package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.facts.Known;
import io.virtwise.facts.QemuUser;
import org.jspecify.annotations.Nullable;

/**
 * Reads who QEMU's processes are: the user that qemu.conf names, else the one that the
 * distribution's package makes, with its groups from {@code id}.
 */
final class QemuUserReader {

	private static final Pattern ID = Pattern
		.compile("uid=(\\d{1,10})\\(([^)]{1,64})\\) gid=(\\d{1,10})(?:\\([^)]{1,64}\\))?(?: groups=(\\S{1,2000}))?.*");

	private static final Pattern CONFIGURED = Pattern.compile("\\s*user\\s*=\\s*\"?\\+?([A-Za-z0-9_.-]{1,64})\"?.*");

	private static final Pattern DEVICE = Pattern.compile("[bcdlps-]\\S{9,10}\\s+\\d+\\s+\\d+\\s+(\\d{1,9})\\s.*");

	private final HostTexts texts;

	private final ReadingNotes notes;

	QemuUserReader(HostTexts texts, ReadingNotes notes) {
		this.texts = texts;
		this.notes = notes;
	}

	QemuUser user() {
		Optional<HostText> identity = this.texts.of("qemu-identity");
		Integer deviceGid = deviceGid();
		Known container = container();
		if (identity.isEmpty()) {
			return (deviceGid != null || container != Known.UNKNOWN)
					? new QemuUser(true, null, null, null, List.of(), deviceGid, container) : QemuUser.UNKNOWN;
		}
		HostText text = identity.get();
		String configured = configured(text);
		for (TextLine line : text.lines()) {
			Matcher id = ID.matcher(line.text());
			if (id.matches()
					&& (configured == null || configured.equals(id.group(2)) || configured.equals(id.group(1)))) {
				this.notes.saw("QemuUser.name", line.seenIn(text.source()));
				this.notes.saw("QemuUser.inDeviceGroup", line.seenIn(text.source()));
				return new QemuUser(true, id.group(2), number(id.group(1)), number(id.group(3)), groups(id.group(4)),
						deviceGid, container);
			}
		}
		boolean root = "root".equals(configured) || "0".equals(configured);
		return new QemuUser(true, configured, root ? 0 : null, root ? 0 : null, List.of(), deviceGid, container);
	}

	/** The last line counts, as in libvirt. */
	private @Nullable String configured(HostText text) {
		String user = null;
		for (TextLine line : text.lines()) {
			Matcher setting = CONFIGURED.matcher(line.text());
			if (setting.matches()) {
				user = setting.group(1);
				this.notes.saw("QemuUser.name", line.seenIn(text.source()));
			}
		}
		return user;
	}

	private @Nullable Integer deviceGid() {
		Optional<HostText> text = this.texts.of("dev-kvm-numeric");
		Optional<TextLine> line = text.flatMap((all) -> all.line((one) -> DEVICE.matcher(one).matches()));
		if (line.isEmpty()) {
			return null;
		}
		this.notes.saw("QemuUser.deviceGid", line.get().seenIn(text.orElseThrow().source()));
		this.notes.saw("QemuUser.inDeviceGroup", line.get().seenIn(text.orElseThrow().source()));
		Matcher device = DEVICE.matcher(line.get().text());
		return device.matches() ? number(device.group(1)) : null;
	}

	/** libvirt's process is in a control group that a container's engine made. */
	private Known container() {
		return this.texts.of("libvirt-process").map((text) -> {
			Optional<TextLine> process = text
				.line((line) -> line.startsWith("libvirtd: ") || line.startsWith("virtqemud: "));
			process.ifPresent((line) -> this.notes.saw("QemuUser.inContainer", line.seenIn(text.source())));
			return process
				.map((line) -> Known
					.of(line.text().matches(".*(docker|libpod|kubepods|containerd|crio|machine\\.slice/lib).*")))
				.orElse(Known.UNKNOWN);
		}).orElse(Known.UNKNOWN);
	}

	private static List<String> groups(@Nullable String listed) {
		List<String> groups = new ArrayList<>();
		if (listed != null) {
			for (String group : listed.split(",", -1)) {
				String number = group.contains("(") ? group.substring(0, group.indexOf('(')) : group;
				if (number.matches("\\d{1,10}")) {
					groups.add(number);
				}
			}
		}
		return groups;
	}

	private static @Nullable Integer number(String digits) {
		long number = Long.parseLong(digits);
		return (number <= Integer.MAX_VALUE) ? (int) number : null;
	}

}
