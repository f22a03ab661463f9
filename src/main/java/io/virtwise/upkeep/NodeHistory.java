package io.virtwise.upkeep;

import java.time.Instant;

/**
 * What was set on a node at any date, by whom, approved by whom, under which revision of
 * the rulebase and with which facts.
 */
public interface NodeHistory {

	/**
	 * How the node stood at this moment.
	 * @throws io.virtwise.shared.Refused if there is no such node, or the moment has not
	 * come yet
	 */
	NodeMoment at(String nodeId, Instant at);

	/** How it stands now. */
	NodeMoment now(String nodeId);

}
