package io.virtwise.rules;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.Corpus;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.testing.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real files of real nodes, read and assessed as the portal does it. What is expected was
 * written down from the files and the decision table.
 */
class CorpusAssessmentTests {

	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|', textBlock = """
			x86-intel-i7-1165g7-vmx     | undetermined | kvm | host-model       | S14 | V422
			x86-amd-epyc-7451-svm       | undetermined | kvm | host-model       | S14 | V422
			x86-intel-xeon-2.8-novmx    | blocked      | kvm | host-model       | S16 | S26
			x86-vm-qemu-skylake-novmx   | blocked      | kvm | host-model       | S16 | P20
			x86-vm-haswell-nested-vmx   | undetermined | kvm | host-model       | S14 | V423
			ppc64-power8e-powernv-160cpu| undetermined | kvm | host-model       | S28 | V422
			ppc64le-power8-pseries-lpar | blocked      | kvm | host-model       | S29 | S27
			ppc64le-power9-noplatform-onecpu | undetermined | - | -             | V421 | V423
			s390x-z-lpar-sie            | undetermined | kvm | host-model       | V422 | V423
			s390x-kvmguest-nosie        | blocked      | kvm | host-model       | S25 | S27
			aarch64-moonshot            | undetermined | kvm | host-passthrough | V422 | V423
			riscv64                     | undetermined | -   | -                | V421 | V423
			""")
	void judgesAProcessorAlone(String file, String verdict, String virtType, String cpuMode, String one, String other) {
		Assessment assessment = assess("26", Intent.UNKNOWN, EvidenceKind.CPUINFO, "cpuinfo/" + file + ".cpuinfo");

		assertThat(assessment.verdict().key()).isEqualTo(verdict);
		assertThat(assessment.recommendation().virtType()).isEqualTo(virtType);
		assertThat(assessment.recommendation().cpuMode()).isEqualTo(cpuMode);
		assertThat(assessment.findings()).extracting(Assessment.Finding::rule).contains(one, other);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			x86_64-haswell-kvm        | ready   | host-model
			x86_64-opteron-kvm        | ready   | host-model
			ppc64le-power8-kvm        | ready   | host-model
			s390x-kvm                 | ready   | host-model
			aarch64-neoverse-kvm      | ready   | host-passthrough
			x86_64-core2duo-qemu-only | blocked | host-model
			""")
	void takesLibvirtsWordAlone(String file, String verdict, String cpuMode) {
		Assessment assessment = assess("26", Intent.UNKNOWN, EvidenceKind.CAPABILITIES,
				"capabilities/" + file + ".xml");

		assertThat(assessment.verdict().key()).isEqualTo(verdict);
		assertThat(assessment.recommendation().virtType()).isEqualTo("kvm");
		assertThat(assessment.recommendation().cpuMode()).isEqualTo(cpuMode);
	}

	@Test
	void findsTheMissingModulesOfAnIntelNodeThatRunsOnQemu() {
		Assessment assessment = assess("mitaka", Intent.UNKNOWN, EvidenceKind.CPUINFO,
				"cpuinfo/x86-intel-e5-2690-vmx-prefixed.cpuinfo", EvidenceKind.MODULES, "lsmod/no-kvm.lsmod",
				EvidenceKind.DEV_KVM, "dev-kvm/absent.txt", EvidenceKind.NOVA_CONF,
				"nova.conf/nova-compute-qemu-debian.conf");

		assertThat(assessment.verdict()).isEqualTo(Verdict.BLOCKED);
		assertThat(assessment.sentence())
			.isEqualTo("This node cannot launch a guest, because the kernel module kvm is not loaded.");
		assertThat(assessment.findings()).extracting(Assessment.Finding::rule)
			.contains("S18", "S19", "P11", "S08", "S05")
			.doesNotContain("S20", "S16", "S15");
		assertThat(assessment.recommendation().virtType()).isEqualTo("kvm");
		Assessment.Finding module = assessment.findings()
			.stream()
			.filter((one) -> one.rule().equals("S19"))
			.findFirst()
			.orElseThrow();
		assertThat(module.evidence()).anySatisfy((line) -> assertThat(line).contains("GenuineIntel"))
			.anySatisfy((line) -> assertThat(line).contains(" vmx "))
			.anySatisfy((line) -> assertThat(line).startsWith("lsmod: none of kvm"))
			.noneSatisfy((line) -> assertThat(line).contains("compute_driver"));
	}

	@Test
	void aGuestWithoutNestingMayBeEmulatedOnceSomebodyAccepts() {
		Intent lab = new Intent(Intent.Environment.LAB, Known.UNKNOWN, Known.UNKNOWN, Known.YES, java.util.Set.of(),
				Known.UNKNOWN);

		Assessment assessment = assess("2024.1", lab, EvidenceKind.CPUINFO, "cpuinfo/x86-vm-qemu-skylake-novmx.cpuinfo",
				EvidenceKind.DOMAIN_CAPABILITIES, "domcapabilities/qemu-x86_64-qemu10.0.xml");

		assertThat(assessment.verdict()).isEqualTo(Verdict.READY);
		assertThat(assessment.novaConf()).isEqualToIgnoringWhitespace("""
				[DEFAULT]
				compute_driver = libvirt.LibvirtDriver
				[libvirt]
				virt_type = qemu
				cpu_mode = custom
				cpu_models = Nehalem
				""");
	}

	@Test
	void repeatsEveryAssessmentOfTheCorpusByteForByte() {
		List<NodeFacts> nodes = new ArrayList<>();
		for (String file : Corpus.files("nova.conf")) {
			nodes.add(facts("26", Intent.UNKNOWN, EvidenceKind.NOVA_CONF, file, EvidenceKind.CPUINFO,
					"cpuinfo/x86-amd-epyc-7451-svm.cpuinfo"));
		}
		List<String> first = nodes.stream().map((facts) -> Engine.judge(facts).toString()).toList();

		assertThat(nodes.parallelStream().map((facts) -> Engine.judge(facts).toString()).toList()).isEqualTo(first);
		assertThat(Engine.judge(nodes.get(0)).rulebase().revision()).isEqualTo(1);
		assertThat(Engine.judge(nodes.get(0)).rulebase().sha256()).matches("[0-9a-f]{64}");
	}

	@Test
	void everyChainOfTheCorpusEndsInEvidenceAndNoRulesDisagree() {
		List<NodeFacts> nodes = new ArrayList<>();
		for (String file : Corpus.files("cpuinfo")) {
			nodes.add(facts("26", Intent.UNKNOWN, EvidenceKind.CPUINFO, file));
			nodes.add(facts("13", Intent.UNKNOWN, EvidenceKind.CPUINFO, file, EvidenceKind.MODULES,
					"lsmod/no-kvm.lsmod", EvidenceKind.DEV_KVM, "dev-kvm/absent.txt", EvidenceKind.NOVA_CONF,
					"nova.conf/nova-compute-qemu-debian.conf"));
		}
		for (String file : Corpus.files("capabilities")) {
			nodes.add(facts("31", Intent.UNKNOWN, EvidenceKind.CAPABILITIES, file));
		}
		for (String file : Corpus.files("domcapabilities")) {
			nodes.add(facts("31", Intent.UNKNOWN, EvidenceKind.DOMAIN_CAPABILITIES, file));
		}
		for (String file : Corpus.files("nova.conf")) {
			nodes.add(facts("20", Intent.UNKNOWN, EvidenceKind.NOVA_CONF, file, EvidenceKind.CPUINFO,
					"cpuinfo/x86-intel-e5-2690-vmx-prefixed.cpuinfo"));
		}
		for (NodeFacts node : nodes) {
			Assessment assessment = Engine.judge(node);
			assertThat(Chains.faults(assessment)).as("%s", node).isEmpty();
			assertThat(assessment.conflicts()).as("%s", node).isEmpty();
			assertThat(assessment.findings()
				.stream()
				.flatMap((finding) -> finding.cause().stream())
				.flatMap((link) -> link.sources().stream())
				.filter((source) -> source.how() == Assessment.How.TOLD))
				.as("no fact of a real file is told without its line: %s", node)
				.isEmpty();
		}
	}

	private static Assessment assess(String release, Intent intent, Object... kindsAndFiles) {
		return Engine.judge(facts(release, intent, kindsAndFiles));
	}

	private static NodeFacts facts(String release, Intent intent, Object... kindsAndFiles) {
		List<Evidence.Item> items = new ArrayList<>();
		for (int at = 0; at < kindsAndFiles.length; at += 2) {
			items.add(new Evidence.Item((EvidenceKind) kindsAndFiles[at], Corpus.text((String) kindsAndFiles[at + 1])));
		}
		return Engine.read(new Evidence(items, release, intent));
	}

}
