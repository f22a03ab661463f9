package io.virtwise.recommendation.migration;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.Software;
import io.virtwise.nova.X86CpuModels;
import org.jspecify.annotations.Nullable;

/**
 * What a node can give guests, as far as it matters where they move.
 *
 * @param arch the processor's architecture
 * @param vendor who made the processor, as libvirt spells it
 * @param processor the processor's name
 * @param kvm what KVM guests can have
 * @param qemu what emulated guests can have
 * @param host the features of the host's own processor; {@code null} where nobody knows
 * @param kernel version of the kernel
 * @param microcode version of the processor's microcode
 * @param libvirt version of libvirt's daemon
 * @param emulator version of QEMU
 * @param newestModel the newest model of the processor's own maker that KVM guests can
 * have; {@code null} for none that we know
 */
record Offer(@Nullable String arch, @Nullable String vendor, @Nullable String processor, GuestCpus kvm, GuestCpus qemu,
		@Nullable Set<String> host, @Nullable String kernel, @Nullable String microcode, @Nullable String libvirt,
		@Nullable String emulator, @Nullable String newestModel) {

	static Offer of(NodeFacts facts) {
		Capabilities capabilities = facts.capabilities();
		CpuInfo cpu = facts.cpuinfo();
		Software software = facts.host().software();
		String vendor = vendor(cpu, capabilities);
		GuestCpus kvm = GuestCpus.of("kvm", facts);
		return new Offer((facts.platform().arch() != null) ? facts.platform().arch() : capabilities.hostArch(), vendor,
				cpu.modelName(), kvm, GuestCpus.of("qemu", facts), host(capabilities), software.kernelVersion(),
				(cpu.microcode() != null) ? cpu.microcode() : capabilities.microcode(), software.libvirtVersion(),
				software.qemuVersion(), newest(kvm, vendor));
	}

	private static @Nullable String vendor(CpuInfo cpu, Capabilities capabilities) {
		String id = Objects.requireNonNullElse(cpu.vendorId(), "");
		return switch (id) {
			case "GenuineIntel" -> "Intel";
			case "AuthenticAMD" -> "AMD";
			case "HygonGenuine" -> "Hygon";
			default -> capabilities.cpuVendor();
		};
	}

	private static @Nullable Set<String> host(Capabilities capabilities) {
		Optional<Set<String>> model = Optional.ofNullable(capabilities.cpuModel()).flatMap(X86CpuModels::features);
		if (model.isEmpty()) {
			return null;
		}
		Set<String> all = new TreeSet<>(model.get());
		all.addAll(capabilities.features());
		return all;
	}

	/** What guests of this kind can have. */
	GuestCpus guests(@Nullable String virtType) {
		return "qemu".equals(virtType) ? this.qemu : this.kvm;
	}

	private static @Nullable String newest(GuestCpus kvm, @Nullable String vendor) {
		return Models.oldToNew()
			.stream()
			.filter((model) -> kvm.has(model) && Models.isOf(model, vendor))
			.reduce((older, newer) -> newer)
			.orElse(null);
	}

	/** The newest model of the processor's own maker that KVM guests can have. */
	Optional<String> newest() {
		return Optional.ofNullable(this.newestModel);
	}

	/** Whether KVM guests can have this model, and it is one of the processor's maker. */
	boolean ownModel(String model) {
		return this.kvm.has(model) && Models.isOf(model, this.vendor);
	}

	/**
	 * The processors that libvirt gives one kind of guest on a node.
	 *
	 * @param known whether anybody asked
	 * @param models the named ones, in lower case
	 * @param hostModel the model that host-model stands for
	 * @param flags what host-model adds and takes away; {@code null} where nobody read it
	 */
	record GuestCpus(boolean known, Set<String> models, @Nullable String hostModel, @Nullable List<String> flags) {

		/** Not carried by a guest that can move, or told by no processor at all. */
		private static final Set<String> NO_MATTER = Set.of("hypervisor", "invtsc");

		static GuestCpus of(String domain, NodeFacts facts) {
			Set<String> models = new TreeSet<>();
			String hostModel = null;
			List<String> flags = null;
			boolean known = false;
			for (DomainCapabilities one : facts.domainCapabilities()) {
				if (domain.equals(one.domain()) && !foreign(one, facts)) {
					known |= !one.usableModels().isEmpty() || !one.unusableModels().isEmpty();
					one.usableModels().forEach((model) -> models.add(model.toLowerCase(Locale.ROOT)));
					if (hostModel == null) {
						hostModel = one.hostModel();
						flags = (one.hostModelFlags() != null) ? one.hostModelFlags().stream().sorted().toList() : null;
					}
				}
			}
			return new GuestCpus(known, models, hostModel, flags);
		}

		private static boolean foreign(DomainCapabilities one, NodeFacts facts) {
			String own = facts.platform().arch();
			return own != null && one.arch() != null && !own.equals(one.arch());
		}

		boolean has(String model) {
			return this.models.contains(model.toLowerCase(Locale.ROOT));
		}

		/**
		 * The features that guests get with host-model; {@code null} where they cannot be
		 * told.
		 */
		@Nullable Set<String> features() {
			Optional<Set<String>> model = Optional.ofNullable(this.hostModel).flatMap(X86CpuModels::features);
			if (model.isEmpty() || this.flags == null) {
				return null;
			}
			Set<String> all = new TreeSet<>(model.get());
			for (String flag : this.flags) {
				if (flag.startsWith("-")) {
					all.remove(flag.substring(1));
				}
				else {
					all.add(flag);
				}
			}
			all.removeAll(NO_MATTER);
			return all;
		}

	}

}
