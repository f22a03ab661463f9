package io.virtwise.rules.internal;

import java.util.Map;

import io.virtwise.rules.Assessment;
import io.virtwise.rules.Severity;
import io.virtwise.rules.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes on which all is well are left alone: ready, nothing to do, and few words.
 */
class HealthyNodesTests {

	private static final String EVERYTHING = """
			novaConf: { computeDriver: libvirt.LibvirtDriver, virtType: kvm }
			options: { DEFAULT/force_raw_images: 'True', libvirt/images_type: rbd, compute/cpu_dedicated_set: '' }
			intent: { environment: PRODUCTION, liveMigration: false, nested: false, imageFormats: [raw, qcow2] }
			parameters: { nestedIntel: true, nestedAmd: true, ept: true, apicv: true, ignoreMsrs: false }
			persistence: { kvm: true, kvmIntel: true, kvmAmd: true, kvmHv: true, vhostNet: true, blacklisted: false, nestedOption: false }
			qemuUser: { name: qemu, uid: 107, gid: 107, groups: ['36'], deviceGid: 36, inContainer: false }
			devices: { vhostNet: true, tun: true }
			cgroups: { version: 2 }
			software: { os: rhel, osMajor: 9, kernelVersion: 5.14.0, libvirtVersion: 10.0.0, qemuVersion: 9.0.0, novaCompute: true, qemuKvm: true, guestmount: true }
			state: { memoryMib: 262144, smt: false, selinuxEnforcing: true, container: false, kernelImageReadable: true }
			guests: { running: 12 }
			""";

	@ParameterizedTest
	@CsvSource({ "intel, 13", "intel, 19", "intel, 20", "intel, 26", "intel, 33", "amd, 13", "amd, 31", "powernv, 13",
			"powernv, 31", "arm, 17", "arm, 31", "s390, 13", "s390, 31" })
	void areReadyWithNothingToDo(String base, String release) {
		Assessment assessment = assess(base, release, EVERYTHING);

		assertThat(assessment.verdict()).isEqualTo(Verdict.READY);
		assertThat(assessment.findings()).allSatisfy((finding) -> {
			assertThat(finding.severity()).as(finding.rule()).isEqualTo(Severity.INFO);
			assertThat(finding.requires()).as(finding.rule()).isEmpty();
		}).hasSizeLessThan(12);
		assertThat(assessment.conflicts()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "intel, 26", "amd, 26", "intel, 13" })
	void areReadyWhereGuestsMoveOrNest(String base, String release) {
		Assessment moving = assess(base, release, EVERYTHING.replace("liveMigration: false", "liveMigration: true"));
		Assessment nesting = assess(base, release, EVERYTHING.replace("nested: false", "nested: true"));

		assertThat(moving.verdict()).isEqualTo(Verdict.READY);
		assertThat(moving.findings()).filteredOn((finding) -> finding.severity() != Severity.INFO)
			.extracting(Assessment.Finding::rule)
			.containsExactly("P39");
		assertThat(nesting.verdict()).isEqualTo(Verdict.READY);
		assertThat(nesting.findings()).filteredOn((finding) -> finding.severity() != Severity.INFO)
			.extracting(Assessment.Finding::rule)
			.containsExactly(base.equals("amd") ? "V896" : "P47");
	}

	private static Assessment assess(String base, String release, String given) {
		Map<String, Object> facts = CaseFacts.map(yaml().load(given));
		facts.put("release", release);
		return Assessments.of(Assessments.SHIPPED, CaseFacts
			.of(CaseFacts.map(CaseFacts.map(yaml().load(ShippedRules.baseNodes().text())).get(base)), facts));
	}

	private static Yaml yaml() {
		return new Yaml(new SafeConstructor(new LoaderOptions()));
	}

}
