package io.virtwise.facts.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.Platform;
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

	private final CollectedEvidence collected;

	private final CpuInfoSeen cpu;

	private final KernelModules modules;

	private final Capabilities capabilities;

	private final List<DomainCapabilities> domains;

	private final LogReading logs;

	private final ReadingNotes notes;

	PlatformReading(CollectedEvidence collected, CpuInfoSeen cpu, KernelModules modules, Capabilities capabilities,
			List<DomainCapabilities> domains, LogReading logs, ReadingNotes notes) {
		this.collected = collected;
		this.cpu = cpu;
		this.modules = modules;
		this.capabilities = capabilities;
		this.domains = domains;
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
		if (this.logs.hypModeLine() != null) {
			this.notes.saw("Platform.family", this.logs.hypModeLine());
			return ArchFamily.ARM;
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
	 * What the kernel said of it; what follows from that and all else, rules decide. Only
	 * x86 has that switch, and only Arm has HYP mode, so elsewhere such a log is another
	 * machine's.
	 */
	private Known firmware(ArchFamily family) {
		return switch (family) {
			case X86 -> firmware(this.logs.firmware(), this.logs.firmwareLine());
			case ARM -> firmware(this.logs.hypMode(), this.logs.hypModeLine());
			default -> Known.UNKNOWN;
		};
	}

	private Known firmware(Known told, @Nullable EvidenceLine line) {
		if (line != null) {
			this.notes.saw("Platform.firmware", line);
		}
		return told;
	}

	private void copySeen(String from, String to) {
		this.notes.seen().getOrDefault(from, List.of()).forEach((line) -> this.notes.saw(to, line));
	}

}
