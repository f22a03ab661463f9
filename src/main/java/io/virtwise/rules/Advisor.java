package io.virtwise.rules;

import io.virtwise.facts.NodeFacts;

/**
 * Runs the active rulebase on the facts of one node. Safe to call from many threads.
 */
public interface Advisor {

	/** The assessment of these facts. */
	Assessment assess(NodeFacts facts);

	/**
	 * The same decisions without what they rest on: no evidence, no causes. For whoever
	 * asks about many variants of a node and shows none of that.
	 */
	default Assessment judge(NodeFacts facts) {
		return assess(facts);
	}

	/** The rulebase that is active now. */
	Assessment.RulebaseRevision rulebase();

}
