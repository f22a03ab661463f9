package io.virtwise.rollout.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.virtwise.change.ChangeLifecycle;
import io.virtwise.change.ChangeProgress;
import io.virtwise.change.ChangeProgress.NodeProgress;
import io.virtwise.change.Changes;

import org.springframework.stereotype.Component;

/**
 * What those who follow a change are told. Read from the database, so that it does not
 * matter which portal carries the change out.
 */
@Component
public class ChangeFeed {

	private final ChangeLifecycle lifecycle;

	private final Changes changes;

	private final ChangeProgress progress;

	private final StepTable steps;

	ChangeFeed(ChangeLifecycle lifecycle, Changes changes, ChangeProgress progress, StepTable steps) {
		this.lifecycle = lifecycle;
		this.changes = changes;
		this.progress = progress;
		this.steps = steps;
	}

	/** A text that is another one whenever something moved. */
	public String mark(String changeId) {
		return this.lifecycle.version(changeId) + "/" + this.steps.mark(changeId);
	}

	/** Where the change and its nodes stand. */
	public State state(String changeId) {
		Map<String, NodeProgress> reached = this.progress.of(changeId);
		return this.changes.find(changeId)
			.map((change) -> new State(change.status().key(), change.statusAt(), change.nodes()
				.stream()
				.map((node) -> new NodeState(node.nodeId(), node.nodeName(),
						reached.containsKey(node.nodeId()) ? reached.get(node.nodeId()).status().key() : "pending"))
				.toList(), change.status().allowed().isEmpty()))
			.orElseThrow();
	}

	/** Every step on every node, in the order in which they were begun. */
	public List<JournalLine> journal(String changeId) {
		List<JournalLine> lines = new ArrayList<>();
		this.progress.of(changeId)
			.forEach((nodeId, node) -> node.journal()
				.forEach((step) -> lines.add(new JournalLine(step.id(), nodeId, step.at(), step.name(),
						step.outcome().key(), step.text()))));
		lines.sort((one, other) -> Long.compare(one.id(), other.id()));
		return lines;
	}

	/**
	 * Where a change stands.
	 *
	 * @param status the change's
	 * @param at since when
	 * @param nodes each node's
	 * @param over whether nothing can happen any more
	 */
	public record State(String status, Instant at, List<NodeState> nodes, boolean over) {
	}

	/**
	 * Where a node stands.
	 *
	 * @param id the node
	 * @param name its name
	 * @param status pending, writing and so on
	 */
	public record NodeState(String id, String name, String status) {
	}

	/**
	 * A step on a node.
	 *
	 * @param id grows with time
	 * @param node the node's id
	 * @param at when it was begun
	 * @param step its name
	 * @param outcome running, done, failed, put-back or note
	 * @param text what was done and seen
	 */
	public record JournalLine(long id, String node, Instant at, String step, String outcome, String text) {
	}

}
