package io.virtwise.rollout.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.change.ChangeLifecycle;
import io.virtwise.change.ChangeProgress;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.Changes;
import org.jspecify.annotations.Nullable;

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

	private final PushTable pushes;

	private final StepTable steps;

	ChangeFeed(ChangeLifecycle lifecycle, Changes changes, ChangeProgress progress, PushTable pushes, StepTable steps) {
		this.lifecycle = lifecycle;
		this.changes = changes;
		this.progress = progress;
		this.pushes = pushes;
		this.steps = steps;
	}

	/** A text that is another one whenever something moved. */
	public String mark(String changeId) {
		return this.lifecycle.version(changeId) + "/" + this.steps.mark(changeId);
	}

	/** The nodes of the change by id, in their turn, with their names. */
	public Map<String, String> nodes(String changeId) {
		Map<String, String> names = new LinkedHashMap<>();
		this.changes.find(changeId).orElseThrow().nodes().forEach((node) -> names.put(node.nodeId(), node.nodeName()));
		return names;
	}

	/** Where the change and these nodes stand. */
	public State state(String changeId, Map<String, String> nodes) {
		Map<String, String> reached = new HashMap<>();
		this.pushes.all(changeId).forEach((push) -> reached.put(push.nodeId(), push.status().key()));
		ChangeStatus status = this.lifecycle.status(changeId);
		List<NodeState> states = nodes.entrySet()
			.stream()
			.map((node) -> new NodeState(node.getKey(), node.getValue(),
					reached.getOrDefault(node.getKey(), "pending")))
			.toList();
		Map<String, Integer> counts = new TreeMap<>();
		states.forEach((node) -> counts.merge(node.status(), 1, Integer::sum));
		Integer wave = this.progress.rollout(changeId, List.copyOf(nodes.keySet())).currentWave();
		return new State(status.key(), this.lifecycle.since(changeId), wave, counts, states,
				status.allowed().isEmpty());
	}

	/**
	 * The steps that were begun after this one, in the order in which they were begun.
	 */
	public List<JournalLine> journal(String changeId, long after) {
		List<JournalLine> lines = new ArrayList<>();
		this.steps.after(changeId, after)
			.forEach((nodeId, steps) -> steps.forEach((step) -> lines
				.add(new JournalLine(step.id(), nodeId, step.at(), step.name(), step.outcome().key(), step.text()))));
		lines.sort(Comparator.comparingLong(JournalLine::id));
		return lines;
	}

	/**
	 * Where a change stands.
	 *
	 * @param status the change's
	 * @param at since when
	 * @param wave the first wave with something left to begin, {@code null} for none
	 * @param counts how many nodes stand where
	 * @param nodes each node's
	 * @param over whether nothing can happen any more
	 */
	public record State(String status, Instant at, @Nullable Integer wave, Map<String, Integer> counts,
			List<NodeState> nodes, boolean over) {
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
