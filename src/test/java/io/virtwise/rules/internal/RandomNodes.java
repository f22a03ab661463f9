package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.Cgroups;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.GroupFacts;
import io.virtwise.facts.GroupModel;
import io.virtwise.facts.HostDevices;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.HostState;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Iommu;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.KvmParameters;
import io.virtwise.facts.LogFacts;
import io.virtwise.facts.LogSignature;
import io.virtwise.facts.ModulePersistence;
import io.virtwise.facts.Move;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NodeGroup;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;
import io.virtwise.facts.Platform;
import io.virtwise.facts.ProcessorRegisters;
import io.virtwise.facts.QemuUser;
import io.virtwise.facts.RunningGuests;
import io.virtwise.facts.Signature;
import io.virtwise.facts.Software;
import io.virtwise.nova.NovaRelease;
import org.jspecify.annotations.Nullable;

/**
 * Makes up nodes, sane and odd ones, the same from the same seed.
 */
@SuppressWarnings("NullAway") // null is one of the choices, which it cannot follow
								// through generics
final class RandomNodes {

	private final Random random;

	RandomNodes(long seed) {
		this.random = new Random(seed);
	}

	NodeFacts next() {
		ArchFamily family = any(ArchFamily.values());
		List<DomainCapabilities> domains = new ArrayList<>();
		for (String domain : List.of("kvm", "qemu")) {
			if (this.random.nextInt(3) == 0) {
				domains.add(domain(domain));
			}
		}
		return new NodeFacts(
				new Platform(family, null, known(), (this.random.nextInt(5) == 0) ? known() : Known.UNKNOWN),
				cpu(family), modules(family), device(), capabilities(), domains, novaConf(),
				this.random.nextBoolean() ? null : any(NovaRelease.all().toArray(NovaRelease[]::new)),
				new Intent(any(Intent.Environment.values()), known(), known(), known(), formats(), known()), Map.of(),
				List.of(), host(), options(), logs(), (this.random.nextInt(3) == 0) ? group() : GroupFacts.NONE);
	}

	private GroupFacts group() {
		List<GroupModel> models = new ArrayList<>();
		for (String name : List.of("Nehalem", "SandyBridge", "EPYC")) {
			if (this.random.nextBoolean()) {
				models.add(new GroupModel(name, models.size() + 1, this.random.nextInt(3) > 0, known(), known(),
						this.random.nextInt(2), name));
			}
		}
		NodeGroup group = new NodeGroup(any(1, 2, 200), any(0, 1), any("node2", null), known(), any("hle", null),
				known(), known(), any("kernel", null), any("node3", null));
		Move move = new Move("node4", any("kvm", "qemu", null),
				any("custom", "host-model", "host-passthrough", "none", null), known(), known(), any("Nehalem", null),
				known(), known(), any("avx2", null), known(), known(), any("kernel", null), known(), known(),
				any("hle", null));
		return new GroupFacts(this.random.nextBoolean() ? group : null, models,
				this.random.nextBoolean() ? move : null);
	}

	private HostFacts host() {
		if (this.random.nextBoolean()) {
			return HostFacts.UNKNOWN;
		}
		int libvirt = any(0, 1_002_009, 6_000_000, 9_000_000, 10_000_000);
		int qemu = any(0, 2_001_000, 4_002_000, 7_002_000);
		return new HostFacts(new ProcessorRegisters(true, known(), known(), known(), known(), known()),
				new KvmParameters(true, known(), known(), known(), known(), known(), known(), known(), known()),
				new ModulePersistence(true, known(), known(), known(), known(), known(), known(), known()),
				new QemuUser(true, any("qemu", "qemu", null), any(107, 107, 0, null), any(36, 108, null),
						any(List.of(), List.of("36")), any(36, 108, null), known()),
				new HostDevices(true, known(), known(), known(), known()), new Cgroups(true, 2, any(null, "memory")),
				new Iommu(true, known(), known(), known()),
				new Software(true, any("rhel", "ubuntu", null), any(0, 6, 9), null, any(0, 5_005_000, 6_001_000), null,
						libvirt, null, qemu, known(), known(), known()),
				new HostState(true, any(0, 2048, 262_144), known(), known(), known(), known(), known()),
				new RunningGuests(this.random.nextBoolean(), any(0, 3)));
	}

	private Set<String> formats() {
		return any(Set.of(), Set.of("raw", "qcow2"), Set.of("qcow2", "qed", "vmdk"), Set.of("iso", "vdi"));
	}

	private List<NovaOption> options() {
		List<NovaOption> options = new ArrayList<>();
		for (String option : List.of("DEFAULT/default_ephemeral_format", "DEFAULT/force_raw_images",
				"DEFAULT/preallocate_images", "DEFAULT/timeout_nbd", "DEFAULT/use_cow_images", "DEFAULT/vcpu_pin_set",
				"DEFAULT/virt_mkfs", "DEFAULT/pointer_model", "DEFAULT/libvirt_type", "DEFAULT/libvirt_cpu_mode",
				"DEFAULT/libvirt_cpu_model", "compute/cpu_dedicated_set", "compute/cpu_shared_set",
				"compute/vmdk_allowed_types", "libvirt/images_type", "libvirt/num_memory_encrypted_guests",
				"libvirt/uid_maps", "libvirt/use_usb_tablet", "pci/device_spec",
				"workarounds/skip_cpu_compare_at_startup", "workarounds/skip_cpu_compare_on_dest")) {
			if (this.random.nextInt(6) == 0) {
				options.add(new NovaOption(option, any("", "True", "false", "rbd", "4", "4-8,^5")));
			}
		}
		return options;
	}

	private LogFacts logs() {
		List<LogSignature> signatures = new ArrayList<>();
		for (Signature signature : Signature.values()) {
			if (this.random.nextInt(12) == 0) {
				signatures.add(new LogSignature(signature, "nova-compute.log", 1, null, null, signatures.size() + 1,
						signature.key()));
			}
		}
		return new LogFacts(this.random.nextBoolean(), !signatures.isEmpty(), signatures, List.of());
	}

	private CpuInfo cpu(ArchFamily family) {
		if (this.random.nextInt(4) == 0) {
			return CpuInfo.UNKNOWN;
		}
		boolean x86 = family == ArchFamily.X86;
		boolean intel = this.random.nextBoolean();
		Known flag = known();
		Known powerNv = (family == ArchFamily.POWER) ? known() : Known.UNKNOWN;
		return new CpuInfo(true, 4,
				(x86 && this.random.nextInt(4) > 0) ? (intel ? "GenuineIntel" : "AuthenticAMD") : null, null,
				x86 ? (intel ? flag : notYes(flag)) : Known.UNKNOWN,
				x86 ? (intel ? notYes(flag) : flag) : Known.UNKNOWN,
				(family == ArchFamily.S390) ? known() : Known.UNKNOWN, known(), null, powerNv, known());
	}

	private KernelModules modules(ArchFamily family) {
		if (this.random.nextInt(4) == 0) {
			return KernelModules.UNKNOWN;
		}
		List<String> loaded = new ArrayList<>();
		List<String> possible = switch (family) {
			case X86, UNKNOWN -> List.of("kvm", "kvm_intel", "kvm_amd");
			case POWER -> List.of("kvm", "kvm_hv", "kvm_pr");
			default -> List.of("kvm");
		};
		for (String module : possible) {
			if (this.random.nextInt(3) == 0) {
				loaded.add(module);
			}
		}
		boolean builtIn = this.random.nextInt(6) == 0;
		return new KernelModules(true, known(), loaded, builtIn ? loaded : List.of());
	}

	private DevKvm device() {
		return switch (this.random.nextInt(4)) {
			case 0 -> DevKvm.UNKNOWN;
			case 1 -> new DevKvm(Known.NO, null, null, null, Known.UNKNOWN);
			default -> new DevKvm(Known.YES, any(null, "crw-rw----", "crw-rw-rw-", "crw-------", "-rw-r--r--"), "root",
					any(null, "kvm", "root", "36", "108"), known(),
					new DevKvm.AccessList(known(), known(), this.random.nextBoolean()));
		};
	}

	private Capabilities capabilities() {
		if (this.random.nextBoolean()) {
			return Capabilities.UNKNOWN;
		}
		Known kvm = known();
		return new Capabilities(true, (kvm == Known.UNKNOWN) ? null : "x86_64", null, null,
				any(List.of(), List.of("vmx", "ht"), List.of("pcid", "md-clear", "ssbd", "arch-facilities")), kvm,
				Known.YES, List.of("qemu"), null, any(null, "36"));
	}

	private DomainCapabilities domain(String domain) {
		return new DomainCapabilities(domain, null, null, null, known(), known(), known(), null,
				any(List.of(), List.of("Nehalem", "Westmere")), any(List.of(), List.of("EPYC")),
				any(List.of(), List.of("qemu64")));
	}

	private NovaConfFacts novaConf() {
		if (this.random.nextInt(3) == 0) {
			return NovaConfFacts.UNKNOWN;
		}
		if (this.random.nextInt(12) == 0) {
			return new NovaConfFacts(true, false, 3, "no", null, null, null, null, null, List.of(), List.of(),
					List.of(), List.of());
		}
		String model = any(null, null, "", "Nehalem", "EPYC", "Nosuch");
		String models = any(null, null, "", "Nehalem,EPYC", "Westmere", "Nosuch,EPYC");
		List<String> names = new ArrayList<>();
		for (String option : new String[] { (models != null) ? models : model }) {
			if (option != null && !option.isEmpty()) {
				names.addAll(List.of(option.split(",")));
			}
		}
		return new NovaConfFacts(true, true, null, null,
				any(null, "libvirt.LibvirtDriver", "libvirt.LibvirtDriver", "nova.virt.libvirt.LibvirtDriver",
						"vmwareapi.VMwareVCDriver", "vmwareapi.VMwareESXDriver", "nova.virt.ironic.IronicDriver",
						"fake.FakeDriver"),
				any(null, "kvm", "kvm", "qemu", "lxc", "xen", "KVM"),
				any(null, "none", "host-model", "host-passthrough", "custom", "custom", "Custom", ""), model, models,
				names, any(List.of(), List.of(), List.of("pcid"), List.of("+VMX", "-hle", "md-clear")), List.of(),
				List.of());
	}

	private Known known() {
		return any(Known.values());
	}

	private static Known notYes(Known known) {
		return (known == Known.UNKNOWN) ? Known.UNKNOWN : Known.NO;
	}

	@SafeVarargs
	private <T extends @Nullable Object> T any(T... choices) {
		return choices[this.random.nextInt(choices.length)];
	}

}
