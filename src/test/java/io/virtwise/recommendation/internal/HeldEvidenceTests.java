package io.virtwise.recommendation.internal;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.recommendation.FactSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeldEvidence}.
 */
class HeldEvidenceTests {

	private static final Instant EARLIER = Instant.parse("2026-11-20T10:00:00Z");

	private static final Instant LATER = Instant.parse("2026-11-22T10:00:00Z");

	private static final Evidence NOTHING = new Evidence(List.of(), null, Intent.UNKNOWN);

	@Test
	void keepsWhatLibvirtCannotReadBesideWhatItReads() {
		HeldEvidence held = HeldEvidence.NONE
			.with(NOTHING.with(EvidenceKind.MODULES, "lsmod", "kvm 1 0")
				.with(EvidenceKind.NOVA_CONF, "nova.conf", "old"), Set.of(), EARLIER, FactSource.SUBMITTED)
			.with(NOTHING.with(EvidenceKind.CAPABILITIES, "virsh capabilities", "<x/>")
				.with(EvidenceKind.NOVA_CONF, "/etc/nova/nova.conf", "new"), Set.of(), LATER, FactSource.LIBVIRT);

		assertThat(held.items()).containsExactly(
				new HeldEvidence.Item(EvidenceKind.MODULES, "lsmod", "kvm 1 0", EARLIER, FactSource.SUBMITTED),
				new HeldEvidence.Item(EvidenceKind.CAPABILITIES, "virsh capabilities", "<x/>", LATER,
						FactSource.LIBVIRT),
				new HeldEvidence.Item(EvidenceKind.NOVA_CONF, "/etc/nova/nova.conf", "new", LATER, FactSource.LIBVIRT));
	}

	@Test
	void replacesAllTextsOfKindTogether() {
		Evidence two = NOTHING.with(EvidenceKind.DOMAIN_CAPABILITIES, "kvm", "a")
			.with(EvidenceKind.DOMAIN_CAPABILITIES, "qemu", "b");
		Evidence one = NOTHING.with(EvidenceKind.DOMAIN_CAPABILITIES, "qemu", "c");

		HeldEvidence held = HeldEvidence.NONE.with(two, Set.of(), EARLIER, FactSource.LIBVIRT)
			.with(one, Set.of(), LATER, FactSource.LIBVIRT);

		assertThat(held.items()).extracting(HeldEvidence.Item::text).containsExactly("c");
	}

	@Test
	void dropsOlderTextsOfWhatTheCollectorTellsAnew() {
		HeldEvidence held = HeldEvidence.NONE
			.with(NOTHING.with(EvidenceKind.MODULES, "lsmod", "old").with(EvidenceKind.CAPABILITIES, "virsh", "<x/>"),
					Set.of(), EARLIER, FactSource.SUBMITTED)
			.with(NOTHING.with(EvidenceKind.COLLECTOR, "collector output", "…"), Set.of(EvidenceKind.MODULES), LATER,
					FactSource.SUBMITTED);

		assertThat(held.items()).extracting(HeldEvidence.Item::kind)
			.containsExactly(EvidenceKind.CAPABILITIES, EvidenceKind.COLLECTOR);
	}

	@Test
	void takesAnEmptyTextForKnowledge() {
		HeldEvidence held = HeldEvidence.NONE
			.with(NOTHING.with(EvidenceKind.MODULES, "lsmod", "kvm 1 0"), Set.of(), EARLIER, FactSource.SUBMITTED)
			.with(NOTHING.with(EvidenceKind.MODULES, "lsmod", ""), Set.of(), LATER, FactSource.SUBMITTED);

		assertThat(held.newest(EvidenceKind.MODULES)).hasValueSatisfying((item) -> assertThat(item.text()).isEmpty());
	}

	@Test
	void keepsEarlierAnswersWhereNobodyAnsweredAgain() {
		Intent first = new Intent(Intent.Environment.PRODUCTION, Known.YES, Known.UNKNOWN, Known.NO, Set.of("raw"),
				Known.UNKNOWN);
		Intent second = new Intent(Intent.Environment.UNKNOWN, Known.NO, Known.YES, Known.UNKNOWN, Set.of(),
				Known.UNKNOWN);

		HeldEvidence held = HeldEvidence.NONE
			.with(new Evidence(List.of(), "mitaka", first), Set.of(), EARLIER, FactSource.SUBMITTED)
			.with(new Evidence(List.of(), null, second), Set.of(), LATER, FactSource.SUBMITTED);

		assertThat(held.intent()).isEqualTo(
				new Intent(Intent.Environment.PRODUCTION, Known.NO, Known.YES, Known.NO, Set.of("raw"), Known.UNKNOWN));
		assertThat(held.toEvidence(null).release()).isEqualTo("mitaka");
		assertThat(held.toEvidence("13").release()).isEqualTo("13");
	}

	@Test
	void takesBackAnAnswerThatWasLeftOpenOnPurpose() {
		Intent first = new Intent(Intent.Environment.PRODUCTION, Known.YES, Known.YES, Known.NO, Set.of("raw"),
				Known.YES);

		HeldEvidence held = HeldEvidence.NONE
			.with(new Evidence(List.of(), null, first), Set.of(), EARLIER, FactSource.SUBMITTED)
			.with(new Evidence(List.of(), null, Intent.UNKNOWN,
					Set.of("intent.environment", "intent.nested", "intent.image-formats", "intent.guest-agent")),
					Set.of(), LATER, FactSource.SUBMITTED);

		assertThat(held.intent()).isEqualTo(
				new Intent(Intent.Environment.UNKNOWN, Known.YES, Known.UNKNOWN, Known.NO, Set.of(), Known.UNKNOWN));
	}

	@Test
	void hashesWhatItRestsOnButNotWhenItWasSeen() {
		Evidence evidence = NOTHING.with(EvidenceKind.MODULES, "lsmod", "kvm");
		HeldEvidence early = HeldEvidence.NONE.with(evidence, Set.of(), EARLIER, FactSource.SUBMITTED);
		HeldEvidence late = HeldEvidence.NONE.with(evidence, Set.of(), LATER, FactSource.LIBVIRT);

		assertThat(early.hash(null)).isEqualTo(late.hash(null));
		assertThat(early.hash("13")).isNotEqualTo(early.hash(null));
		assertThat(HeldEvidence.NONE
			.with(NOTHING.with(EvidenceKind.MODULES, "lsmo", "dkvm"), Set.of(), EARLIER, FactSource.SUBMITTED)
			.hash(null)).isNotEqualTo(early.hash(null));
	}

}
