package io.virtwise.recommendation.internal;

import java.time.Instant;
import java.util.List;

import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.recommendation.FactSource;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.recommendation.NovaFile;
import io.virtwise.rules.Assessment;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * An assessment with everything that it rests on.
 *
 * @param id opaque
 * @param nodeId the node
 * @param snapshotId the snapshot of its facts
 * @param assessedAt when
 * @param source how the newest of its facts came in
 * @param evidence all evidence that was held then
 * @param evidenceHash hash over it
 * @param facts what was read from it
 * @param reading what the last probe before it learned, {@code null} before the first
 * @param assessment what the rulebase said
 * @param counterfactuals what it would have said with some facts changed
 */
public record StoredAssessment(String id, String nodeId, String snapshotId, Instant assessedAt, FactSource source,
		HeldEvidence evidence, ContentHash evidenceHash, NodeFacts facts, @Nullable HostReading reading,
		Assessment assessment, List<Counterfactual> counterfactuals) {

	public StoredAssessment {
		counterfactuals = List.copyOf(counterfactuals);
	}

	/** The same as other rooms see it. */
	public NodeAssessment published() {
		HostReading last = this.reading;
		return new NodeAssessment(this.id, this.nodeId, this.assessedAt, this.source.key(), this.evidenceHash,
				this.assessment.rulebase().revision(), this.assessment.rulebase().sha256(),
				this.assessment.verdict().key(), this.assessment.sentence(), Reasons.of(this.assessment),
				(last != null) ? last.novaConfBytes() : null, (last != null) ? last.runningGuests() : List.of(),
				Reasons.requires(this.assessment), novaFiles());
	}

	/**
	 * What the collector prints has its secrets masked, so only a probe's texts count.
	 */
	private @Nullable List<NovaFile> novaFiles() {
		List<HeldEvidence.Item> read = this.evidence.items()
			.stream()
			.filter((item) -> item.kind() == EvidenceKind.NOVA_CONF)
			.toList();
		if (read.isEmpty() || read.stream().anyMatch((item) -> item.from() != FactSource.LIBVIRT)) {
			return null;
		}
		return read.stream().skip(1).map((item) -> new NovaFile(item.source(), item.text())).toList();
	}

}
