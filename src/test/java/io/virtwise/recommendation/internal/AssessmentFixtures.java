package io.virtwise.recommendation.internal;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.recommendation.FactSource;
import io.virtwise.rules.Assessment;

/**
 * Stored assessments as tests of pages need them.
 */
public final class AssessmentFixtures {

	private AssessmentFixtures() {
	}

	/** An assessment of facts that were all seen at one time. */
	public static StoredAssessment stored(String nodeId, Instant at, NodeReading reading, NodeFacts facts,
			Assessment assessment) {
		HeldEvidence evidence = HeldEvidence.NONE.with(
				new Evidence(List.of(new Evidence.Item(EvidenceKind.CPUINFO, "flags : vmx"),
						new Evidence.Item(EvidenceKind.NOVA_CONF, "[libvirt]")), null, Intent.UNKNOWN),
				Set.of(), at, FactSource.LIBVIRT);
		return new StoredAssessment("a1", nodeId, "s1", at, FactSource.LIBVIRT, evidence, evidence.hash(null), facts,
				HostReading.of(reading, at), assessment,
				List.of(new Counterfactual(List.of("load kvm_intel"), "kvm", "host-model", "ready")));
	}

}
