package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.Platform;
import io.virtwise.facts.Problem;
import io.virtwise.nova.NovaRelease;
import io.virtwise.shared.StorableText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Has every text read by the parser of its kind and puts the facts of the node together.
 */
@Component
class EvidenceReader implements FactReader {

	/** More of one text is not looked at. */
	private static final int LONGEST = 32 * 1024 * 1024;

	@Override
	public NodeFacts read(Evidence evidence) {
		ReadingNotes notes = new ReadingNotes();
		CollectedEvidence handedIn = CollectedEvidence.of(bounded(evidence, notes));
		LogReading logs = LogReader.read(handedIn.items());
		CollectedEvidence collected = handedIn.withLogged(logs.documents().items());
		logs.problems().forEach((problem) -> notes.add(new Reading<>(problem, Map.of(), List.of(problem))));
		collected.problems().forEach((problem) -> notes.add(new Reading<>(problem, Map.of(), List.of(problem))));
		CpuInfoSeen cpu = one(collected, EvidenceKind.CPUINFO, CpuInfoParser::parse,
				new CpuInfoSeen(CpuInfo.UNKNOWN, ArchFamily.UNKNOWN), notes);
		KernelModules listed = one(collected, EvidenceKind.MODULES, KernelModulesParser::parse, KernelModules.UNKNOWN,
				notes);
		KernelModules modules = withBuiltIn(listed, collected.modulesInKernel(), notes);
		DevKvm devKvm = one(collected, EvidenceKind.DEV_KVM, DevKvmParser::parse, DevKvm.UNKNOWN, notes);
		List<DomainCapabilities> domains = domains(collected, notes);
		Capabilities capabilities = withoutKvm(
				one(collected, EvidenceKind.CAPABILITIES, CapabilitiesParser::parse, Capabilities.UNKNOWN, notes),
				notes);
		NovaRelease release = release(evidence.release(), collected.novaPackage(), logs, notes);
		Reading<NovaConfSeen> novaConf = NovaConfFactsReader
			.readAll(readByNova(items(collected, EvidenceKind.NOVA_CONF), release, notes));
		notes.add(novaConf);
		Reading<HostFacts> host = HostFactsReader.read(collected.host());
		notes.add(host);
		Platform platform = new PlatformReading(collected, cpu, listed, capabilities, domains, logs, notes).platform();
		List<Problem> problems = new ArrayList<>(notes.problems());
		if (evidence.release() != null && !evidence.release().isBlank() && release == null) {
			problems
				.add(new Problem("release", null, "This names no nova release that is known. Write a series (2024.1, "
						+ "mitaka), nova's major version (29) or the version of its package (13.1.4)."));
		}
		return new NodeFacts(platform, ofFamily(cpu.cpuinfo(), platform.family()), modules, devKvm, capabilities,
				domains, novaConf.fact().conf(), release, evidence.intent(), notes.seen(), problems, host.fact(),
				novaConf.fact().options(), logs.facts());
	}

	private static Evidence bounded(Evidence evidence, ReadingNotes notes) {
		List<Evidence.Item> items = new ArrayList<>();
		for (Evidence.Item item : evidence.items()) {
			noteZeros(item, notes);
			if (item.text().length() > LONGEST) {
				notes.problem(item.kind(), null, "Only the first " + LONGEST / 1024 / 1024 + " MiB were read.");
				items.add(new Evidence.Item(item.kind(), item.source(), item.text().substring(0, LONGEST)));
			}
			else {
				items.add(item);
			}
		}
		return new Evidence(items, evidence.release(), evidence.intent());
	}

	/** What was replaced is said, for a text without it reads as if all were well. */
	private static void noteZeros(Evidence.Item item, ReadingNotes notes) {
		if (item.text().indexOf(StorableText.ZERO_SIGN) >= 0) {
			long places = item.text().chars().filter((sign) -> sign == StorableText.ZERO_SIGN).count();
			notes.problem(item.kind(), null,
					"Zero characters were found at " + ((places == 1) ? "one place" : places + " places") + " in "
							+ item.source() + " and replaced by " + StorableText.ZERO_SIGN
							+ ". No text holds them: the file may have been cut off, or be of another kind.");
		}
	}

	private static List<Evidence.Item> items(CollectedEvidence collected, EvidenceKind kind) {
		return collected.items().stream().filter((item) -> item.kind() == kind).toList();
	}

	/** Before Pike nobody reads a folder of drop-ins unless told to. */
	private static List<Evidence.Item> readByNova(List<Evidence.Item> files, @Nullable NovaRelease release,
			ReadingNotes notes) {
		if (release == null || release.readsDropIns()) {
			return files;
		}
		List<Evidence.Item> read = files.stream().filter((file) -> !file.source().contains(".conf.d/")).toList();
		if (read.size() < files.size()) {
			notes.problem(EvidenceKind.NOVA_CONF, null,
					"The files in folders such as nova.conf.d were left out: " + release.displayName()
							+ " does not read them. Give their text as nova.conf where the service is told to.");
		}
		return read;
	}

	/** Of several texts of a kind that cannot repeat the last one counts. */
	private static <T> T one(CollectedEvidence collected, EvidenceKind kind, Function<Evidence.Item, Reading<T>> parser,
			T unknown, ReadingNotes notes) {
		List<Evidence.Item> items = items(collected, kind);
		if (items.isEmpty()) {
			return unknown;
		}
		Reading<T> reading = parser.apply(items.get(items.size() - 1));
		notes.add(reading);
		return reading.fact();
	}

	private static List<DomainCapabilities> domains(CollectedEvidence collected, ReadingNotes notes) {
		List<DomainCapabilities> domains = new ArrayList<>();
		for (Evidence.Item item : items(collected, EvidenceKind.DOMAIN_CAPABILITIES)) {
			Reading<List<DomainCapabilities>> reading = DomainCapabilitiesParser.parse(item);
			notes.add(reading);
			domains.addAll(reading.fact());
		}
		return domains;
	}

	/**
	 * A kernel with KVM built in has it though no list of modules shows it. Unlike a
	 * loaded module it is there also where it could not start.
	 */
	private static KernelModules withBuiltIn(KernelModules modules, List<String> inKernel, ReadingNotes notes) {
		if (inKernel.isEmpty()) {
			return modules;
		}
		Set<String> all = new LinkedHashSet<>(modules.loaded());
		List<String> builtIn = new ArrayList<>();
		for (String module : inKernel) {
			if (all.add(module)) {
				builtIn.add(module);
				EvidenceLine seen = new EvidenceLine("/sys/module/" + module, 0, "built into the kernel");
				notes.saw("KernelModules.loaded", seen);
				notes.saw("KernelModules." + module, seen);
			}
		}
		return new KernelModules(true, modules.known() ? modules.whole() : Known.NO, List.copyOf(all), builtIn);
	}

	/** libvirt may say in another answer that the host has no KVM. */
	private static Capabilities withoutKvm(Capabilities capabilities, ReadingNotes notes) {
		if (capabilities.kvmForHostArch() != Known.UNKNOWN || !notes.has("DomainCapabilities.noKvm")) {
			return capabilities;
		}
		notes.seen()
			.getOrDefault("DomainCapabilities.noKvm", List.of())
			.forEach((line) -> notes.saw("Capabilities.kvmForHostArch", line));
		return new Capabilities(true, capabilities.hostArch(), capabilities.cpuModel(), capabilities.cpuVendor(),
				capabilities.features(), Known.NO, capabilities.qemuForHostArch(), capabilities.domainTypes(),
				capabilities.qemuUser(), capabilities.qemuGroup(), capabilities.microcode());
	}

	/**
	 * What somebody said goes first, then the package, then what nova logs when it
	 * starts.
	 */
	private static @Nullable NovaRelease release(@Nullable String given, @Nullable String packageLine, LogReading logs,
			ReadingNotes notes) {
		if (given != null && !given.isBlank()) {
			return release(given, new EvidenceLine("release as given", 0, TextLine.shown(given)), notes);
		}
		if (packageLine != null) {
			return release(packageLine.substring(packageLine.lastIndexOf(' ') + 1),
					new EvidenceLine("package manager", 0, TextLine.shown(packageLine)), notes);
		}
		String version = logs.novaVersion();
		return (version != null) ? release(version, logs.novaStart(), notes) : null;
	}

	private static @Nullable NovaRelease release(String version, @Nullable EvidenceLine seen, ReadingNotes notes) {
		NovaRelease release = NovaRelease.parse(version).orElse(null);
		if (release != null && seen != null) {
			notes.saw("NodeFacts.release", seen);
		}
		return release;
	}

	/** A flag that the architecture does not have is neither there nor missing. */
	private static CpuInfo ofFamily(CpuInfo cpu, ArchFamily family) {
		if (!cpu.known() || family == ArchFamily.UNKNOWN) {
			return cpu;
		}
		boolean x86 = family == ArchFamily.X86;
		boolean power = family == ArchFamily.POWER;
		return new CpuInfo(true, cpu.logicalCpus(), cpu.vendorId(), cpu.modelName(), only(x86, cpu.vmx()),
				only(x86, cpu.svm()), only(family == ArchFamily.S390, cpu.sie()), only(x86, cpu.hypervisorFlag()),
				cpu.platform(), only(power, cpu.powerNv()), only(power, cpu.emulatedPseries()), cpu.microcode());
	}

	private static Known only(boolean applies, Known flag) {
		return applies ? flag : Known.UNKNOWN;
	}

}
