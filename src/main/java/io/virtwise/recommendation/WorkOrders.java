package io.virtwise.recommendation;

import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.workorder.WorkOrder;
import io.virtwise.recommendation.workorder.WorkPlace;
import io.virtwise.rules.Assessment;

/**
 * Turns what the rules say about a node into an order of work.
 */
public interface WorkOrders {

	/**
	 * The steps that this assessment asks for.
	 * @param place where they are to be done
	 */
	WorkOrder of(WorkPlace place, NodeFacts facts, Assessment assessment);

}
