package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.Intent;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.Platform;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RecommendedSetting;
import org.jspecify.annotations.Nullable;

/**
 * Something that people can do about a node, as what it does to the node's facts. It
 * decides nothing: the rules say what follows.
 */
enum FactChange {

	/** The switch in firmware. */
	FIRMWARE("enable virtualization in firmware") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.platform().family() == ArchFamily.X86 && facts.platform().virtualMachine() != Known.YES
					&& (facts.platform().firmware() == Known.NO || flagMissing(facts.cpuinfo())
							|| facts.capabilities().kvmForHostArch() == Known.NO);
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment present) {
			return withFlag(facts, new Platform(facts.platform().family(), facts.platform().arch(),
					facts.platform().virtualMachine(), Known.YES));
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
		NodeFacts apply(NodeFacts facts, Assessment present) {
			return withFlag(facts, facts.platform());
		}
	},

	/** The kernel modules; loading them makes the device appear. */
	MODULES("load the kernel modules") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.platform().family() != ArchFamily.UNKNOWN
					&& (facts.modules().known() || facts.devKvm().present() == Known.NO);
		}

		@Override
		String words(Assessment present) {
			return "load " + String.join(" and ", present.recommendation().kernelModules());
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment present) {
			List<String> loaded = new ArrayList<>(facts.modules().loaded());
			for (String module : present.recommendation().kernelModules()) {
				if (!loaded.contains(module)) {
					loaded.add(module);
				}
			}
			DevKvm device = (facts.devKvm().present() == Known.YES) ? facts.devKvm() : OPEN;
			KernelModules modules = new KernelModules(facts.modules().known(), facts.modules().whole(), loaded);
			return with(facts, facts.platform(), facts.cpuinfo(), modules, device, facts.novaConf(), facts.intent());
		}
	},

	/** Access to the device. */
	ACCESS("give QEMU's user access to /dev/kvm") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.devKvm().present() == Known.YES;
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment present) {
			return with(facts, facts.platform(), facts.cpuinfo(), facts.modules(), OPEN, facts.novaConf(),
					facts.intent());
		}
	},

	/** The person's word on emulation. */
	EMULATION("accept emulation") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.intent().acceptEmulation() != Known.YES;
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment present) {
			Intent intent = facts.intent();
			return with(facts, facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(), facts.novaConf(),
					new Intent(intent.environment(), intent.liveMigration(), intent.nested(), Known.YES,
							intent.imageFormats(), intent.guestAgent()));
		}
	},

	/** The lines of nova.conf that the rules ask for once the rest is done. */
	SETTINGS("set the recommended lines in nova.conf") {
		@Override
		boolean possible(NodeFacts facts) {
			return facts.novaConf().known() && facts.novaConf().parses();
		}

		@Override
		NodeFacts apply(NodeFacts facts, Assessment present) {
			NovaConfFacts conf = facts.novaConf();
			String driver = value(present, "DEFAULT", "compute_driver", conf.computeDriver());
			String type = value(present, "libvirt", "virt_type", conf.virtType());
			String mode = value(present, "libvirt", "cpu_mode", conf.cpuMode());
			String model = value(present, "libvirt", "cpu_model", conf.cpuModel());
			String models = value(present, "libvirt", "cpu_models", conf.cpuModelsOption());
			return with(facts, facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(),
					new NovaConfFacts(true, true, null, null, driver, type, mode, model, models,
							(model == null && models == null) ? List.of() : names(model, models),
							conf.cpuModelExtraFlags(), conf.oldNames(), conf.repeatedOptions()),
					facts.intent());
		}
	};

	private static final DevKvm OPEN = new DevKvm(Known.YES, "crw-rw----", "root", "kvm", Known.NO);

	private final String words;

	FactChange(String words) {
		this.words = words;
	}

	/** Whether this can be done about such a node, as far as the facts tell. */
	abstract boolean possible(NodeFacts facts);

	/**
	 * The facts once it is done.
	 * @param present what the rules say before it
	 */
	abstract NodeFacts apply(NodeFacts facts, Assessment present);

	/** What to do, to follow "you would have to". */
	String words(Assessment present) {
		return this.words;
	}

	private static boolean flagMissing(CpuInfo cpu) {
		return cpu.vmx() != Known.YES && cpu.svm() != Known.YES && (cpu.vmx() == Known.NO || cpu.svm() == Known.NO);
	}

	private static NodeFacts withFlag(NodeFacts facts, Platform platform) {
		CpuInfo cpu = facts.cpuinfo();
		boolean amd = cpu.vendor() == CpuInfo.Vendor.AMD;
		CpuInfo able = new CpuInfo(cpu.known(), cpu.logicalCpus(), cpu.vendorId(), cpu.modelName(),
				amd ? Known.NO : Known.YES, amd ? Known.YES : Known.NO, cpu.sie(), cpu.hypervisorFlag(), cpu.platform(),
				cpu.powerNv(), cpu.emulatedPseries());
		return with(facts, platform, able, facts.modules(), facts.devKvm(), facts.novaConf(), facts.intent());
	}

	/**
	 * What libvirt said before the change says nothing about the time after it: where it
	 * offered no KVM, it has to be asked again.
	 */
	private static NodeFacts with(NodeFacts facts, Platform platform, CpuInfo cpuinfo, KernelModules modules,
			DevKvm devKvm, NovaConfFacts novaConf, Intent intent) {
		Capabilities said = facts.capabilities();
		boolean stale = said.kvmForHostArch() == Known.NO
				&& !(cpuinfo.equals(facts.cpuinfo()) && modules.equals(facts.modules()) && devKvm.equals(facts.devKvm())
						&& platform.equals(facts.platform()));
		Capabilities capabilities = stale
				? new Capabilities(said.known(), said.hostArch(), said.cpuModel(), said.cpuVendor(), said.features(),
						Known.UNKNOWN, said.qemuForHostArch(), said.domainTypes(), said.qemuUser(), said.qemuGroup())
				: said;
		return new NodeFacts(platform, cpuinfo, modules, devKvm, capabilities, facts.domainCapabilities(), novaConf,
				facts.release(), intent, facts.seen(), facts.problems(), facts.host(), facts.options(), facts.logs());
	}

	private static @Nullable String value(Assessment present, String section, String option, @Nullable String now) {
		for (RecommendedSetting recommended : present.recommendation().settings()) {
			if (recommended.setting().section().equals(section) && recommended.setting().option().equals(option)) {
				return recommended.setting().value();
			}
		}
		return now;
	}

	private static List<String> names(@Nullable String model, @Nullable String models) {
		List<String> names = new ArrayList<>();
		for (String name : String.join(",", (models != null) ? models : "", (model != null) ? model : "")
			.split(",", -1)) {
			if (!name.isBlank() && !names.contains(name.strip())) {
				names.add(name.strip());
			}
		}
		return names;
	}

}
