package io.virtwise.rules;

import java.util.List;

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

	/**
	 * The same for variants of one node that differ in their nova release and nothing
	 * else, each in its place. Releases between which no rule that comes into question
	 * makes a difference cost one run.
	 */
	default List<Assessment> judge(List<NodeFacts> variants) {
		return variants.stream().map(this::judge).toList();
	}

	/** The rulebase that is active now. */
	Assessment.RulebaseRevision rulebase();

}
