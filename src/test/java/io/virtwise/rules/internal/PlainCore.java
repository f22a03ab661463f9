package io.virtwise.rules.internal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.CpuInfo.Vendor;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.Platform;
import io.virtwise.facts.ProcessorRegisters;
import io.virtwise.facts.QemuUser;
import io.virtwise.facts.Software;
import io.virtwise.rules.language.Answer;
import io.virtwise.rules.language.Topic;

/**
 * The decisions of the first stage for x86 as a person would write them in Java: the
 * yardstick for what rules cost. The benchmark compares both on every node before it
 * measures.
 */
final class PlainCore {

	private static final Set<String> OTHER_DRIVERS = Set.of("vmwareapi.VMwareVCDriver",
			"nova.virt.vmwareapi.VMwareVCDriver", "vmwareapi.VMwareESXDriver", "nova.virt.vmwareapi.VMwareESXDriver",
			"ironic.IronicDriver", "nova.virt.ironic.IronicDriver");

	private final NodeFacts facts;

	private final Platform platform;

	private final CpuInfo cpu;

	private final KernelModules modules;

	private final ProcessorRegisters registers;

	private final Map<Topic, Answer> answers = new EnumMap<>(Topic.class);

	private PlainCore(NodeFacts facts) {
		this.facts = facts;
		this.platform = facts.platform();
		this.cpu = facts.cpuinfo();
		this.modules = facts.modules();
		this.registers = facts.host().registers();
	}

	/** Whether it knows what to say of such a node. */
	static boolean knows(NodeFacts facts) {
		return facts.platform().family() == ArchFamily.X86;
	}

	/** The answer for each topic that it knows. */
	static Map<Topic, Answer> decide(NodeFacts facts) {
		PlainCore core = new PlainCore(facts);
		core.driver();
		core.answers.put(Topic.MODULES, core.modules());
		core.answers.put(Topic.LIBVIRT, core.libvirt());
		core.answers.put(Topic.FIRMWARE, core.firmware());
		core.answers.put(Topic.HARDWARE, core.hardware());
		core.answers.put(Topic.DEVICE, core.device());
		core.answers.put(Topic.CAPABILITY, core.capability());
		core.answers.put(Topic.KVM, core.kvm());
		core.virtType();
		return core.answers;
	}

	private boolean is(Topic topic, Answer answer) {
		return this.answers.get(topic) == answer;
	}

	private void driver() {
		NovaConfFacts conf = this.facts.novaConf();
		boolean other = conf.computeDriver() != null && OTHER_DRIVERS.contains(conf.computeDriver());
		this.answers.put(Topic.DRIVER, other ? Answer.OTHER : Answer.LIBVIRT);
		if (!other && conf.known() && conf.parses()) {
			String type = conf.virtType();
			this.answers.put(Topic.CONFIGURED_TYPE, (type == null || type.equals("kvm")) ? Answer.KVM
					: (type.equals("qemu") ? Answer.QEMU : Answer.OTHER));
		}
	}

	private Answer modules() {
		Vendor vendor = this.cpu.vendor();
		Known intel = this.modules.kvmIntel();
		Known amd = this.modules.kvmAmd();
		boolean ofIntel = vendor != Vendor.AMD && intel == Known.YES;
		boolean ofAmd = vendor != Vendor.INTEL && amd == Known.YES;
		if ((ofIntel && !this.modules.intelBuiltIn()) || (ofAmd && !this.modules.amdBuiltIn())) {
			return Answer.LOADED;
		}
		if (ofIntel || ofAmd) {
			return Answer.BUILT_IN;
		}
		if (vendor == Vendor.INTEL ? intel == Known.NO
				: (vendor == Vendor.AMD ? amd == Known.NO : intel == Known.NO && amd == Known.NO)) {
			return Answer.MISSING;
		}
		boolean unlisted = this.modules.kvm() != Known.YES && intel == Known.UNKNOWN && amd == Known.UNKNOWN
				&& this.modules.kvmHv() != Known.YES;
		return (unlisted && this.facts.devKvm().characterDevice() == Known.YES) ? Answer.BUILT_IN : Answer.UNKNOWN;
	}

	private boolean flagShown() {
		return this.cpu.vmx() == Known.YES || this.cpu.svm() == Known.YES;
	}

	private boolean flagUnknown() {
		return this.cpu.vmx() == Known.UNKNOWN && this.cpu.svm() == Known.UNKNOWN;
	}

	private boolean cpuidShows() {
		return this.registers.cpuidVmx() == Known.YES || this.registers.cpuidSvm() == Known.YES;
	}

	private Answer firmware() {
		if (is(Topic.MODULES, Answer.LOADED) || is(Topic.LIBVIRT, Answer.YES)) {
			return Answer.YES;
		}
		boolean cpuidDenies = !cpuidShows()
				&& (this.registers.cpuidVmx() == Known.NO || this.registers.cpuidSvm() == Known.NO);
		if (this.registers.virtualizationOn() != Known.UNKNOWN && !cpuidDenies) {
			return (this.registers.virtualizationOn() == Known.YES) ? Answer.YES : Answer.NO;
		}
		if (!flagShown() && !flagUnknown() && cpuidShows()) {
			return Answer.NO;
		}
		if (this.platform.firmware() != Known.UNKNOWN) {
			return (this.platform.firmware() == Known.YES) ? Answer.YES : Answer.NO;
		}
		Software software = this.facts.host().software();
		boolean told = (this.cpu.vmx() == Known.YES && software.kernel() >= 5_006_000)
				|| (this.cpu.svm() == Known.YES && software.kernel() >= 6_007_000);
		return told ? Answer.YES : Answer.UNKNOWN;
	}

	private Answer hardware() {
		if (flagShown() || is(Topic.FIRMWARE, Answer.NO)) {
			return Answer.YES;
		}
		if (!flagUnknown()) {
			return Answer.NO;
		}
		if ((this.modules.kvmIntel() == Known.YES && !this.modules.intelBuiltIn())
				|| (this.modules.kvmAmd() == Known.YES && !this.modules.amdBuiltIn())
				|| this.facts.capabilities().vmxListed() == Known.YES || cpuidShows()) {
			return Answer.YES;
		}
		return (this.registers.cpuidVmx() == Known.NO && this.registers.cpuidSvm() == Known.NO) ? Answer.NO
				: Answer.UNKNOWN;
	}

	private Answer device() {
		DevKvm device = this.facts.devKvm();
		QemuUser user = this.facts.host().qemuUser();
		if (device.characterDevice() != Known.YES) {
			return (device.characterDevice() == Known.NO) ? Answer.ABSENT : Answer.UNKNOWN;
		}
		if (user.root()) {
			return Answer.YES;
		}
		if (device.groupMayUse() == Known.UNKNOWN) {
			return Answer.UNKNOWN;
		}
		boolean everybody = device.everybodyMayUse() == Known.YES;
		if (device.groupMayUse() == Known.NO) {
			return (everybody && user.inDeviceGroup() == Known.NO) ? Answer.YES : Answer.NO;
		}
		if (everybody) {
			return Answer.YES;
		}
		if (user.inDeviceGroup() != Known.UNKNOWN) {
			return (user.inDeviceGroup() == Known.YES) ? Answer.YES : Answer.NO;
		}
		return byName(device, user);
	}

	private Answer byName(DevKvm device, QemuUser user) {
		if (device.group() == null) {
			return Answer.UNKNOWN;
		}
		if (device.groupIsNumber()) {
			return device.group().equals(this.facts.capabilities().qemuGroup()) ? Answer.YES : Answer.UNKNOWN;
		}
		if (user.inContainer() == Known.YES) {
			return Answer.UNKNOWN;
		}
		return device.group().equals("kvm") ? Answer.YES : Answer.NO;
	}

	private Answer libvirt() {
		Capabilities host = this.facts.capabilities();
		boolean works = host.kvmForHostArch() == Known.YES;
		for (DomainCapabilities domain : this.facts.domainCapabilities()) {
			Set<Known> modes = Set.copyOf(List.of(domain.hostPassthrough(), domain.hostModelMode(), domain.custom()));
			works |= "kvm".equals(domain.domain())
					&& (modes.contains(Known.YES) || modes.equals(Set.of(Known.UNKNOWN)));
		}
		return works ? Answer.YES : ((host.kvmForHostArch() == Known.NO) ? Answer.NO : Answer.UNKNOWN);
	}

	private Answer capability() {
		if (is(Topic.LIBVIRT, Answer.YES)) {
			return Answer.YES;
		}
		if (is(Topic.HARDWARE, Answer.NO) || is(Topic.FIRMWARE, Answer.NO)) {
			return Answer.NO;
		}
		return is(Topic.HARDWARE, Answer.YES) ? Answer.YES : Answer.UNKNOWN;
	}

	private Answer kvm() {
		if (is(Topic.LIBVIRT, Answer.YES)) {
			return Answer.USABLE;
		}
		if (is(Topic.LIBVIRT, Answer.NO) || is(Topic.CAPABILITY, Answer.NO) || is(Topic.MODULES, Answer.MISSING)
				|| is(Topic.DEVICE, Answer.NO) || is(Topic.DEVICE, Answer.ABSENT)) {
			return Answer.UNUSABLE;
		}
		boolean all = is(Topic.CAPABILITY, Answer.YES) && !is(Topic.MODULES, Answer.UNKNOWN)
				&& is(Topic.DEVICE, Answer.YES);
		return all ? Answer.USABLE : Answer.UNKNOWN;
	}

	private void virtType() {
		if (!is(Topic.DRIVER, Answer.LIBVIRT)) {
			return;
		}
		boolean accepted = this.facts.intent().acceptEmulation() == Known.YES;
		if (is(Topic.CAPABILITY, Answer.UNKNOWN)) {
			this.answers.put(Topic.VIRT_TYPE, is(Topic.LIBVIRT, Answer.NO) ? Answer.KVM : Answer.UNKNOWN);
		}
		else {
			this.answers.put(Topic.VIRT_TYPE, (is(Topic.CAPABILITY, Answer.NO) && accepted) ? Answer.QEMU : Answer.KVM);
		}
	}

}
