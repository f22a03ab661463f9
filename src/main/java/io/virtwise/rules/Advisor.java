package io.virtwise.rules;

import io.virtwise.facts.NodeFacts;

/**
 * Runs the active rulebase on the facts of one node. Safe to call from many threads.
 */
public interface Advisor {

	/** The assessment of these facts. */
	Assessment assess(NodeFacts facts);

	/** The rulebase that is active now. */
	Assessment.RulebaseRevision rulebase();

}
