package io.virtwise.recommendation.internal;

import java.util.List;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.ProcessorRegisters;
import io.virtwise.nova.NovaRelease;
import io.virtwise.facts.Software;
import io.virtwise.recommendation.Counterfactual.Step;
import io.virtwise.rules.Assessment;

/**
 * Something that people can do about a node, or may find out about it, as what it does to
 * the node's facts. It decides nothing: the rules say what follows.
 */
enum FactChange {

	/** The switch in firmware. */
	FIRMWARE("enable virtualization in firmware") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.platform().family() == ArchFamily.X86 && facts.platform().virtualMachine() != Known.YES
					&& facts.platform().firmware() != Known.YES && !processorCannot(facts.host().registers())
					&& (facts.platform().firmware() == Known.NO || flagMissing(facts.cpuinfo())
							|| facts.capabilities().kvmForHostArch() == Known.NO);
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).firmwareOn().processorAble().done();
		}
	},

	/** The outer host of a virtual machine. */
	NESTING("pass hardware virtualization on from the outer host") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.platform().family() == ArchFamily.X86 && facts.platform().virtualMachine() == Known.YES
					&& flagMissing(facts.cpuinfo());
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).processorAble().done();
		}
	},

	/** The kernel modules; loading them makes the device appear. */
	MODULES("load the kernel modules") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.platform().family() != ArchFamily.UNKNOWN
					&& (facts.modules().known() || facts.devKvm().present() == Known.NO);
		}

		/** The module of the processor's maker does not load with the switch off. */
		@Override
		boolean ready(Assessment before) {
			return before.conclusions()
				.stream()
				.noneMatch((one) -> one.topic().equals("FIRMWARE") && one.value().equals("NO"));
		}

		@Override
		String words(NodeFacts facts, Assessment before) {
			return "load " + String.join(" and ", modules(before));
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			FactsEdit edit = new FactsEdit(facts).loaded(modules(before));
			return ((facts.devKvm().present() == Known.YES) ? edit : edit.deviceOpen()).done();
		}
	},

	/** Access to the device. */
	ACCESS("give QEMU's user access to /dev/kvm") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.devKvm().present() == Known.YES;
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).deviceOpen().done();
		}
	},

	/** Nesting, where guests are to start guests. */
	NESTED("switch nested virtualization on in the KVM module") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.intent().nested() == Known.YES && (facts.host().parameters().nestedIntel() == Known.NO
					|| facts.host().parameters().nestedAmd() == Known.NO
					|| facts.host().parameters().nestedCore() == Known.NO);
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).nestedOn().done();
		}
	},

	/** libvirt looks at the machine when it starts. */
	RESTART_LIBVIRT("restart libvirt, so that it looks again") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.capabilities().kvmForHostArch() == Known.NO;
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).done();
		}
	},

	/** The oldest libvirt that the release takes. */
	UPGRADE_LIBVIRT("upgrade libvirt") {
		@Override
		boolean possible(NodeFacts facts) {
			NovaRelease release = facts.release();
			int present = facts.host().software().libvirt();
			return release != null && present > 0 && present < Software.number(release.minimum().libvirt());
		}

		@Override
		String words(NodeFacts facts, Assessment before) {
			return "upgrade libvirt to " + release(facts).minimum().libvirt() + " or later";
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).libvirtVersion(release(facts).minimum().libvirt()).done();
		}
	},

	/** The oldest QEMU that the release takes. */
	UPGRADE_QEMU("upgrade QEMU") {
		@Override
		boolean possible(NodeFacts facts) {
			NovaRelease release = facts.release();
			int present = facts.host().software().qemu();
			return release != null && release.minimum().qemu() != null && present > 0
					&& present < Software.number(release.minimum().qemu());
		}

		@Override
		String words(NodeFacts facts, Assessment before) {
			return "upgrade QEMU to " + release(facts).minimum().qemu() + " or later";
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).qemuVersion(String.valueOf(release(facts).minimum().qemu())).done();
		}
	},

	/** A file that nova cannot read. */
	READABLE("correct nova.conf") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.novaConf().known() && !facts.novaConf().parses();
		}

		@Override
		String words(NodeFacts facts, Assessment before) {
			return "correct line " + facts.novaConf().errorLine() + " of nova.conf, and put the recommended lines in";
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			NovaConfFacts empty = new NovaConfFacts(true, true, null, null, null, null, null, null, null, List.of(),
					List.of(), List.of(), List.of());
			NodeFacts readable = new FactsEdit(facts).novaConf(empty, List.of()).known();
			return OptionChange.all(before, readable, before.recommendation().settings());
		}
	},

	/** The person's word on emulation. */
	EMULATION("accept emulation") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.intent().acceptEmulation() != Known.YES;
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).emulationAccepted().known();
		}
	},

	/** The processor, of which nobody knows enough. */
	FIND_PROCESSOR("find that the processor can do hardware virtualization") {
		@Override
		boolean possible(NodeFacts facts) {
			CpuInfo cpu = facts.cpuinfo();
			return switch (facts.platform().family()) {
				case X86, UNKNOWN -> cpu.vmx() == Known.UNKNOWN && cpu.svm() == Known.UNKNOWN;
				case S390 -> cpu.sie() == Known.UNKNOWN;
				case POWER -> cpu.powerNv() == Known.UNKNOWN;
				default -> false;
			};
		}

		@Override
		String words(NodeFacts facts, Assessment before) {
			return switch (facts.platform().family()) {
				case S390 -> "find sie in /proc/cpuinfo";
				case POWER -> "find the platform PowerNV in /proc/cpuinfo";
				default -> "find vmx or svm in /proc/cpuinfo";
			};
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).processorAble().known();
		}
	},

	/** The modules, at which nobody looked. */
	FIND_MODULES("find the KVM modules loaded") {
		@Override
		boolean possible(NodeFacts facts) {
			return !facts.modules().known() || facts.modules().whole() == Known.UNKNOWN;
		}

		@Override
		String words(NodeFacts facts, Assessment before) {
			return "find " + String.join(" and ", modules(before)) + " loaded";
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).loaded(modules(before)).known();
		}
	},

	/** The device, of which nobody knows who may open it. */
	FIND_DEVICE("find that QEMU's user may open /dev/kvm") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.devKvm().present() == Known.UNKNOWN
					|| (facts.devKvm().present() == Known.YES && (facts.devKvm().groupMayUse() == Known.UNKNOWN
							|| facts.devKvm().group() == null || facts.devKvm().groupIsNumber()));
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).deviceOpen().known();
		}
	},

	/** libvirt, which nobody asked. */
	FIND_LIBVIRT("hear from libvirt that it offers KVM guests") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.capabilities().kvmForHostArch() == Known.UNKNOWN;
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment before) {
			return new FactsEdit(facts).libvirtOffersKvm(Known.YES).known();
		}
	};

	private final String words;

	FactChange(String words) {
		this.words = words;
	}

	/** Whether this can be done about such a node, as far as the facts tell. */
	abstract boolean possible(NodeFacts facts);

	/** Whether it can be done in this order, after what was done already. */
	boolean ready(Assessment before) {
		return true;
	}

	/**
	 * The facts once it is done.
	 * @param before what the rules say before it
	 */
	abstract NodeFacts apply(NodeFacts facts, Assessment before);

	/** What to do, to follow "you would have to". */
	String words(NodeFacts facts, Assessment before) {
		return this.words;
	}

	/** Whether it is something to find out, and nothing to do. */
	Step.Kind kind() {
		return (compareTo(FIND_PROCESSOR) >= 0) ? Step.Kind.LEARN : Step.Kind.DO;
	}

	private static boolean flagMissing(CpuInfo cpu) {
		return cpu.vmx() != Known.YES && cpu.svm() != Known.YES && (cpu.vmx() == Known.NO || cpu.svm() == Known.NO);
	}

	/** CPUID shows what the processor can, whatever firmware and kernel make of it. */
	private static boolean processorCannot(ProcessorRegisters registers) {
		return registers.cpuidVmx() != Known.YES && registers.cpuidSvm() != Known.YES
				&& (registers.cpuidVmx() == Known.NO || registers.cpuidSvm() == Known.NO);
	}

	/** Before anybody knows the processor, the core module stands for all. */
	private static List<String> modules(Assessment before) {
		List<String> modules = before.recommendation().kernelModules();
		return modules.isEmpty() ? List.of("kvm") : modules;
	}

	private static NovaRelease release(NodeFacts facts) {
		return java.util.Objects.requireNonNull(facts.release());
	}

}
