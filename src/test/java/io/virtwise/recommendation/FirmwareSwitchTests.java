package io.virtwise.recommendation;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.HostSections;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.testing.Engine;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people and programs are told of the switch in firmware is what the rules conclude.
 */
class FirmwareSwitchTests {

	private static final Evidence.Item INTEL = new Evidence.Item(EvidenceKind.CPUINFO,
			"processor : 0\nvendor_id : GenuineIntel\nflags : fpu vmx\n");

	private static final Evidence.Item LOCKED_OFF = new Evidence.Item(EvidenceKind.PROBE,
			new HostSections().add("msr", "/dev/cpu/0/msr", "0000003a 01 00 00 00 00 00 00 00").text());

	private static final Evidence.Item LIBVIRT = new Evidence.Item(EvidenceKind.CAPABILITIES, """
			<capabilities><host><cpu><arch>x86_64</arch></cpu></host>
			<guest><os_type>hvm</os_type><arch name='x86_64'><domain type='kvm'/></arch></guest></capabilities>
			""");

	@Test
	void isOffWhereTheRegisterSaysSo() {
		NodeFacts facts = facts(INTEL, LOCKED_OFF);
		Assessment assessment = Engine.judge(facts);

		assertThat(FirmwareSwitch.in(assessment)).isEqualTo(Known.NO);
		assertThat(FirmwareSwitch.seen(facts, assessment)).map(EvidenceLine::source).contains("/dev/cpu/0/msr");
		AssessmentView view = AssessmentView.of(facts, assessment);
		assertThat(view.facts().firmwareVirtualization()).isEqualTo("off");
		assertThat(view.facts().unknown()).doesNotContain("firmwareVirtualization");
		assertThat(assessment.findings()).extracting(Assessment.Finding::rule).contains("P03");
	}

	@Test
	void isOnWhereLibvirtOffersKvmWhateverTheRegisterSays() {
		NodeFacts facts = facts(INTEL, LOCKED_OFF, LIBVIRT);
		Assessment assessment = Engine.judge(facts);

		assertThat(FirmwareSwitch.in(assessment)).isEqualTo(Known.YES);
		assertThat(FirmwareSwitch.seen(facts, assessment)).map(EvidenceLine::source).contains("virsh capabilities");
		assertThat(AssessmentView.of(facts, assessment).facts().firmwareVirtualization()).isEqualTo("on");
		assertThat(assessment.findings()).extracting(Assessment.Finding::rule).doesNotContain("P03");
	}

	@Test
	void isNotKnownWhereNothingTells() {
		NodeFacts facts = facts(INTEL);
		Assessment assessment = Engine.judge(facts);

		assertThat(FirmwareSwitch.in(assessment)).isEqualTo(Known.UNKNOWN);
		AssessmentView view = AssessmentView.of(facts, assessment);
		assertThat(view.facts().firmwareVirtualization()).isNull();
		assertThat(view.facts().unknown()).contains("firmwareVirtualization");
	}

	private static NodeFacts facts(Evidence.Item... items) {
		return Engine.read(new Evidence(new ArrayList<>(List.of(items)), "26", Intent.UNKNOWN));
	}

}
