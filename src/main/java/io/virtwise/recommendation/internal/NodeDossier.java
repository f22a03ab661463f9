package io.virtwise.recommendation.internal;

import java.time.Instant;
import java.util.Optional;

import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people may read about one node: its latest assessment, its history, where it
 * stands.
 */
@Service
@PreAuthorize("hasAuthority('node:read')")
@Transactional(readOnly = true)
public class NodeDossier {

	private final Nodes nodes;

	private final AssessmentStore store;

	NodeDossier(Nodes nodes, AssessmentStore store) {
		this.nodes = nodes;
		this.store = store;
	}

	/**
	 * The node itself.
	 * @throws Refused if there is none
	 */
	public Node node(String nodeId) {
		return this.nodes.get(nodeId);
	}

	/** Where it stands. */
	public NodeStanding standing(String nodeId) {
		return this.store.standing(nodeId);
	}

	/** Its latest assessment, if it ever was assessed. */
	public Optional<StoredAssessment> latest(String nodeId) {
		return this.store.latest(nodeId);
	}

	/** Its latest assessment at this moment, if it had been assessed by then. */
	public Optional<StoredAssessment> at(String nodeId, Instant at) {
		return this.store.at(nodeId, at);
	}

	/**
	 * One page of its assessments, newest first, with what they rest on left out.
	 * @throws Refused if there is no such node
	 */
	public Slice<HistoryEntry> history(String nodeId, SliceRequest request) {
		this.nodes.get(nodeId);
		return new Slice<>(this.store.history(nodeId, request), request.page(), request.size(),
				this.store.count(nodeId));
	}

}
