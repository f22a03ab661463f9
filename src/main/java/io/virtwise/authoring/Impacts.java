package io.virtwise.authoring;

import java.time.Duration;
import java.util.Optional;

import io.virtwise.authoring.Impact.Kind;
import io.virtwise.authoring.ImpactChange.ChangedNode;
import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what drafts would change on the fleet.
 */
public interface Impacts {

	/**
	 * Judges the fleet by the draft, or joins the run that does so already.
	 * @throws io.virtwise.shared.Refused if the draft has errors
	 */
	Impact start(String draft);

	/** The latest run, after it ended or after that time. */
	Impact await(String draft, Duration patience);

	/** The latest run of a draft, if there ever was one. */
	Optional<Impact> latest(String draft);

	/**
	 * Whether a run is over and nothing moved since: not the draft, the revision in
	 * force, or the fleet.
	 */
	boolean current(Impact impact);

	/** Ends a run before it is done. */
	Impact cancel(String draft);

	/** Nodes that get another result, by name; of one kind or of all. */
	Slice<ChangedNode> nodes(Impact impact, @Nullable Kind kind, SliceRequest request);

	/**
	 * A node's latest facts judged by both.
	 * @throws io.virtwise.shared.Refused if there is no such node, or it has no facts
	 */
	Traces traces(String draft, String nodeId);

	/**
	 * A node under the revision in force and under a draft.
	 *
	 * @param nodeName what the node is called
	 * @param facts its facts
	 * @param before what the revision in force says
	 * @param after what the draft says
	 */
	record Traces(String nodeName, NodeFacts facts, Assessment before, Assessment after) {
	}

}
