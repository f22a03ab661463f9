package io.virtwise.rules.internal;

import java.util.Random;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.internal.network.ReleaseTrail;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a rulebase, built: finds those that match and has them fire. Safe to call
 * from many threads.
 */
interface Matching {

	/**
	 * Fires every rule that matches, conclusions before advice.
	 * @param facts of a node
	 * @param firing takes the rules that fire
	 * @param order in which facts are handed over, {@code null} for their own
	 */
	void match(NodeFacts facts, Fired firing, @Nullable Random order);

	/**
	 * The same, and what was asked of the release; {@code null} where nobody noted it.
	 */
	default @Nullable ReleaseTrail trail(NodeFacts facts, Fired firing) {
		match(facts, firing, null);
		return null;
	}

}
