package io.virtwise.rules;

import java.util.List;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.testing.Engine;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A finding about an option shows the line of nova.conf that it rests on, and the change
 * that mends it.
 */
class OptionEvidenceTests {

	private static final String FILE = """
			[DEFAULT]
			compute_driver = libvirt.LibvirtDriver
			force_raw_images = no
			libvirt_type: kvm
			vcpu_pin_set = "4-12,^8"
			[compute]
			cpu_dedicated_set = 4-7
			[libvirt]
			virt_type = kvm
			images_type = rbd
			cpu_mode = custom
			cpu_models = SandyBridge
			cpu_model_extra_flags = aes, -hle
			""";

	@Test
	void showsTheLinesOfOptions() {
		Assessment assessment = assess();

		assertThat(evidence(assessment, "P52")).contains("nova.conf line 3: force_raw_images = no",
				"nova.conf line 10: images_type = rbd");
		assertThat(evidence(assessment, "P54")).contains("nova.conf line 4: libvirt_type = kvm");
		assertThat(evidence(assessment, "V842")).contains("nova.conf line 7: cpu_dedicated_set = 4-7");
		assertThat(evidence(assessment, "V825")).contains("nova.conf line 13: cpu_model_extra_flags = aes, -hle");
	}

	@Test
	void rendersTheChangeWithoutADoubt() {
		Assessment assessment = assess();

		assertThat(assessment.conflicts()).isEmpty();
		assertThat(assessment.recommendation().settings()).extracting((one) -> one.setting().toString())
			.anySatisfy((line) -> assertThat(line).contains("force_raw_images").contains("True"))
			.anySatisfy((line) -> assertThat(line).contains("libvirt_type"))
			.anySatisfy((line) -> assertThat(line).contains("vcpu_pin_set"));
		assertThat(assessment.verdict()).isEqualTo(Verdict.BLOCKED);
	}

	private static List<String> evidence(Assessment assessment, String rule) {
		return assessment.findings()
			.stream()
			.filter((one) -> one.rule().equals(rule))
			.findFirst()
			.orElseThrow(() -> new AssertionError(rule + " did not speak: " + assessment.findings()))
			.evidence();
	}

	private static Assessment assess() {
		Evidence evidence = new Evidence(List.of(new Evidence.Item(EvidenceKind.NOVA_CONF, FILE),
				new Evidence.Item(EvidenceKind.CPUINFO, """
						vendor_id	: GenuineIntel
						flags		: fpu vmx aes
						"""), new Evidence.Item(EvidenceKind.MODULES, "kvm_intel 1 0\nkvm 1 1 kvm_intel\n"),
				new Evidence.Item(EvidenceKind.DEV_KVM, "crw-rw---- 1 root kvm 10, 232 Nov 25 12:00 /dev/kvm\n")), "26",
				Intent.UNKNOWN);
		return Engine.judge(evidence);
	}

}
