package io.virtwise.facts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.virtwise.nova.NovaRelease;
import org.jspecify.annotations.Nullable;

/**
 * The facts in the names of the HTTP contract. A fact that nobody could know is
 * {@code null} and named in {@code unknown}; a flag that the architecture does not have
 * is {@code null} and not named there.
 *
 * @param archFamily x86, power, arm, s390, riscv or other
 * @param arch as {@code uname -m} spells it
 * @param cpuinfo from {@code /proc/cpuinfo}
 * @param firmwareVirtualization on or off
 * @param modules from {@code lsmod}
 * @param devKvm from {@code ls -l /dev/kvm}
 * @param capabilities from libvirt
 * @param domainCapabilities from libvirt, per kind of guest
 * @param novaConf from nova.conf
 * @param release the nova release
 * @param logs documented lines in logs; {@code null} without a log
 * @param unknown the names of the facts that nobody knows
 * @param problems what was not understood
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FactsView(@Nullable String archFamily, @Nullable String arch, @Nullable Cpu cpuinfo,
		@Nullable String firmwareVirtualization, @Nullable Modules modules, @Nullable Device devKvm,
		@Nullable Host capabilities, @Nullable List<Guests> domainCapabilities, @Nullable Conf novaConf,
		@Nullable Release release, @Nullable List<Signature> logs, List<String> unknown, List<Problem> problems) {

	/**
	 * The facts as the contract shows them.
	 * @param firmware whether virtualization is on in firmware, as rules conclude
	 */
	public static FactsView of(NodeFacts facts, Known firmware) {
		Platform platform = facts.platform();
		ArchFamily family = platform.family();
		NovaRelease release = facts.release();
		return new FactsView((family != ArchFamily.UNKNOWN) ? family.key() : null, platform.arch(),
				facts.cpuinfo().known() ? Cpu.of(facts.cpuinfo()) : null, onOrOff(firmware),
				facts.modules().known() ? Modules.of(facts.modules()) : null,
				(facts.devKvm().present() != Known.UNKNOWN) ? Device.of(facts.devKvm()) : null,
				facts.capabilities().known() ? Host.of(facts.capabilities()) : null,
				facts.domainCapabilities().isEmpty() ? null
						: facts.domainCapabilities().stream().map(Guests::of).toList(),
				facts.novaConf().known() ? Conf.of(facts.novaConf()) : null,
				(release != null) ? new Release(release.major(), release.series()) : null, logs(facts.logs()),
				UnknownFacts.of(facts, firmware), facts.problems());
	}

	private static @Nullable List<Signature> logs(LogFacts logs) {
		if (!logs.kernelLog() && !logs.novaComputeLog()) {
			return null;
		}
		return logs.signatures()
			.stream()
			.map((one) -> new Signature(one.signature().key(), one.count(), one.first(), one.last(), one.line()))
			.toList();
	}

	private static @Nullable String onOrOff(Known firmware) {
		return switch (firmware) {
			case YES -> "on";
			case NO -> "off";
			case UNKNOWN -> null;
		};
	}

	/** The processor. */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Cpu(int logicalCpus, @Nullable String vendorId, @Nullable String modelName, @Nullable Boolean vmx,
			@Nullable Boolean svm, @Nullable Boolean sie, @Nullable Boolean hypervisorFlag, @Nullable String platform,
			@Nullable Boolean powerNv) {

		static Cpu of(CpuInfo cpu) {
			return new Cpu(cpu.logicalCpus(), cpu.vendorId(), cpu.modelName(), cpu.vmx().orNull(), cpu.svm().orNull(),
					cpu.sie().orNull(), cpu.hypervisorFlag().orNull(), cpu.platform(), cpu.powerNv().orNull());
		}

	}

	/** The kernel's modules. */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Modules(List<String> loaded, @Nullable Boolean kvm,
			@JsonProperty("kvm_intel") @Nullable Boolean kvmIntel, @JsonProperty("kvm_amd") @Nullable Boolean kvmAmd,
			@JsonProperty("kvm_hv") @Nullable Boolean kvmHv, @JsonProperty("kvm_pr") @Nullable Boolean kvmPr,
			@JsonProperty("vhost_net") @Nullable Boolean vhostNet) {

		static Modules of(KernelModules modules) {
			return new Modules(modules.loaded(), modules.kvm().orNull(), modules.kvmIntel().orNull(),
					modules.kvmAmd().orNull(), modules.kvmHv().orNull(), modules.kvmPr().orNull(),
					modules.vhostNet().orNull());
		}

	}

	/** The device node. */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Device(@Nullable Boolean present, @Nullable String mode, @Nullable String owner,
			@Nullable String group, @Nullable Boolean acl) {

		static Device of(DevKvm kvm) {
			return new Device(kvm.present().orNull(), kvm.mode(), kvm.owner(), kvm.group(), kvm.acl().orNull());
		}

	}

	/** What libvirt says of the host. */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Host(@Nullable String hostArch, @Nullable String cpuModel, @Nullable String cpuVendor,
			List<String> features, @Nullable Boolean kvmForHostArch, @Nullable Boolean qemuForHostArch,
			List<String> domainTypes) {

		static Host of(Capabilities host) {
			return new Host(host.hostArch(), host.cpuModel(), host.cpuVendor(), host.features(),
					host.kvmForHostArch().orNull(), host.qemuForHostArch().orNull(), host.domainTypes());
		}

	}

	/** What libvirt says one kind of guest can have. */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Guests(@Nullable String domain, @Nullable String arch, @Nullable String machine,
			@Nullable String path, Map<String, @Nullable Boolean> modes, @Nullable String hostModel,
			List<String> usableModels, List<String> unusableModels, List<String> unknownModels) {

		static Guests of(DomainCapabilities guests) {
			Map<String, @Nullable Boolean> modes = new LinkedHashMap<>();
			modes.put("host-passthrough", guests.hostPassthrough().orNull());
			modes.put("host-model", guests.hostModelMode().orNull());
			modes.put("custom", guests.custom().orNull());
			return new Guests(guests.domain(), guests.arch(), guests.machine(), guests.path(), modes,
					guests.hostModel(), guests.usableModels(), guests.unusableModels(), guests.unknownModels());
		}

	}

	/** What nova would read. */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Conf(boolean parses, @Nullable Integer errorLine, @Nullable String error,
			@Nullable String computeDriver, @Nullable String virtType, @Nullable String cpuMode, List<String> cpuModels,
			List<String> cpuModelExtraFlags, List<String> repeatedOptions) {

		static Conf of(NovaConfFacts conf) {
			return new Conf(conf.parses(), conf.errorLine(), conf.fault(), conf.computeDriver(), conf.virtType(),
					conf.cpuMode(), conf.cpuModels(), conf.cpuModelExtraFlags(), conf.repeatedOptions());
		}

	}

	/** The nova release. */
	public record Release(int major, String series) {
	}

	/** A known line in a log. */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Signature(String signature, int count, @Nullable String first, @Nullable String last, String line) {
	}

}
