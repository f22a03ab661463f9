package io.virtwise.recommendation.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.virtwise.recommendation.NodePast;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.recommendation.internal.StoredAssessment;
import io.virtwise.shared.SliceRequest;
import org.springframework.stereotype.Component;

/**
 * Tells other rooms of earlier assessments, in the words of this room's pages.
 */
@Component
class PastAssessments implements NodePast {

	private final NodeDossier dossier;

	PastAssessments(NodeDossier dossier) {
		this.dossier = dossier;
	}

	@Override
	public Optional<Moment> at(String nodeId, Instant at) {
		return this.dossier.at(nodeId, at).map(PastAssessments::moment);
	}

	@Override
	public List<Assessed> assessments(String nodeId, int limit) {
		return this.dossier.history(nodeId, new SliceRequest(0, limit, null, false))
			.items()
			.stream()
			.map((entry) -> new Assessed(entry.assessedAt(), entry.source().words(), entry.verdict().key(),
					entry.sentence(), entry.rulebaseRevision()))
			.toList();
	}

	private static Moment moment(StoredAssessment stored) {
		return new Moment(stored.published(),
				FactRows.of(stored.facts(), stored.assessment(), EvidenceAges.of(stored.evidence()))
					.stream()
					.map((row) -> new Fact(row.name(), row.value(), row.seenIn(), row.seenAt()))
					.toList(),
				FindingView.of(stored.assessment())
					.stream()
					.map((finding) -> new Found(finding.rule(), finding.severity(), finding.title()))
					.toList());
	}

}
