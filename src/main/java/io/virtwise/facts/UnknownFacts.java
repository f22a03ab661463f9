package io.virtwise.facts;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Names the facts that nobody knows, and that the node's architecture has.
 */
final class UnknownFacts {

	private final List<String> names = new ArrayList<>();

	private UnknownFacts() {
	}

	/** Their names in the HTTP contract, in its order. */
	static List<String> of(NodeFacts facts, Known firmware) {
		UnknownFacts unknown = new UnknownFacts();
		Platform platform = facts.platform();
		unknown.add(platform.family() == ArchFamily.UNKNOWN, "archFamily");
		unknown.add(platform.arch() == null, "arch");
		unknown.cpuinfo(facts.cpuinfo(), platform.family());
		boolean hasSwitch = platform.family() == ArchFamily.X86 || platform.family() == ArchFamily.UNKNOWN;
		unknown.add(hasSwitch && firmware == Known.UNKNOWN, "firmwareVirtualization");
		unknown.modules(facts.modules());
		unknown.devKvm(facts.devKvm());
		unknown.add(!facts.logs().kernelLog(), "kernelLog");
		unknown.capabilities(facts.capabilities());
		unknown.add(facts.domainCapabilities().isEmpty(), "domainCapabilities");
		unknown.add(!facts.novaConf().known(), "novaConf");
		unknown.add(facts.release() == null, "release");
		unknown.add(!facts.logs().kernelLog() && !facts.logs().novaComputeLog(), "logs");
		return List.copyOf(unknown.names);
	}

	private void cpuinfo(CpuInfo cpu, ArchFamily family) {
		if (!cpu.known()) {
			this.names.add("cpuinfo");
			return;
		}
		boolean any = family == ArchFamily.UNKNOWN;
		boolean x86 = any || family == ArchFamily.X86;
		boolean power = any || family == ArchFamily.POWER;
		add(x86 && cpu.vendorId() == null, "cpuinfo.vendorId");
		add(x86 && cpu.modelName() == null, "cpuinfo.modelName");
		addIf(x86, "cpuinfo.vmx", cpu.vmx());
		addIf(x86, "cpuinfo.svm", cpu.svm());
		addIf(any || family == ArchFamily.S390, "cpuinfo.sie", cpu.sie());
		addIf(x86, "cpuinfo.hypervisorFlag", cpu.hypervisorFlag());
		add(power && cpu.platform() == null && cpu.powerNv() == Known.UNKNOWN, "cpuinfo.platform");
		addIf(power, "cpuinfo.powerNv", cpu.powerNv());
	}

	private void modules(KernelModules modules) {
		if (!modules.known()) {
			this.names.add("modules");
			return;
		}
		addIf(true, "modules.kvm", modules.kvm());
		addIf(true, "modules.kvm_intel", modules.kvmIntel());
		addIf(true, "modules.kvm_amd", modules.kvmAmd());
		addIf(true, "modules.kvm_hv", modules.kvmHv());
		addIf(true, "modules.kvm_pr", modules.kvmPr());
		addIf(true, "modules.vhost_net", modules.vhostNet());
	}

	private void devKvm(DevKvm kvm) {
		if (kvm.present() == Known.UNKNOWN) {
			this.names.add("devKvm");
			return;
		}
		boolean there = kvm.present() == Known.YES;
		missing(there, "devKvm.mode", kvm.mode());
		missing(there, "devKvm.owner", kvm.owner());
		missing(there, "devKvm.group", kvm.group());
		addIf(there, "devKvm.acl", kvm.acl());
	}

	private void capabilities(Capabilities host) {
		if (!host.known()) {
			this.names.add("capabilities");
			return;
		}
		missing(true, "capabilities.hostArch", host.hostArch());
		addIf(true, "capabilities.kvmForHostArch", host.kvmForHostArch());
		addIf(true, "capabilities.qemuForHostArch", host.qemuForHostArch());
	}

	private void missing(boolean applies, String name, @Nullable String value) {
		add(applies && value == null, name);
	}

	private void addIf(boolean applies, String name, Known fact) {
		add(applies && fact == Known.UNKNOWN, name);
	}

	private void add(boolean unknown, String name) {
		if (unknown) {
			this.names.add(name);
		}
	}

}
