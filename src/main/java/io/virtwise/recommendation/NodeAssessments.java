package io.virtwise.recommendation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.rules.Verdict;

/**
 * The stored assessments of the registered nodes.
 */
public interface NodeAssessments {

	/** The latest assessment of this node, if it ever was assessed. */
	Optional<NodeAssessment> latest(String nodeId);

	/**
	 * The latest assessments of this node, newest first.
	 * @param limit how many at the most
	 */
	List<NodeAssessment> history(String nodeId, int limit);

	/**
	 * How many registered nodes have which verdict by their latest assessment. Every
	 * verdict is there, also with 0; nodes that were never assessed are in none.
	 */
	Map<Verdict, Long> countsByVerdict();

	/**
	 * Reads the node over libvirt, merges what was handed in earlier, stores facts and
	 * assessment, and publishes {@link NodeAssessed}.
	 * @return what was stored
	 * @throws io.virtwise.node.NodeFailure if the node cannot be read in time
	 * @throws io.virtwise.shared.Refused if there is no such node
	 */
	NodeAssessment probe(String nodeId);

	/**
	 * The same for the portal itself, which asks for no right: for work that no person
	 * does, such as reading a node again whose file was found changed.
	 */
	NodeAssessment renew(String nodeId);

}
