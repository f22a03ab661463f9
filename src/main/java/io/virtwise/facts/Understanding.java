package io.virtwise.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.nova.NovaRelease;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Puts into words, while somebody still fills in the page, what was understood so far.
 */
final class Understanding {

	/** Fields whose texts are of the kind of another field. */
	private static final Set<PasteField> FURTHER = EnumSet.of(PasteField.NOVA_COMPUTE_CONF, PasteField.NOVA_DROP_INS,
			PasteField.QEMU_GUESTS);

	private final FactReader reader;

	Understanding(FactReader reader) {
		this.reader = reader;
	}

	/** What is understood of one field. */
	Understood of(PasteField field, IntakeForm form) {
		Evidence.Item item = form.item(field);
		for (Refused.FieldFault fault : form.faults()) {
			if (fault.field().equals(field.file())) {
				return new Understood(Understood.State.PUZZLING, "The file " + fault.message() + ".");
			}
		}
		boolean contradictory = form.faults().stream().anyMatch((fault) -> fault.field().equals(field.field()));
		if (item == null || contradictory) {
			return new Understood(Understood.State.UNKNOWN, field.unknown());
		}
		NodeFacts facts = this.reader.read(new Evidence(List.of(item), null, Intent.UNKNOWN));
		String words = words(field.kind(), facts);
		boolean empty = item.text().isBlank();
		if (words == null || (!empty && !facts.problems().isEmpty())) {
			return new Understood(Understood.State.PUZZLING,
					(words != null) ? words + ". " + problem(facts) : problem(facts));
		}
		return new Understood(Understood.State.READ, empty ? words + ". Printing nothing is an answer." : words);
	}

	/**
	 * What is understood of the collector's output, part by part; empty where it is none.
	 */
	List<Understood.Row> ofCollector(String output) {
		return ofWhole(EvidenceKind.COLLECTOR, output);
	}

	/** What is understood of a sosreport, part by part; empty where there is none. */
	List<Understood.Row> ofReport(String texts) {
		return ofWhole(EvidenceKind.SOSREPORT, texts);
	}

	private List<Understood.Row> ofWhole(EvidenceKind kind, String text) {
		if (text.isBlank()) {
			return List.of();
		}
		NodeFacts facts = this.reader.read(new Evidence(List.of(new Evidence.Item(kind, text)), null, Intent.UNKNOWN));
		List<Understood.Row> rows = new ArrayList<>();
		for (Problem problem : facts.problems()) {
			if (problem.part().equals(kind.part()) && problem.line() == null && !isAboutAPart(problem)) {
				rows.add(new Understood.Row("The whole", new Understood(Understood.State.PUZZLING, problem.message())));
			}
		}
		for (PasteField field : PasteField.values()) {
			boolean noLog = field == PasteField.NOVA_COMPUTE_LOG && !facts.logs().novaComputeLog();
			if (!FURTHER.contains(field) && !noLog) {
				String title = (field == PasteField.KVM_GUESTS) ? "Guests" : field.title();
				rows.add(new Understood.Row(title, withSources(part(field, facts), field.kind(), facts)));
			}
		}
		rows.add(new Understood.Row("OpenStack release", release(facts)));
		return List.copyOf(rows);
	}

	private static boolean isAboutAPart(Problem problem) {
		return Arrays.stream(EvidenceKind.values())
			.anyMatch((kind) -> problem.message().startsWith(kind.title() + " "));
	}

	/** Of many texts in one it matters which of them told it. */
	private static Understood withSources(Understood understood, EvidenceKind kind, NodeFacts facts) {
		String record = switch (kind) {
			case CPUINFO -> "CpuInfo.";
			case MODULES -> "KernelModules.";
			case DEV_KVM -> "DevKvm.";
			case CAPABILITIES -> "Capabilities.";
			case DOMAIN_CAPABILITIES -> "DomainCapabilities.";
			case NOVA_CONF -> "NovaConfFacts.";
			case KERNEL_LOG, NOVA_COMPUTE_LOG, COLLECTOR, SOSREPORT, PROBE -> "";
		};
		String sources = facts.seen()
			.entrySet()
			.stream()
			.filter((seen) -> !record.isEmpty() && seen.getKey().startsWith(record))
			.flatMap((seen) -> seen.getValue().stream())
			// that an option is not set is seen in all files at once
			.filter((line) -> line.line() > 0 || !line.source().contains(", "))
			.map(EvidenceLine::source)
			.distinct()
			.limit(3)
			.collect(Collectors.joining(", "));
		return (sources.isEmpty() || understood.state() != Understood.State.READ) ? understood
				: new Understood(understood.state(), understood.text() + " (" + sources + ")");
	}

	private static Understood release(NodeFacts facts) {
		NovaRelease release = facts.release();
		return (release != null) ? new Understood(Understood.State.READ, release.series() + ", nova " + release.major())
				: new Understood(Understood.State.UNKNOWN,
						"No package of nova tells it. Choose it beside, if you know it.");
	}

	private static Understood part(PasteField field, NodeFacts facts) {
		String words = words(field.kind(), facts);
		if (words != null) {
			return new Understood(Understood.State.READ, words);
		}
		return facts.problems()
			.stream()
			.filter((problem) -> problem.part().equals(field.kind().part())
					|| problem.message().startsWith(field.kind().title() + " "))
			.findFirst()
			.map((problem) -> new Understood(Understood.State.UNKNOWN, problem.message()))
			.orElseGet(() -> new Understood(Understood.State.UNKNOWN, field.unknown()));
	}

	private static String problem(NodeFacts facts) {
		return facts.problems()
			.stream()
			.findFirst()
			.map((problem) -> (problem.line() != null) ? "Line " + problem.line() + ": " + problem.message()
					: problem.message())
			.orElse("Nothing in it tells what is needed.");
	}

	/** The facts of one kind of text in words, {@code null} where they are unknown. */
	private static @Nullable String words(EvidenceKind kind, NodeFacts facts) {
		return switch (kind) {
			case CPUINFO -> cpuinfo(facts);
			case MODULES -> modules(facts.modules());
			case DEV_KVM -> device(facts.devKvm());
			case CAPABILITIES -> capabilities(facts.capabilities());
			case DOMAIN_CAPABILITIES -> guests(facts);
			case NOVA_CONF -> novaConf(facts.novaConf());
			case KERNEL_LOG, NOVA_COMPUTE_LOG -> logs(kind, facts);
			case COLLECTOR, SOSREPORT, PROBE -> null;
		};
	}

	private static @Nullable String cpuinfo(NodeFacts facts) {
		CpuInfo cpu = facts.cpuinfo();
		if (!cpu.known()) {
			return null;
		}
		List<String> words = new ArrayList<>();
		if (cpu.logicalCpus() > 0) {
			words.add(cpu.logicalCpus() + ((cpu.logicalCpus() == 1) ? " processor" : " processors"));
		}
		add(words, cpu.vendorId());
		add(words, cpu.modelName());
		ArchFamily family = facts.platform().family();
		switch (family) {
			case POWER -> words.add((cpu.powerNv() == Known.UNKNOWN) ? "no platform line, so PowerNV is unknown"
					: "platform " + ((cpu.platform() != null) ? cpu.platform()
							: (cpu.powerNv() == Known.YES) ? "PowerNV" : "other than PowerNV"));
			case S390 -> words.add(flag("sie", cpu.sie()));
			case ARM, RISCV, OTHER ->
				words.add(family.key().toUpperCase(Locale.ROOT) + " shows no flag of virtualization");
			case X86, UNKNOWN -> words.add(x86Flags(cpu));
		}
		if (cpu.hypervisorFlag() == Known.YES) {
			words.add("itself a guest");
		}
		return String.join(", ", words);
	}

	private static String x86Flags(CpuInfo cpu) {
		if (cpu.vmx() == Known.NO && cpu.svm() == Known.NO) {
			return "neither vmx nor svm";
		}
		return (cpu.svm() == Known.YES) ? flag("svm", cpu.svm()) : flag("vmx", cpu.vmx());
	}

	private static String flag(String name, Known flag) {
		return switch (flag) {
			case YES -> name + " present";
			case NO -> "no " + name;
			case UNKNOWN -> "the line with the flags is not there";
		};
	}

	private static @Nullable String modules(KernelModules modules) {
		if (!modules.known()) {
			return null;
		}
		String kvm = modules.loaded()
			.stream()
			.filter((name) -> name.startsWith("kvm"))
			.collect(Collectors.joining(", "));
		if (!kvm.isEmpty()) {
			return kvm + " loaded";
		}
		if (modules.kvm() == Known.UNKNOWN) {
			return "an excerpt without kvm, so its modules are unknown";
		}
		return modules.loaded().isEmpty() ? "no kvm module is loaded"
				: "no kvm module among " + modules.loaded().size();
	}

	private static @Nullable String device(DevKvm kvm) {
		if (kvm.present() == Known.UNKNOWN) {
			return null;
		}
		if (kvm.present() == Known.NO) {
			return "/dev/kvm does not exist";
		}
		String text = "there, owner " + kvm.owner() + ", group " + kvm.group();
		if (kvm.mode() != null) {
			text += ", " + kvm.mode();
		}
		boolean puzzle = kvm.acl() == Known.YES && kvm.groupMayUse() == Known.UNKNOWN;
		return puzzle ? text + "; the plus sign stands for an access list: add what getfacl /dev/kvm prints" : text;
	}

	private static @Nullable String capabilities(Capabilities host) {
		if (!host.known() || (host.hostArch() == null && host.kvmForHostArch() == Known.UNKNOWN)) {
			return null;
		}
		List<String> words = new ArrayList<>();
		add(words, host.hostArch());
		add(words, host.cpuModel());
		words.add(switch (host.kvmForHostArch()) {
			case YES -> "KVM offered";
			case NO -> "no KVM";
			case UNKNOWN -> "nothing of guests";
		});
		return String.join(", ", words);
	}

	private static @Nullable String guests(NodeFacts facts) {
		if (facts.domainCapabilities().isEmpty()) {
			return (facts.capabilities().kvmForHostArch() == Known.NO) ? "KVM is not supported on this host" : null;
		}
		return facts.domainCapabilities()
			.stream()
			.map((guest) -> ((guest.domain() != null) ? guest.domain() : "guests")
					+ ((guest.hostModel() != null) ? ", host-model " + guest.hostModel() : "") + ", "
					+ guest.usableModels().size() + " usable models")
			.collect(Collectors.joining("; "));
	}

	private static @Nullable String novaConf(NovaConfFacts conf) {
		if (!conf.known()) {
			return null;
		}
		if (!conf.parses()) {
			return "nova cannot read it: line " + conf.errorLine() + ", " + conf.error();
		}
		List<String> words = new ArrayList<>();
		set(words, "compute_driver", conf.computeDriver());
		set(words, "virt_type", conf.virtType());
		set(words, "cpu_mode", conf.cpuMode());
		set(words, "cpu_model", conf.cpuModel());
		set(words, "cpu_models", conf.cpuModelsOption());
		return words.isEmpty() ? "none of the options that matter here is set" : String.join(", ", words);
	}

	/** What the logs say, all of them together: a fault may stand in either. */
	private static @Nullable String logs(EvidenceKind kind, NodeFacts facts) {
		LogFacts logs = facts.logs();
		if ((kind == EvidenceKind.KERNEL_LOG) ? !logs.kernelLog() : !logs.novaComputeLog()) {
			return null;
		}
		List<String> words = new ArrayList<>();
		if (logs.signatures().isEmpty()) {
			words.add("no documented fault");
		}
		logs.signatures()
			.stream()
			.limit(4)
			.forEach((one) -> words.add(one.signature().key() + ((one.count() > 1) ? " × " + one.count() : "")));
		if (logs.signatures().size() > 4) {
			words.add(logs.signatures().size() - 4 + " more faults");
		}
		if (!logs.unexplained().isEmpty()) {
			words.add(logs.unexplained().size()
					+ ((logs.unexplained().size() == 1) ? " kind of other error" : " kinds of other errors"));
		}
		if (kind == EvidenceKind.KERNEL_LOG && facts.platform().firmware() == Known.NO) {
			words.add((facts.platform().family() == ArchFamily.ARM) ? "the kernel has no HYP mode"
					: "firmware keeps virtualization off");
		}
		if (kind == EvidenceKind.NOVA_COMPUTE_LOG && facts.release() != null) {
			words.add("nova " + facts.release().major());
		}
		if (kind == EvidenceKind.NOVA_COMPUTE_LOG && facts.capabilities().known()) {
			words.add("what libvirt offers");
		}
		return String.join(", ", words);
	}

	private static void set(List<String> words, String option, @Nullable String value) {
		if (value != null) {
			words.add(option + " = " + ((value.length() > 80) ? value.substring(0, 80) + "…" : value));
		}
	}

	private static void add(List<String> words, @Nullable String word) {
		if (word != null) {
			words.add(word);
		}
	}

}
