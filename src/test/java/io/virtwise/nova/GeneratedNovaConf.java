package io.virtwise.nova;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Files as people, tools and accidents write them, the same ones for the same seed: about
 * one in six is not readable by oslo.config.
 */
final class GeneratedNovaConf {

	private static final List<String> HEADERS = List.of("[DEFAULT]", "[libvirt]", "[libvirt]", "[LibVirt]", "[neutron]",
			"[libvirt]  ", "[ libvirt ]", "[default]", "[a=b]", "[vnc]\t");

	private static final List<String> OPTIONS = List.of("virt_type", "virt_type", "cpu_mode", "cpu_models", "debug",
			"compute_driver", "VIRT_TYPE", "a b", "--flag");

	private static final List<String> SIGNS = List.of(" = ", "=", ": ", ":", " =", "= ", "\t=\t", "\u00A0= ", "  =  ");

	private static final List<String> VALUES = List.of("kvm", "qemu", "\"kvm\"", "'none'", "", "Haswell,Broadwell",
			"kvm # or qemu", "a=b:c", "[x]", "\"", "'a\"", "\"\"", "caf\u00E9", "\u00A0kvm\u2003",
			"http://[::1]:5000/v3", "a\u001Bb", "\u4E2D\uD83D\uDE00", "kvm ", "kvm\u0085", "it's", "{{ ip }}", "\\");

	private static final List<String> CONTINUATIONS = List.of("    more", "\tx", "  # no comment", "  [x]", " a = b",
			" \u00A0y ");

	private static final List<String> OTHERS = List.of("", "", "   ", "\u00A0", "\t", "# comment", ";x",
			"#virt_type = kvm", "# [libvirt]", "#");

	private static final List<String> FAULTS = List.of("word", "= x", ": ", "[open", "[]", "[libvirt] # x", "  loose",
			"\uFEFF[libvirt]", "\u00A0", "it's \"both\"", "a\u001Bb\u200B\uE000");

	private static final String NAME = "abcxyzABZ059_-./ \u00E9\u4E2D%@";

	private static final Setting[] SETTINGS = { new Setting("libvirt", "virt_type", "kvm"),
			new Setting("libvirt", "cpu_mode", "custom"), new Setting("libvirt", "cpu_models", null),
			new Setting("DEFAULT", "compute_driver", "libvirt.LibvirtDriver"),
			new Setting("libvirt", "virt_type", null), new Setting("DEFAULT", "debug", ""),
			new Setting("placement", "region_name", "caf\u00E9 = [x] # y"), new Setting("libvirt", "cpu_mode", null),
			new Setting("neutron", "debug", "True") };

	/** What editors on Windows put before a text; oslo.config takes it for text. */
	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final Random random;

	GeneratedNovaConf(long seed) {
		this.random = new Random(seed);
	}

	byte[] nextFile() {
		boolean faulty = this.random.nextInt(6) == 0;
		boolean bytes = this.random.nextInt(8) == 0;
		int style = this.random.nextInt(6);
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		List<String> lines = lines(1 + this.random.nextInt(18));
		if (faulty) {
			lines.add(this.random.nextInt(lines.size() + 1), pick(FAULTS));
		}
		if (this.random.nextInt(16) == 0) {
			file.writeBytes(BYTE_ORDER_MARK);
		}
		for (int i = 0; i < lines.size(); i++) {
			file.writeBytes(lines.get(i).getBytes(StandardCharsets.UTF_8));
			if (bytes && this.random.nextInt(4) == 0 && lines.get(i).contains("=")) {
				file.writeBytes(new byte[] { (byte) 0xE9, (byte) (0x80 + this.random.nextInt(128)) });
			}
			if (i + 1 < lines.size() || this.random.nextInt(4) > 0) {
				file.writeBytes(end(style).getBytes(StandardCharsets.UTF_8));
			}
		}
		return file.toByteArray();
	}

	private List<String> lines(int count) {
		List<String> lines = new ArrayList<>();
		lines.add(pick(OTHERS));
		lines.add(header());
		boolean open = false;
		for (int i = 0; i < count; i++) {
			int kind = this.random.nextInt(10);
			if (kind < 5) {
				lines.add(option() + pick(SIGNS) + pick(VALUES));
				open = true;
			}
			else if (kind < 7 && open) {
				lines.add(pick(CONTINUATIONS));
			}
			else {
				lines.add((kind == 9) ? header() : pick(OTHERS));
				open = false;
			}
		}
		return lines;
	}

	/** Mostly one that nova has, sometimes any. */
	private String header() {
		return (this.random.nextInt(4) > 0) ? pick(HEADERS) : "[" + name() + "]";
	}

	private String option() {
		return (this.random.nextInt(4) > 0) ? pick(OPTIONS) : name();
	}

	private String name() {
		StringBuilder name = new StringBuilder();
		for (int i = 1 + this.random.nextInt(12); i > 0; i--) {
			name.append(NAME.charAt(this.random.nextInt(NAME.length())));
		}
		return name.toString();
	}

	private String end(int style) {
		return switch (style) {
			case 0 -> "\r\n";
			case 1 -> List.of("\n", "\r\n", "\r").get(this.random.nextInt(3));
			default -> "\n";
		};
	}

	/** One to three settings, each option once. */
	List<Setting> nextSettings() {
		List<Setting> settings = new ArrayList<>();
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			Setting setting = SETTINGS[this.random.nextInt(SETTINGS.length)];
			if (settings.stream()
				.noneMatch((s) -> s.section().equals(setting.section()) && s.option().equals(setting.option()))) {
				settings.add(setting);
			}
		}
		return settings;
	}

	private String pick(List<String> from) {
		return from.get(this.random.nextInt(from.size()));
	}

}
