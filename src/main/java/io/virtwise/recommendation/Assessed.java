package io.virtwise.recommendation;

import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;

/**
 * Evidence that was read and judged, of which nothing is stored.
 *
 * @param facts what was understood
 * @param assessment what the rulebase says about it
 * @param counterfactuals what it would say with some facts changed
 */
public record Assessed(NodeFacts facts, Assessment assessment, List<Counterfactual> counterfactuals) {

	public Assessed {
		counterfactuals = List.copyOf(counterfactuals);
	}

	/** The same as the HTTP contract shows it. */
	public AssessmentView view() {
		return AssessmentView.of(this.facts, this.assessment, this.counterfactuals);
	}

}
