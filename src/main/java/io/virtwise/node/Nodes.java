package io.virtwise.node;

import java.util.List;
import java.util.Optional;

import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;

/**
 * The registered nodes. A node that was removed is not among them.
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

	/**
	 * One page of the nodes that match, by name unless the request sorts otherwise.
	 * @param request sorts by name, host, group, release or createdAt
	 */
	Slice<Node> list(NodeQuery query, SliceRequest request);

	/** How many nodes are registered. */
	long count();

}
