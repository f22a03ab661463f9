package io.virtwise.facts.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.Platform;
import io.virtwise.facts.ProcessorRegisters;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what machine the node is, from all that was read of it.
 */
final class PlatformReading {

	/** What systemd-detect-virt calls containers; they say nothing of the machine. */
	private static final Set<String> CONTAINERS = Set.of("container-other", "docker", "lxc", "lxc-libvirt", "openvz",
			"podman", "proot", "pouch", "rkt", "systemd-nspawn", "wsl");

	/** Words in the names that hypervisors give the machines they make, lower case. */
	private static final List<String> VIRTUAL_PRODUCTS = List.of("qemu", "kvm", "virtualbox", "vmware", "openstack",
			"rhev", "ovirt", "xen", "bochs", "standard pc (", "virtual machine", "bhyve", "parallels", "nutanix ahv");

	/** Linux 5.6, as {@link io.virtwise.facts.Software} counts. */
	private static final int FLAG_TELLS = 5_006_000;

	private final CollectedEvidence collected;

	private final CpuInfoSeen cpu;

	private final KernelModules modules;

	private final Capabilities capabilities;

	private final List<DomainCapabilities> domains;

	private final HostFacts host;

	private final LogReading logs;

	private final ReadingNotes notes;

	PlatformReading(CollectedEvidence collected, CpuInfoSeen cpu, KernelModules modules, Capabilities capabilities,
			List<DomainCapabilities> domains, HostFacts host, LogReading logs, ReadingNotes notes) {
		this.collected = collected;
		this.cpu = cpu;
		this.modules = modules;
		this.capabilities = capabilities;
		this.domains = domains;
		this.host = host;
		this.logs = logs;
		this.notes = notes;
	}

	Platform platform() {
		String arch = arch();
		ArchFamily family = family(arch);
		return new Platform(family, arch, virtualMachine(), firmware(family));
	}

	private @Nullable String arch() {
		if (this.collected.arch() != null) {
			this.notes.saw("Platform.arch", new EvidenceLine("uname -m", 1, this.collected.arch()));
			return this.collected.arch();
		}
		if (this.capabilities.hostArch() != null) {
			copySeen("Capabilities.hostArch", "Platform.arch");
			return this.capabilities.hostArch();
		}
		// a guest of KVM has its host's architecture; one of qemu may have any
		for (DomainCapabilities domain : this.domains) {
			if ("kvm".equals(domain.domain()) && domain.arch() != null) {
				this.notes.saw("Platform.arch",
						new EvidenceLine("virsh domcapabilities", 0, "<arch>" + domain.arch() + "</arch>"));
				return domain.arch();
			}
		}
		return null;
	}

	private ArchFamily family(@Nullable String arch) {
		ArchFamily shown = this.cpu.family();
		if (arch != null) {
			ArchFamily told = ArchFamily.of(arch);
			if (shown != ArchFamily.UNKNOWN && shown != told) {
				this.notes.problem(EvidenceKind.CPUINFO, null, "This is the processor of another machine: it is "
						+ shown.key() + ", but the node's architecture is " + arch + ".");
			}
			this.notes.forget("Platform.family");
			copySeen("Platform.arch", "Platform.family");
			return told;
		}
		if (shown != ArchFamily.UNKNOWN) {
			return shown;
		}
		if (loaded("kvm_intel") || loaded("kvm_amd")) {
			copySeen("KernelModules.loaded", "Platform.family");
			return ArchFamily.X86;
		}
		if (loaded("kvm_hv") || loaded("kvm_pr")) {
			copySeen("KernelModules.loaded", "Platform.family");
			return ArchFamily.POWER;
		}
		if (this.logs.firmware() == Known.NO && this.logs.firmwareLine() != null) {
			// only x86 has that switch
			this.notes.saw("Platform.family", this.logs.firmwareLine());
			return ArchFamily.X86;
		}
		return ArchFamily.UNKNOWN;
	}

	private boolean loaded(String module) {
		return this.modules.loaded().contains(module);
	}

	/**
	 * That the flag is missing proves nothing: some hypervisors do not show it to their
	 * guests.
	 */
	private Known virtualMachine() {
		CpuInfo cpuinfo = this.cpu.cpuinfo();
		String detected = this.collected.detectedVirt();
		String product = this.collected.product();
		if (cpuinfo.hypervisorFlag() == Known.YES) {
			copySeen("CpuInfo.hypervisorFlag", "Platform.virtualMachine");
			return Known.YES;
		}
		if (cpuinfo.emulatedPseries() == Known.YES) {
			copySeen("CpuInfo.emulatedPseries", "Platform.virtualMachine");
			return Known.YES;
		}
		if (detected != null && !CONTAINERS.contains(detected)) {
			this.notes.saw("Platform.virtualMachine", new EvidenceLine("systemd-detect-virt", 1, detected));
			return Known.of(!detected.equals("none"));
		}
		if (product != null) {
			String lower = product.toLowerCase(Locale.ROOT);
			if (VIRTUAL_PRODUCTS.stream().anyMatch(lower::contains)) {
				this.notes.saw("Platform.virtualMachine", new EvidenceLine("/sys/class/dmi/id", 0, product));
				return Known.YES;
			}
		}
		return Known.UNKNOWN;
	}

	/**
	 * On x86 nothing of KVM works with the switch off, so what works proves that it is
	 * on; elsewhere there is no switch. Else the processor's registers tell, then what
	 * the kernel wrote into its log, then the flag that newer kernels hide where it is
	 * off.
	 */
	private Known firmware(ArchFamily family) {
		if (family != ArchFamily.X86) {
			return Known.UNKNOWN;
		}
		if (provenToWork()) {
			return Known.YES;
		}
		Known registers = registers();
		if (registers != Known.UNKNOWN) {
			return registers;
		}
		if (this.logs.firmwareLine() != null) {
			this.notes.saw("Platform.firmware", this.logs.firmwareLine());
			return this.logs.firmware();
		}
		return flag();
	}

	private boolean provenToWork() {
		if (loaded("kvm_intel") || loaded("kvm_amd")) {
			copySeen(loaded("kvm_intel") ? "KernelModules.kvm_intel" : "KernelModules.kvm_amd", "Platform.firmware");
			return true;
		}
		if (this.capabilities.kvmForHostArch() == Known.YES) {
			copySeen("Capabilities.kvmForHostArch", "Platform.firmware");
			return true;
		}
		Predicate<DomainCapabilities> works = (domain) -> "kvm".equals(domain.domain())
				&& domain.hostPassthrough() == Known.YES;
		if (this.domains.stream().anyMatch(works)) {
			this.notes.saw("Platform.firmware", new EvidenceLine("virsh domcapabilities", 0, "<domain>kvm</domain>"));
			return true;
		}
		return false;
	}

	/**
	 * Where CPUID shows no hardware virtualization at all there is no switch. Where it
	 * does and the kernel's flag is missing, the kernel hid it because of the switch (row
	 * P01).
	 */
	private Known registers() {
		ProcessorRegisters registers = this.host.registers();
		boolean able = registers.cpuidVmx() == Known.YES || registers.cpuidSvm() == Known.YES;
		boolean toldNot = !able && (registers.cpuidVmx() == Known.NO || registers.cpuidSvm() == Known.NO);
		if (toldNot) {
			return Known.UNKNOWN;
		}
		if (registers.virtualizationOn() != Known.UNKNOWN) {
			for (String register : List.of("locked", "vmxEnabled", "svmDisabled")) {
				copySeen("ProcessorRegisters." + register, "Platform.firmware");
			}
			return registers.virtualizationOn();
		}
		CpuInfo shown = this.cpu.cpuinfo();
		boolean hidden = (registers.cpuidVmx() == Known.YES && shown.vmx() == Known.NO)
				|| (registers.cpuidSvm() == Known.YES && shown.svm() == Known.NO);
		if (hidden) {
			copySeen(
					(registers.cpuidVmx() == Known.YES) ? "ProcessorRegisters.cpuidVmx" : "ProcessorRegisters.cpuidSvm",
					"Platform.firmware");
			return Known.NO;
		}
		return Known.UNKNOWN;
	}

	/**
	 * From Linux 5.6 on the flag of Intel's processors goes where firmware has it off.
	 */
	private Known flag() {
		if (this.cpu.cpuinfo().vmx() == Known.YES && this.host.software().kernel() >= FLAG_TELLS) {
			copySeen("CpuInfo.vmx", "Platform.firmware");
			copySeen("Software.kernel", "Platform.firmware");
			return Known.YES;
		}
		return Known.UNKNOWN;
	}

	private void copySeen(String from, String to) {
		this.notes.seen().getOrDefault(from, List.of()).forEach((line) -> this.notes.saw(to, line));
	}

}
