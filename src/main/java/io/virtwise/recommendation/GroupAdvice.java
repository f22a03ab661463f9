package io.virtwise.recommendation;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What nodes should run so that guests can move between all nodes of their group. A
 * node's own recommendation knows of no other node and is never changed by this.
 */
public interface GroupAdvice {

	/** By id of the node; nodes that are in no group are left out. */
	Map<String, GroupLines> of(Collection<String> nodeIds);

	/**
	 * Ids of the nodes of a group whose nova.conf needs other lines for it.
	 * @throws io.virtwise.shared.Refused if no node is in a group of that name
	 */
	List<String> toChange(String group);

}
