package io.virtwise.recommendation.internal;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.Known;
import io.virtwise.facts.KvmParameters;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.ProcessorRegisters;
import io.virtwise.facts.Software;
import io.virtwise.nova.Minimum;
import io.virtwise.recommendation.Counterfactual.Step;
import io.virtwise.recommendation.FirmwareSwitch;
import io.virtwise.rules.Assessment;
import org.jspecify.annotations.Nullable;

/**
 * Something that people can do about a node, or may find out about it, as what it does to
 * the node's facts: when it is possible, and the facts after it. It decides nothing: the
 * rules say what follows.
 */
@SuppressWarnings("ImmutableEnumChecker") // methods, nothing that could change
enum FactChange {

	/** The switch in firmware. */
	FIRMWARE("enable virtualization in firmware", FactChange::switchCouldBeOff,
			(facts, before) -> new FactsEdit(facts).firmwareOn().processorAble().done()),
	/** The outer host of a virtual machine, whose firmware is that host's too. */
	NESTING("pass hardware virtualization on from the outer host",
			(facts) -> isX86(facts) && facts.platform().virtualMachine() == Known.YES && flagMissing(facts.cpuinfo()),
			(facts, before) -> new FactsEdit(facts).firmwareOn().processorAble().done()),
	/**
	 * How firmware, or an outer host, starts an Arm kernel; the device appears with it.
	 */
	HYP_MODE("have the kernel started at EL2, so that it has HYP mode", FactChange::hypModeKept,
			(facts, before) -> new FactsEdit(facts).firmwareOn().deviceOpen().done()),
	/** The kernel modules; loading them makes the device appear. */
	MODULES("load %s",
			(facts) -> facts.platform().family() != ArchFamily.UNKNOWN
					&& (facts.modules().known() || facts.devKvm().present() == Known.NO),
			FactChange::modulesLoaded),
	/** Access to the device. */
	ACCESS("give QEMU's user access to /dev/kvm",
			(facts) -> facts.devKvm().present() == Known.YES && facts.devKvm().characterDevice() != Known.NO,
			(facts, before) -> new FactsEdit(facts).deviceOpen().done()),
	/** A file or a folder in the place of the device. */
	DEVICE("put the device in the place of what is called /dev/kvm",
			(facts) -> facts.devKvm().present() == Known.YES && facts.devKvm().characterDevice() == Known.NO,
			(facts, before) -> new FactsEdit(facts).deviceOpen().done()),
	/** Nesting, where guests are to start guests. */
	NESTED("switch nested virtualization on in the KVM module",
			(facts) -> facts.intent().nested() == Known.YES && nestingOff(facts.host().parameters()),
			(facts, before) -> new FactsEdit(facts).nestedOn().done()),
	/** libvirt looks at the machine when it starts. */
	RESTART_LIBVIRT("restart libvirt, so that it looks again",
			(facts) -> facts.capabilities().kvmForHostArch() == Known.NO,
			(facts, before) -> new FactsEdit(facts).done()),
	/** The oldest libvirt that the release takes. */
	UPGRADE_LIBVIRT("upgrade libvirt to %s or later",
			(facts) -> tooOld(facts.host().software().libvirt(), minimumLibvirt(facts)),
			(facts, before) -> new FactsEdit(facts).libvirtVersion(String.valueOf(minimumLibvirt(facts))).done()),
	/** The oldest QEMU that the release takes. */
	UPGRADE_QEMU("upgrade QEMU to %s or later", (facts) -> tooOld(facts.host().software().qemu(), minimumQemu(facts)),
			(facts, before) -> new FactsEdit(facts).qemuVersion(String.valueOf(minimumQemu(facts))).done()),
	/** A file that nova cannot read. */
	READABLE("correct line %s of nova.conf, and put the recommended lines in",
			(facts) -> facts.novaConf().known() && !facts.novaConf().parses(), FactChange::madeReadable),
	/** The person's word on emulation. */
	EMULATION("accept emulation", (facts) -> facts.intent().acceptEmulation() != Known.YES,
			(facts, before) -> new FactsEdit(facts).emulationAccepted().known()),
	/** The processor, of which nobody knows enough. */
	FIND_PROCESSOR("find %s in /proc/cpuinfo", FactChange::processorUnknown,
			(facts, before) -> new FactsEdit(facts).processorAble().known()),
	/** The modules, at which nobody looked. */
	FIND_MODULES("find %s loaded", (facts) -> !facts.modules().known() || facts.modules().whole() == Known.UNKNOWN,
			(facts, before) -> new FactsEdit(facts).loaded(modules(before)).known()),
	/** The device, of which nobody knows who may open it. */
	FIND_DEVICE("find that QEMU's user may open /dev/kvm", (facts) -> accessUnknown(facts.devKvm()),
			(facts, before) -> new FactsEdit(facts).deviceOpen().known()),
	/** libvirt, which nobody asked. */
	FIND_LIBVIRT("hear from libvirt that it offers KVM guests",
			(facts) -> facts.capabilities().kvmForHostArch() == Known.UNKNOWN,
			(facts, before) -> new FactsEdit(facts).libvirtOffersKvm(Known.YES).known());

	private final String words;

	private final BiPredicate<NodeFacts, Assessment> possible;

	private final BiFunction<NodeFacts, Assessment, NodeFacts> done;

	/**
	 * @param words what to do, to follow "you would have to", with a place for what it
	 * depends on
	 * @param possible whether it can be done about such a node
	 * @param done the facts once it is done, by what the rules say before it
	 */
	FactChange(String words, Predicate<NodeFacts> possible, BiFunction<NodeFacts, Assessment, NodeFacts> done) {
		this(words, (facts, present) -> possible.test(facts), done);
	}

	FactChange(String words, BiPredicate<NodeFacts, Assessment> possible,
			BiFunction<NodeFacts, Assessment, NodeFacts> done) {
		this.words = words;
		this.possible = possible;
		this.done = done;
	}

	/**
	 * Whether this can be done about such a node, as far as the facts tell.
	 * @param present what the rules say of it
	 */
	boolean possible(NodeFacts facts, Assessment present) {
		return this.possible.test(facts, present);
	}

	/**
	 * Whether it can be done in this order, after what was done already: the module of
	 * the processor's maker does not load with the switch off.
	 */
	boolean ready(Assessment before) {
		return this != MODULES || FirmwareSwitch.in(before) != Known.NO;
	}

	/**
	 * The facts once it is done.
	 * @param before what the rules say before it
	 */
	NodeFacts apply(NodeFacts facts, Assessment before) {
		return this.done.apply(facts, before);
	}

	/** What to do, to follow "you would have to". */
	String words(NodeFacts facts, Assessment before) {
		return switch (this) {
			case MODULES, FIND_MODULES -> this.words.formatted(String.join(" and ", modules(before)));
			case UPGRADE_LIBVIRT -> this.words.formatted(minimumLibvirt(facts));
			case UPGRADE_QEMU -> this.words.formatted(minimumQemu(facts));
			case READABLE -> this.words.formatted(facts.novaConf().errorLine());
			case FIND_PROCESSOR -> this.words.formatted(sign(facts.platform().family()));
			default -> this.words;
		};
	}

	/** Whether it is something to find out, and nothing to do. */
	Step.Kind kind() {
		return (compareTo(FIND_PROCESSOR) >= 0) ? Step.Kind.LEARN : Step.Kind.DO;
	}

	private static boolean isX86(NodeFacts facts) {
		return facts.platform().family() == ArchFamily.X86;
	}

	private static boolean switchCouldBeOff(NodeFacts facts, Assessment present) {
		Known firmware = FirmwareSwitch.in(present);
		Capabilities libvirt = facts.capabilities();
		return isX86(facts) && facts.platform().virtualMachine() != Known.YES && firmware != Known.YES
				&& !processorCannot(facts.host().registers())
				&& (firmware == Known.NO || flagMissing(facts.cpuinfo()) || libvirt.kvmForHostArch() == Known.NO);
	}

	private static boolean hypModeKept(NodeFacts facts, Assessment present) {
		return facts.platform().family() == ArchFamily.ARM && FirmwareSwitch.in(present) == Known.NO;
	}

	private static boolean flagMissing(CpuInfo cpu) {
		return cpu.vmx() != Known.YES && cpu.svm() != Known.YES && (cpu.vmx() == Known.NO || cpu.svm() == Known.NO);
	}

	/** CPUID shows what the processor can, whatever firmware and kernel make of it. */
	private static boolean processorCannot(ProcessorRegisters registers) {
		return registers.cpuidVmx() != Known.YES && registers.cpuidSvm() != Known.YES
				&& (registers.cpuidVmx() == Known.NO || registers.cpuidSvm() == Known.NO);
	}

	private static boolean processorUnknown(NodeFacts facts) {
		CpuInfo cpu = facts.cpuinfo();
		return switch (facts.platform().family()) {
			case X86, UNKNOWN -> cpu.vmx() == Known.UNKNOWN && cpu.svm() == Known.UNKNOWN;
			case S390 -> cpu.sie() == Known.UNKNOWN;
			case POWER -> cpu.powerNv() == Known.UNKNOWN;
			default -> false;
		};
	}

	/** By what /proc/cpuinfo shows that the processor can. */
	private static String sign(ArchFamily family) {
		return switch (family) {
			case S390 -> "sie";
			case POWER -> "the platform PowerNV";
			default -> "vmx or svm";
		};
	}

	private static boolean nestingOff(KvmParameters parameters) {
		return parameters.nestedIntel() == Known.NO || parameters.nestedAmd() == Known.NO
				|| parameters.nestedCore() == Known.NO;
	}

	private static boolean accessUnknown(DevKvm device) {
		return device.present() == Known.UNKNOWN || (device.present() == Known.YES
				&& (device.groupMayUse() == Known.UNKNOWN || device.group() == null || device.groupIsNumber()));
	}

	private static NodeFacts modulesLoaded(NodeFacts facts, Assessment before) {
		FactsEdit edit = new FactsEdit(facts).loaded(modules(before));
		return ((facts.devKvm().present() == Known.YES) ? edit : edit.deviceOpen()).done();
	}

	/** Before anybody knows the processor, the core module stands for all. */
	private static List<String> modules(Assessment before) {
		List<String> modules = before.recommendation().kernelModules();
		return modules.isEmpty() ? List.of("kvm") : modules;
	}

	private static NodeFacts madeReadable(NodeFacts facts, Assessment before) {
		NovaConfFacts empty = new NovaConfFacts(true, true, null, null, null, null, null, null, null, List.of(),
				List.of(), List.of(), List.of());
		NodeFacts readable = new FactsEdit(facts).novaConf(empty, List.of()).known();
		return OptionChange.all(before, readable, before.recommendation().settings());
	}

	private static boolean tooOld(int present, @Nullable String minimum) {
		return minimum != null && present > 0 && present < Software.number(minimum);
	}

	private static @Nullable String minimumLibvirt(NodeFacts facts) {
		Minimum minimum = minimum(facts);
		return (minimum != null) ? minimum.libvirt() : null;
	}

	private static @Nullable String minimumQemu(NodeFacts facts) {
		Minimum minimum = minimum(facts);
		return (minimum != null) ? minimum.qemu() : null;
	}

	private static @Nullable Minimum minimum(NodeFacts facts) {
		return (facts.release() != null) ? facts.release().minimum() : null;
	}

}
