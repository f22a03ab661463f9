package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.LogSignature;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaOption;
import org.jspecify.annotations.Nullable;

/**
 * Finds for the fields that a rule looks at the lines in which they were seen, as people
 * read them. One for a run: many rules look at the same fields.
 */
final class EvidenceText {

	/** Fields that are told from others, with those others. */
	private static final Map<String, List<String>> TOLD_FROM = Map.ofEntries(
			Map.entry("CpuInfo.vendor", List.of("CpuInfo.vendorId", "CpuInfo.vmx", "CpuInfo.svm")),
			Map.entry("KernelModules.kvm", List.of("KernelModules.loaded")),
			Map.entry("KernelModules.kvmIntel", List.of("KernelModules.kvm_intel")),
			Map.entry("KernelModules.kvmAmd", List.of("KernelModules.kvm_amd")),
			Map.entry("KernelModules.intelBuiltIn", List.of("KernelModules.kvm_intel")),
			Map.entry("KernelModules.amdBuiltIn", List.of("KernelModules.kvm_amd")),
			Map.entry("KernelModules.kvmHv", List.of("KernelModules.kvm_hv")),
			Map.entry("KernelModules.kvmPr", List.of("KernelModules.kvm_pr")),
			Map.entry("KernelModules.known", List.of("KernelModules.loaded")),
			Map.entry("DevKvm.characterDevice", List.of("DevKvm.mode", "DevKvm.present")),
			Map.entry("DevKvm.groupMayUse", List.of("DevKvm.mode", "DevKvm.acl")),
			Map.entry("DevKvm.everybodyMayUse", List.of("DevKvm.mode", "DevKvm.acl")),
			Map.entry("DevKvm.groupIsNumber", List.of("DevKvm.group")),
			Map.entry("ProcessorRegisters.virtualizationOn",
					List.of("ProcessorRegisters.locked", "ProcessorRegisters.vmxEnabled",
							"ProcessorRegisters.svmDisabled")),
			Map.entry("QemuUser.inDeviceGroup",
					List.of("QemuUser.uid", "QemuUser.gid", "QemuUser.groups", "QemuUser.deviceGid")),
			Map.entry("QemuUser.root", List.of("QemuUser.uid")),
			Map.entry("Capabilities.vmxListed", List.of("Capabilities.features")),
			Map.entry("GuestModel.name",
					List.of("NovaConfFacts.cpuModels", "NovaConfFacts.cpuModel", "NovaConfFacts.cpuModelsOption")),
			Map.entry("GuestModel.listed", List.of("DomainCapabilities.usableModels")),
			Map.entry("GuestModel.onKvm",
					List.of("DomainCapabilities.usableModels", "DomainCapabilities.unusableModels")),
			Map.entry("GuestModel.onQemu",
					List.of("DomainCapabilities.usableModels", "DomainCapabilities.unusableModels")),
			Map.entry("GuestModel.fits",
					List.of("Capabilities.cpuModel", "DomainCapabilities.usableModels",
							"DomainCapabilities.unusableModels")),
			Map.entry("GuestFlags.offered", List.of("NovaConfFacts.cpuModelExtraFlags", "Capabilities.cpuModel")),
			Map.entry("GuestFlags.outside", List.of("NovaConfFacts.cpuModelExtraFlags")),
			Map.entry("GuestFlag.named", List.of("NovaConfFacts.cpuModelExtraFlags")),
			Map.entry("GuestFlag.onHost", List.of("Capabilities.cpuModel", "Capabilities.features")),
			Map.entry("GuestFlag.inModel", List.of("NovaConfFacts.cpuModels")),
			Map.entry("Software.kernel", List.of("Software.kernelVersion")),
			Map.entry("Software.libvirt", List.of("Software.libvirtVersion")),
			Map.entry("Software.qemu", List.of("Software.qemuVersion")),
			Map.entry("NovaConfFacts.known", List.of("NovaConfFacts.computeDriver", "NovaConfFacts.error")),
			Map.entry("Release.known", List.of("NodeFacts.release")),
			Map.entry("Release.major", List.of("NodeFacts.release")),
			Map.entry("Release.pointKnown", List.of("NodeFacts.release")),
			Map.entry("Release.minLibvirt", List.of("NodeFacts.release")),
			Map.entry("Release.minQemu", List.of("NodeFacts.release")),
			Map.entry("Release.number", List.of("NodeFacts.release")));

	private static final String LINE = " line ";

	/** The name of a source is not longer. */
	private static final int LONGEST_SOURCE = 200;

	private final NodeFacts facts;

	/** The lines of each field, by its number. */
	private final List<@Nullable List<ShownLine>> ofFields;

	private final Map<String, ShownLine> lines = new HashMap<>();

	private final Map<String, Integer> places = new HashMap<>();

	private final EvidenceLines gathered = new EvidenceLines();

	EvidenceText(NodeFacts facts) {
		this.facts = facts;
		this.ofFields = new ArrayList<>(Collections.nCopies(Mention.count(), null));
	}

	/**
	 * The lines of these fields, each once, in the order of the fields, then those of
	 * facts of which there are many.
	 */
	List<ShownLine> of(List<Mention> fields, List<Object> several) {
		this.gathered.begin();
		for (int at = 0; at < fields.size(); at++) {
			this.gathered.add(of(fields.get(at)));
		}
		for (Object fact : several) {
			this.gathered.add(ofMatched(fact));
		}
		return this.gathered.lines();
	}

	private List<ShownLine> of(Mention field) {
		List<ShownLine> known = this.ofFields.get(field.number());
		if (known == null) {
			known = shown(seen(field.field(), this.facts));
			this.ofFields.set(field.number(), known);
		}
		return known;
	}

	/**
	 * The lines of a fact of which there are many of a kind, so that its place counts.
	 */
	private List<ShownLine> ofMatched(Object fact) {
		if (fact instanceof NovaOption option) {
			return shown(this.facts.seen().getOrDefault("NovaOption." + option.option(), List.of()));
		}
		if (fact instanceof LogSignature signature) {
			return shown(List.of(new EvidenceLine(signature.log(), signature.lineNumber(), signature.line())));
		}
		return List.of();
	}

	private List<ShownLine> shown(List<EvidenceLine> lines) {
		if (lines.isEmpty()) {
			return List.of();
		}
		List<ShownLine> shown = new ArrayList<>(lines.size());
		for (EvidenceLine line : lines) {
			shown.add(this.lines.computeIfAbsent(text(line), this::placed));
		}
		return shown;
	}

	private ShownLine placed(String text) {
		return new ShownLine(text, this.places.computeIfAbsent(place(text), (place) -> this.places.size()));
	}

	/** The source and the number in front of a line, or the line itself without any. */
	private static String place(String line) {
		int at = line.indexOf(LINE, 1);
		while (at > 0 && at <= LONGEST_SOURCE) {
			int end = at + LINE.length();
			while (end < line.length() && isDigit(line.charAt(end))) {
				end++;
			}
			if (end > at + LINE.length() && line.startsWith(": ", end)) {
				return line.substring(0, end);
			}
			at = line.indexOf(LINE, at + 1);
		}
		return line;
	}

	private static boolean isDigit(char letter) {
		return letter >= '0' && letter <= '9';
	}

	private static List<EvidenceLine> seen(String field, NodeFacts facts) {
		List<EvidenceLine> direct = facts.seen().get(field);
		if (direct != null) {
			return direct;
		}
		List<EvidenceLine> lines = new ArrayList<>();
		for (String other : TOLD_FROM.getOrDefault(field, List.of())) {
			lines.addAll(facts.seen().getOrDefault(other, List.of()));
		}
		return lines.isEmpty() ? ofTheWhole(field, facts) : lines;
	}

	/** A list that names no module, or a file that nova cannot read, tells by itself. */
	private static List<EvidenceLine> ofTheWhole(String field, NodeFacts facts) {
		if (field.startsWith("KernelModules.")) {
			return facts.seen().getOrDefault("KernelModules.loaded", List.of());
		}
		return (field.startsWith("NovaConfFacts.") && !facts.novaConf().parses())
				? facts.seen().getOrDefault("NovaConfFacts.error", List.of()) : List.of();
	}

	private static String text(EvidenceLine line) {
		String nothing = (line.line() > 0) ? "an empty line" : "printed nothing";
		String place = (line.line() > 0) ? line.source() + " line " + line.line() : line.source();
		return place + ": " + (line.text().isBlank() ? nothing : line.text().strip());
	}

}
