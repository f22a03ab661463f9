package io.virtwise.rules;

import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment.RulebaseRevision;

/**
 * A rulebase that was checked and built, whether or not it is the active one. Safe to
 * call from many threads; freed when nobody holds it.
 */
public interface CompiledRulebase {

	/** Which one it is. */
	RulebaseRevision revision();

	/** All rules as they are written, by id. */
	List<RuleText> rules();

	/** The assessment of these facts by these rules. */
	Assessment assess(NodeFacts facts);

	/** The same decisions without what they rest on, for whoever judges many nodes. */
	Assessment judge(NodeFacts facts);

}
