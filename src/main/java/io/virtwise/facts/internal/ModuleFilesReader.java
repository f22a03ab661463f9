package io.virtwise.facts.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Known;
import io.virtwise.facts.KvmParameters;
import io.virtwise.facts.ModulePersistence;

/**
 * Reads the parameters of loaded KVM modules, and what files ask of modules at boot.
 */
final class ModuleFilesReader {

	private static final Pattern NESTED = Pattern
		.compile("options\\s+kvm(?:[_-](?:intel|amd|hv))?\\s(?:.*\\s)?nested=([01YNyn])\\b.*");

	private final HostTexts texts;

	private final ReadingNotes notes;

	ModuleFilesReader(HostTexts texts, ReadingNotes notes) {
		this.texts = texts;
		this.notes = notes;
	}

	/** From lines such as {@code kvm_intel/nested: Y}. */
	KvmParameters parameters() {
		Optional<HostText> text = this.texts.of("kvm-parameters");
		if (text.isEmpty()) {
			return KvmParameters.UNKNOWN;
		}
		HostText all = text.get();
		Known ept = parameter(all, "kvm_intel/ept", "KvmParameters.ept");
		return new KvmParameters(true, parameter(all, "kvm_intel/nested", "KvmParameters.nestedIntel"),
				parameter(all, "kvm_amd/nested", "KvmParameters.nestedAmd"),
				parameter(all, "kvm/nested", "KvmParameters.nestedCore"),
				parameter(all, "kvm/hpage", "KvmParameters.hugePages"),
				parameter(all, "kvm_amd/sev", "KvmParameters.sev"),
				(ept != Known.UNKNOWN) ? ept : parameter(all, "kvm_amd/npt", "KvmParameters.ept"),
				parameter(all, "kvm_intel/enable_apicv", "KvmParameters.apicv"),
				parameter(all, "kvm/ignore_msrs", "KvmParameters.ignoreMsrs"));
	}

	/** Kernels print Y and N, or 1 and 0. */
	private Known parameter(HostText text, String name, String fact) {
		Optional<TextLine> line = text.line((one) -> one.startsWith(name + ": "));
		if (line.isEmpty()) {
			return Known.UNKNOWN;
		}
		this.notes.saw(fact, line.get().seenIn(text.source()));
		return yesOrNo(line.get().text().substring(name.length() + 2).strip());
	}

	private static Known yesOrNo(String value) {
		return switch (value) {
			case "Y", "y", "1" -> Known.YES;
			case "N", "n", "0" -> Known.NO;
			default -> Known.UNKNOWN;
		};
	}

	/** From lines {@code path: line}. */
	ModulePersistence persistence() {
		Optional<HostText> text = this.texts.of("module-files");
		if (text.isEmpty()) {
			return ModulePersistence.UNKNOWN;
		}
		HostText all = text.get();
		return new ModulePersistence(true, loads(all, "kvm", "kvm"), loads(all, "kvm_intel", "kvmIntel"),
				loads(all, "kvm_amd", "kvmAmd"), loads(all, "kvm_hv", "kvmHv"), loads(all, "vhost_net", "vhostNet"),
				found(all, ModuleFilesReader::keepsOut, "blacklisted"), nested(all));
	}

	private Known loads(HostText all, String module, String field) {
		return found(all, (line) -> asksToLoad(line, module), field);
	}

	private Known found(HostText all, Predicate<Line> wanted, String field) {
		for (TextLine one : all.lines()) {
			Line line = Line.of(one);
			if (wanted.test(line)) {
				this.notes.saw("ModulePersistence." + field, new EvidenceLine(line.path, 0, TextLine.shown(line.text)));
				return Known.YES;
			}
		}
		this.notes.saw("ModulePersistence." + field, new EvidenceLine(all.source(), 0, "no file does that"));
		return Known.NO;
	}

	/** RHEL 6 has scripts that call modprobe; the others list names. */
	private static boolean asksToLoad(Line line, String module) {
		if (line.path.contains("modprobe.d")) {
			return false;
		}
		List<String> words = List.of(line.text.split("[\\s;&|]+", -1));
		boolean script = line.path.endsWith(".modules");
		return (script ? words.stream().anyMatch((word) -> word.endsWith("modprobe")) : true)
				&& (script ? words : words.subList(0, 1)).stream()
					.anyMatch((word) -> word.replace('-', '_').equals(module));
	}

	private static boolean keepsOut(Line line) {
		return line.path.contains("modprobe.d") && (line.text.matches("blacklist\\s+kvm([_-](intel|amd|hv))?\\s*")
				|| line.text.matches("install\\s+kvm([_-](intel|amd|hv))?\\s+/(usr/)?s?bin/(true|false)\\s*"));
	}

	private Known nested(HostText all) {
		for (TextLine one : all.lines()) {
			Line line = Line.of(one);
			Matcher option = NESTED.matcher(line.text);
			if (line.path.contains("modprobe.d") && option.matches()) {
				this.notes.saw("ModulePersistence.nestedOption",
						new EvidenceLine(line.path, 0, TextLine.shown(line.text)));
				return yesOrNo(option.group(1));
			}
		}
		return Known.UNKNOWN;
	}

	/**
	 * A line of a file.
	 *
	 * @param path the file
	 * @param text the line
	 */
	private record Line(String path, String text) {

		static Line of(TextLine line) {
			int at = line.text().indexOf(": ");
			return (at < 0) ? new Line("", line.text().strip())
					: new Line(line.text().substring(0, at).strip(), line.text().substring(at + 2).strip());
		}

	}

}
