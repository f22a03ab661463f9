package io.virtwise.recommendation;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import org.springframework.stereotype.Service;

/**
 * Reads evidence and has the rules judge it. Stores nothing.
 */
@Service
public class EvidenceAssessor {

	private final FactReader reader;

	private final Advisor advisor;

	private final Counterfactuals counterfactuals;

	private final ReleaseRanges releases;

	public EvidenceAssessor(FactReader reader, Advisor advisor, Counterfactuals counterfactuals,
			ReleaseRanges releases) {
		this.reader = reader;
		this.advisor = advisor;
		this.counterfactuals = counterfactuals;
		this.releases = releases;
	}

	/** What the rules say about this evidence. */
	public Assessed assess(Evidence evidence) {
		NodeFacts facts = this.reader.read(evidence);
		Assessment assessment = this.advisor.assess(facts);
		return new Assessed(facts, UnknownRelease.settle(assessment, this.releases.of(facts)),
				this.counterfactuals.of(facts, assessment));
	}

}
