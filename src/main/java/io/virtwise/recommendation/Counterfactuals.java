package io.virtwise.recommendation;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;

import java.util.List;

/**
 * Answers "what would have to be different?" by running the rules again on changed facts.
 */
public interface Counterfactuals {

	/**
	 * The smallest sets of changes that would let this node launch guests, those that end
	 * with KVM first, and last, where none of them makes it ready with kvm, what stays in
	 * the way. Empty only for a node that is ready already, other than with qemu.
	 */
	List<Counterfactual> of(NodeFacts facts, Assessment present);

}
