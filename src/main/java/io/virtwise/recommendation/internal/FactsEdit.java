package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.Intent;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.KvmParameters;
import io.virtwise.facts.LogFacts;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;
import io.virtwise.facts.Platform;
import io.virtwise.facts.ProcessorRegisters;
import io.virtwise.facts.QemuUser;
import io.virtwise.facts.Software;

/**
 * Facts of a node with some of them changed. What logs and libvirt said before something
 * was done to the machine says nothing about the time after it.
 */
final class FactsEdit {

	private final NodeFacts before;

	private Platform platform;

	private CpuInfo cpuinfo;

	private KernelModules modules;

	private DevKvm devKvm;

	private Capabilities capabilities;

	private NovaConfFacts novaConf;

	private List<NovaOption> options;

	private Intent intent;

	private HostFacts host;

	private LogFacts logs;

	FactsEdit(NodeFacts facts) {
		this.before = facts;
		this.platform = facts.platform();
		this.cpuinfo = facts.cpuinfo();
		this.modules = facts.modules();
		this.devKvm = facts.devKvm();
		this.capabilities = facts.capabilities();
		this.novaConf = facts.novaConf();
		this.options = facts.options();
		this.intent = facts.intent();
		this.host = facts.host();
		this.logs = facts.logs();
	}

	FactsEdit firmwareOn() {
		this.platform = new Platform(this.platform.family(), this.platform.arch(), this.platform.virtualMachine(),
				Known.YES);
		ProcessorRegisters now = this.host.registers();
		if (now.known()) {
			Known intel = (now.locked() == Known.UNKNOWN) ? Known.UNKNOWN : Known.YES;
			Known amd = (now.svmDisabled() == Known.UNKNOWN) ? Known.UNKNOWN : Known.NO;
			this.host = host(new ProcessorRegisters(true, now.cpuidVmx(), now.cpuidSvm(), intel, intel, amd),
					this.host.parameters(), this.host.qemuUser(), this.host.software());
		}
		return this;
	}

	FactsEdit processorAble() {
		CpuInfo cpu = this.cpuinfo;
		boolean amd = cpu.vendor() == CpuInfo.Vendor.AMD;
		Known x86 = switch (this.platform.family()) {
			case X86, UNKNOWN -> Known.YES;
			default -> Known.UNKNOWN;
		};
		this.cpuinfo = new CpuInfo(true, cpu.logicalCpus(), cpu.vendorId(), cpu.modelName(),
				(x86 == Known.YES && amd) ? Known.NO : x86, (x86 == Known.YES && !amd) ? Known.NO : x86,
				(this.platform.family() == io.virtwise.facts.ArchFamily.S390) ? Known.YES : cpu.sie(),
				cpu.hypervisorFlag(), cpu.platform(),
				(this.platform.family() == io.virtwise.facts.ArchFamily.POWER) ? Known.YES : cpu.powerNv(),
				cpu.emulatedPseries(), cpu.microcode());
		return this;
	}

	FactsEdit loaded(List<String> names) {
		List<String> loaded = new ArrayList<>(this.modules.loaded());
		names.stream().filter((name) -> !loaded.contains(name)).forEach(loaded::add);
		Known whole = this.modules.known() ? this.modules.whole() : Known.NO;
		this.modules = new KernelModules(true, whole, loaded, this.modules.builtIn());
		return this;
	}

	/** Open to the group that QEMU's user is in. */
	FactsEdit deviceOpen() {
		this.devKvm = new DevKvm(Known.YES, "crw-rw----", "root", "kvm", Known.NO);
		QemuUser user = this.host.qemuUser();
		if (user.known() && user.inDeviceGroup() == Known.NO && user.deviceGid() != null) {
			List<String> groups = new ArrayList<>(user.groups());
			groups.add(user.deviceGid().toString());
			this.host = host(this.host.registers(), this.host.parameters(), new QemuUser(true, user.name(), user.uid(),
					user.gid(), groups, user.deviceGid(), user.inContainer()), this.host.software());
		}
		return this;
	}

	FactsEdit nestedOn() {
		KvmParameters now = this.host.parameters();
		this.host = host(this.host.registers(),
				new KvmParameters(now.known(), on(now.nestedIntel()), on(now.nestedAmd()), on(now.nestedCore()),
						now.hugePages(), now.sev(), now.ept(), now.apicv(), now.ignoreMsrs()),
				this.host.qemuUser(), this.host.software());
		return this;
	}

	FactsEdit libvirtVersion(String version) {
		Software now = this.host.software();
		this.host = host(this.host.registers(), this.host.parameters(), this.host.qemuUser(),
				new Software(true, now.os(), now.osMajor(), now.kernelVersion(), now.kernel(), version,
						Software.number(version), now.qemuVersion(), now.qemu(), now.novaCompute(), now.qemuKvm(),
						now.guestmount()));
		return this;
	}

	FactsEdit qemuVersion(String version) {
		Software now = this.host.software();
		this.host = host(this.host.registers(), this.host.parameters(), this.host.qemuUser(),
				new Software(true, now.os(), now.osMajor(), now.kernelVersion(), now.kernel(), now.libvirtVersion(),
						now.libvirt(), version, Software.number(version), now.novaCompute(), now.qemuKvm(),
						now.guestmount()));
		return this;
	}

	FactsEdit libvirtOffersKvm(Known offers) {
		Capabilities said = this.capabilities;
		this.capabilities = new Capabilities(said.known() || offers == Known.YES, said.hostArch(), said.cpuModel(),
				said.cpuVendor(), said.features(), offers, said.qemuForHostArch(), said.domainTypes(), said.qemuUser(),
				said.qemuGroup(), said.microcode());
		return this;
	}

	FactsEdit emulationAccepted() {
		this.intent = new Intent(this.intent.environment(), this.intent.liveMigration(), this.intent.nested(),
				Known.YES, this.intent.imageFormats(), this.intent.guestAgent());
		return this;
	}

	FactsEdit novaConf(NovaConfFacts conf, List<NovaOption> others) {
		this.novaConf = conf;
		this.options = others;
		return this;
	}

	/** The facts once something was done: older words of libvirt and logs are stale. */
	NodeFacts done() {
		if (this.capabilities.kvmForHostArch() == Known.NO) {
			libvirtOffersKvm(Known.UNKNOWN);
		}
		this.logs = LogFacts.UNKNOWN;
		return known();
	}

	/** The facts once somebody knows more; nothing was done to the machine. */
	NodeFacts known() {
		return new NodeFacts(this.platform, this.cpuinfo, this.modules, this.devKvm, this.capabilities,
				this.before.domainCapabilities(), this.novaConf, this.before.release(), this.intent, this.before.seen(),
				this.before.problems(), this.host, this.options, this.logs);
	}

	private HostFacts host(ProcessorRegisters registers, KvmParameters parameters, QemuUser user, Software software) {
		return new HostFacts(registers, parameters, this.host.persistence(), user, this.host.devices(),
				this.host.cgroups(), this.host.iommu(), software, this.host.state(), this.host.guests());
	}

	private static Known on(Known nested) {
		return (nested == Known.NO) ? Known.YES : nested;
	}

}
