package io.virtwise.change.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.virtwise.change.ChangeRequest;
import io.virtwise.change.PlannedNode;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.recommendation.NodeAssessments;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;

import org.springframework.stereotype.Component;

/**
 * Says what has moved under a plan since it was made: nodes, facts, rulebase.
 */
@Component
class Freshness {

	private static final int NAMED = 5;

	private final Nodes nodes;

	private final NodeAssessments assessments;

	Freshness(Nodes nodes, NodeAssessments assessments) {
		this.nodes = nodes;
		this.assessments = assessments;
	}

	/**
	 * Lets pass what is still what was planned.
	 * @throws Refused naming what moved
	 */
	void require(ChangeRequest change) {
		ContentHash stored = ChangeRequest.contentOf(change.nodes(), change.rulebaseRevision(),
				change.rulebaseSha256());
		if (!stored.equals(change.content())) {
			throw Refused.conflict("content-changed", "The stored content of " + change.name() + " hashes to " + stored
					+ ", but it was planned as " + change.content() + ". Nothing is done; plan it again.");
		}
		List<String> moved = moved(change);
		if (!moved.isEmpty()) {
			String more = (moved.size() > NAMED) ? "; and " + (moved.size() - NAMED) + " more" : "";
			throw Refused.conflict("content-changed", change.name() + " is not up to date any more: "
					+ String.join("; ", moved.subList(0, Math.min(NAMED, moved.size()))) + more + ". Plan it again.");
		}
	}

	/** What moved, a sentence part each. */
	List<String> moved(ChangeRequest change) {
		return change.nodes().stream().flatMap((planned) -> moved(change, planned).stream()).toList();
	}

	/** What moved on one node. */
	List<String> moved(ChangeRequest change, PlannedNode planned) {
		Node node = this.nodes.find(planned.nodeId()).orElse(null);
		if (node == null) {
			return List.of(planned.nodeName() + " is no longer registered");
		}
		List<String> moved = new ArrayList<>();
		String target = PlannedNode.targetOf(node);
		if (!target.equals(planned.target())) {
			moved.add(planned.nodeName() + " is reached as " + target + " now, and was as " + planned.target());
		}
		if (!planned.placement().fits(node)) {
			moved.add("nova.conf of " + planned.nodeName() + " is " + node.novaConfPath() + " now");
		}
		this.assessments.latest(planned.nodeId()).ifPresent((latest) -> moved.addAll(moved(change, planned, latest)));
		return moved;
	}

	/** What moved on one node by its latest assessment. */
	static List<String> moved(ChangeRequest change, PlannedNode planned, NodeAssessment latest) {
		List<String> moved = new ArrayList<>();
		byte[] file = latest.novaConf();
		// the bytes before of a drop-in are another file's; nova.conf is part of the
		// facts then
		if (file != null && !planned.placement().dropIn() && !Arrays.equals(file, planned.before())) {
			moved.add("nova.conf of " + planned.nodeName() + " was read again at " + latest.assessedAt()
					+ " and is another one");
		}
		else if (!latest.facts().equals(planned.facts())) {
			moved.add("facts of " + planned.nodeName() + " came in at " + latest.assessedAt() + " and are others");
		}
		if (!latest.rulebaseSha256().equals(change.rulebaseSha256())) {
			moved.add(planned.nodeName() + " was assessed by revision " + latest.rulebaseRevision()
					+ " of the rulebase, and this rests on revision " + change.rulebaseRevision());
		}
		return moved;
	}

}
