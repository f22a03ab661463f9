package io.virtwise.recommendation;

import java.util.List;
import java.util.Map;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Intent;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.Platform;
import io.virtwise.facts.Problem;
import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Assessment.Step;
import io.virtwise.rules.Severity;
import io.virtwise.rules.Verdict;

/**
 * Facts and assessments as tests need them: an Intel node without kvm_intel.
 */
public final class Samples {

	private Samples() {
	}

	/**
	 * An Intel node whose vendor module is not loaded and whose nova.conf asks for no CPU
	 * model.
	 */
	public static NodeFacts intelWithoutModule() {
		return new NodeFacts(new Platform(ArchFamily.X86, "x86_64", Known.NO, Known.UNKNOWN),
				new CpuInfo(true, 32, "GenuineIntel", "Xeon E5-2690", Known.YES, Known.NO, Known.UNKNOWN, Known.NO,
						null, Known.UNKNOWN, Known.UNKNOWN),
				new KernelModules(true, Known.NO, List.of()), new DevKvm(Known.NO, null, null, null, Known.UNKNOWN),
				Capabilities.UNKNOWN, List.of(), novaConf("qemu", "none", "Nehalem"), null, Intent.UNKNOWN,
				Map.of("CpuInfo.vmx", List.of(new EvidenceLine("/proc/cpuinfo", 19, "flags : vmx"))),
				List.of(new Problem("capabilities", 3, "is not XML; hand in what virsh capabilities prints")));
	}

	/** A nova.conf with these three options. */
	public static NovaConfFacts novaConf(String virtType, String cpuMode, String cpuModel) {
		return new NovaConfFacts(true, true, null, null, null, virtType, cpuMode, cpuModel, null, List.of(cpuModel),
				List.of(), List.of(), List.of());
	}

	/** What the rules say of that node. */
	public static Assessment blocked() {
		Recommendation recommendation = new Recommendation("libvirt.LibvirtDriver", "kvm", "host-model", List.of(),
				List.of(new RecommendedSetting(new Setting("libvirt", "virt_type", "kvm"), "S11"),
						new RecommendedSetting(new Setting("libvirt", "cpu_mode", "host-model"), "P37"),
						new RecommendedSetting(new Setting("libvirt", "cpu_model", null), "P37")),
				List.of("kvm", "kvm_intel"), List.of("raw", "qcow2"));
		Finding module = new Finding("S19", Severity.BLOCK, false, "Module kvm_intel is not loaded",
				"Without this module the kernel offers no /dev/kvm.", List.of("lsmod: (printed nothing)"),
				List.of(new Step("modprobe -a kvm-intel", true, "Load it.")), List.of("restart-nova-compute"),
				new Document("hypervisors-3.11", "3.11.2.1.1"),
				List.of(new Cause("P11", "KVM is not usable", List.of("S17", "ls -l /dev/kvm: No such file")),
						new Cause("S17", "No vendor module is loaded", List.of("lsmod: (printed nothing)"))));
		Finding unknown = new Finding("P02", Severity.HIGH, true, "Is virtualization on in firmware?",
				"Without it no module can be loaded.", List.of(),
				List.of(new Step("dmesg | grep -i kvm", true, "Hand in what this prints.")), List.of(),
				new Document("nova", "hypervisor-kvm"), List.of());
		return new Assessment(new Assessment.RulebaseRevision(3, "ab".repeat(32)), Verdict.BLOCKED,
				"This node cannot launch a guest, because kvm_intel is not loaded.", recommendation,
				"[libvirt]\nvirt_type = kvm\ncpu_mode = host-model\n", List.of(module, unknown), List.of(), null,
				List.of(new Assessment.Conclusion("S11", "VIRT_TYPE", "KVM", "KVM is what this processor should run.",
						List.of())));
	}

}
