package io.virtwise.recommendation.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Intent;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.LogFacts;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.nova.NovaRelease;
import io.virtwise.recommendation.FirmwareSwitch;
import io.virtwise.rules.Assessment;
import org.jspecify.annotations.Nullable;

/**
 * Puts the facts of a node into words, a row each, unknown ones included.
 */
final class FactRows {

	private static final String ASKED = "asked when facts are handed in";

	private final NodeFacts facts;

	private final Assessment assessment;

	private final EvidenceAges ages;

	private final List<FactRow> rows = new ArrayList<>();

	private FactRows(NodeFacts facts, Assessment assessment, EvidenceAges ages) {
		this.facts = facts;
		this.assessment = assessment;
		this.ages = ages;
	}

	/**
	 * The rows.
	 * @param assessment what rules conclude from the facts
	 * @param ages when each text was seen
	 */
	static List<FactRow> of(NodeFacts facts, Assessment assessment, EvidenceAges ages) {
		FactRows rows = new FactRows(facts, assessment, ages);
		rows.machine();
		rows.kvm();
		rows.libvirt();
		rows.nova();
		rows.logs();
		return List.copyOf(rows.rows);
	}

	private void machine() {
		ArchFamily family = this.facts.platform().family();
		String arch = this.facts.platform().arch();
		row("Architecture", (arch != null) ? arch : (family != ArchFamily.UNKNOWN) ? family.key() : null,
				EvidenceKind.CPUINFO, "uname -m", "Platform.arch", "Platform.family");
		CpuInfo cpu = this.facts.cpuinfo();
		row("Processor", processor(cpu, this.facts.capabilities()), EvidenceKind.CPUINFO, "cat /proc/cpuinfo",
				"CpuInfo.modelName", "CpuInfo.vendorId", "Capabilities.cpuModel");
		if (family == ArchFamily.X86 || family == ArchFamily.UNKNOWN) {
			row("Virtualization flag", flag(cpu), EvidenceKind.CPUINFO, "grep -E 'svm|vmx' /proc/cpuinfo",
					"CpuInfo.vmx", "CpuInfo.svm");
			row("Virtualization in firmware", word(FirmwareSwitch.in(this.assessment), "on", "off"),
					EvidenceKind.KERNEL_LOG, "dmesg | grep -i kvm",
					FirmwareSwitch.seen(this.facts, this.assessment).orElse(null));
		}
		if (family == ArchFamily.POWER) {
			row("POWER platform", cpu.platform(), EvidenceKind.CPUINFO, "grep platform /proc/cpuinfo",
					"CpuInfo.platform");
		}
		row("Is itself a guest", word(this.facts.platform().virtualMachine(), "yes", "no"), EvidenceKind.CPUINFO,
				"cat /proc/cpuinfo", "Platform.virtualMachine", "CpuInfo.hypervisorFlag");
	}

	private void kvm() {
		row("KVM modules", modules(this.facts.modules()), EvidenceKind.MODULES, "lsmod | grep kvm",
				"KernelModules.loaded", "KernelModules.kvm");
		row("/dev/kvm", device(this.facts.devKvm()), EvidenceKind.DEV_KVM, "ls -l /dev/kvm", "DevKvm.present",
				"DevKvm.mode");
	}

	private void libvirt() {
		Capabilities capabilities = this.facts.capabilities();
		row("KVM as libvirt sees it", word(capabilities.kvmForHostArch(), "offered", "not offered"),
				EvidenceKind.CAPABILITIES, "virsh capabilities", "Capabilities.kvmForHostArch",
				"Capabilities.domainTypes");
		List<DomainCapabilities> kinds = this.facts.domainCapabilities();
		row("Guests libvirt can build",
				kinds.isEmpty() ? null : kinds.stream().map(FactRows::guests).collect(Collectors.joining("; ")),
				EvidenceKind.DOMAIN_CAPABILITIES, "virsh domcapabilities", "DomainCapabilities.domain",
				"DomainCapabilities.hostModel");
	}

	private void nova() {
		NovaRelease release = this.facts.release();
		row("nova release",
				(release != null)
						? release.series() + ", nova "
								+ ((release.version() != null) ? release.version() : String.valueOf(release.major()))
						: null,
				null, "nova-manage --version", "NodeFacts.release", "release");
		NovaConfFacts conf = this.facts.novaConf();
		row("nova.conf", novaConf(conf), EvidenceKind.NOVA_CONF, "cat /etc/nova/nova.conf", "NovaConfFacts.virtType",
				"NovaConfFacts.cpuMode", "NovaConfFacts.computeDriver");
		row("What the node is for", intent(this.facts.intent()), null, ASKED, "Intent.environment");
	}

	private void logs() {
		LogFacts logs = this.facts.logs();
		int known = logs.signatures().size();
		int other = logs.unexplained().size();
		String value = (known + other == 0) ? "none"
				: known + " documented, " + other + ((other == 1) ? " other kind" : " other kinds");
		row("Errors in logs", (logs.kernelLog() || logs.novaComputeLog()) ? value : null, EvidenceKind.NOVA_COMPUTE_LOG,
				"tail -n 5000 /var/log/nova/nova-compute.log");
	}

	private void row(String name, @Nullable String value, @Nullable EvidenceKind kind, String howTo, String... seenAs) {
		Map<String, List<EvidenceLine>> seen = this.facts.seen();
		EvidenceLine line = null;
		for (String key : seenAs) {
			List<EvidenceLine> lines = seen.getOrDefault(key, List.of());
			if (line == null && !lines.isEmpty()) {
				line = lines.get(0);
			}
		}
		row(name, value, kind, howTo, line);
	}

	private void row(String name, @Nullable String value, @Nullable EvidenceKind kind, String howTo,
			@Nullable EvidenceLine line) {
		String seenIn = (line == null) ? (value != null && kind != null) ? kind.title() : null
				: (line.line() > 0) ? line.source() + ", line " + line.line() : line.source();
		Instant age = (value != null) ? this.ages.of(kind, (line != null) ? line.source() : null) : null;
		this.rows.add(new FactRow(name, value, seenIn, age, howTo, !howTo.equals(ASKED)));
	}

	private static @Nullable String processor(CpuInfo cpu, Capabilities capabilities) {
		String name = (cpu.modelName() != null) ? cpu.modelName() : (cpu.vendorId() != null) ? cpu.vendorId()
				: (capabilities.cpuModel() != null) ? capabilities.cpuModel() + " by libvirt's names" : null;
		if (name == null || cpu.logicalCpus() < 1) {
			return name;
		}
		return name + ", " + cpu.logicalCpus() + ((cpu.logicalCpus() == 1) ? " processor shown" : " processors shown");
	}

	private static @Nullable String flag(CpuInfo cpu) {
		if (cpu.vmx() == Known.YES || cpu.svm() == Known.YES) {
			return (cpu.vmx() == Known.YES) ? "vmx is there" : "svm is there";
		}
		return (cpu.vmx() == Known.NO && cpu.svm() == Known.NO) ? "neither vmx nor svm" : null;
	}

	private static @Nullable String modules(KernelModules modules) {
		if (!modules.known()) {
			return null;
		}
		String loaded = modules.loaded()
			.stream()
			.filter((each) -> each.startsWith("kvm"))
			.collect(Collectors.joining(", "));
		return loaded.isEmpty() ? "none loaded" : loaded;
	}

	private static @Nullable String device(DevKvm device) {
		return switch (device.present()) {
			case UNKNOWN -> null;
			case NO -> "does not exist";
			case YES -> (device.mode() == null) ? "is there" : device.mode() + ((device.acl() == Known.YES) ? "+" : "")
					+ " " + orQuestion(device.owner()) + " " + orQuestion(device.group());
		};
	}

	private static String guests(DomainCapabilities kind) {
		String name = (kind.domain() != null) ? kind.domain() : "a guest";
		return (kind.hostModel() != null) ? name + ", host-model " + kind.hostModel() : name;
	}

	private static @Nullable String novaConf(NovaConfFacts conf) {
		if (!conf.known()) {
			return null;
		}
		if (!conf.parses()) {
			return "nova cannot read it" + ((conf.errorLine() != null) ? ", line " + conf.errorLine() : "");
		}
		return "virt_type " + orUnset(conf.virtType()) + ", cpu_mode " + orUnset(conf.cpuMode());
	}

	private static @Nullable String intent(Intent intent) {
		List<String> answers = new ArrayList<>();
		if (intent.environment() != Intent.Environment.UNKNOWN) {
			answers.add((intent.environment() == Intent.Environment.PRODUCTION) ? "production" : "lab");
		}
		add(answers, intent.liveMigration(), "live migration", "no live migration");
		add(answers, intent.nested(), "guests in guests", "no guests in guests");
		add(answers, intent.acceptEmulation(), "emulation accepted", "emulation not accepted");
		add(answers, intent.guestAgent(), "guest agent", "no guest agent");
		if (!intent.imageFormats().isEmpty()) {
			answers.add("images " + String.join(", ", intent.imageFormats()));
		}
		return answers.isEmpty() ? null : String.join("; ", answers);
	}

	private static void add(List<String> answers, Known known, String yes, String no) {
		if (known != Known.UNKNOWN) {
			answers.add((known == Known.YES) ? yes : no);
		}
	}

	private static @Nullable String word(Known known, String yes, String no) {
		return switch (known) {
			case YES -> yes;
			case NO -> no;
			case UNKNOWN -> null;
		};
	}

	private static String orQuestion(@Nullable String text) {
		return (text != null) ? text : "?";
	}

	private static String orUnset(@Nullable String value) {
		return (value != null) ? value : "unset";
	}

}
