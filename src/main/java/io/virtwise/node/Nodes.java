package io.virtwise.node;

import java.util.List;
import java.util.Optional;

/**
 * The registered nodes.
 */
public interface Nodes {

	/**
	 * The node with this id.
	 * @throws io.virtwise.shared.Refused if there is none
	 */
	Node get(String id);

	/** The node with this id, if there is one. */
	Optional<Node> find(String id);

	/** The nodes with these ids, in that order; unknown ids are left out. */
	List<Node> findAll(List<String> ids);

	/** How many nodes are registered. */
	long count();

}
