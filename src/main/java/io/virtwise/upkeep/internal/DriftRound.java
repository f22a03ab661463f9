package io.virtwise.upkeep.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.virtwise.change.Changes;
import io.virtwise.change.NodeStatus;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeRemoved;
import io.virtwise.rollout.PushEnded;
import io.virtwise.rollout.SharedWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The round of the watch: looks at each node when it is due, by whichever portal is free.
 * When that is differs from node to node and from time to time.
 */
@Component
class DriftRound implements SharedWork {

	private static final Logger log = LoggerFactory.getLogger(DriftRound.class);

	private final DriftTable table;

	private final DriftLooks looks;

	private final DriftProperties properties;

	private final Changes changes;

	DriftRound(DriftTable table, DriftLooks looks, DriftProperties properties, Changes changes) {
		this.table = table;
		this.looks = looks;
		this.properties = properties;
		this.changes = changes;
	}

	@Override
	public String name() {
		return "drift";
	}

	@Override
	public Duration every() {
		return this.properties.sweep();
	}

	@Override
	public int lanes() {
		return this.properties.lanes();
	}

	@Override
	public boolean isThereAny() {
		return this.properties.enabled() && this.table.anyDue(this.looks.now());
	}

	@Override
	public boolean doNext() {
		if (!this.properties.enabled()) {
			return false;
		}
		Optional<String> due = this.table.takeDue(this.looks.now(), this.looks.now().plus(interval()));
		due.ifPresent((nodeId) -> {
			try {
				this.looks.look(nodeId);
			}
			catch (NodeFailure ex) {
				log.debug("Node {} was not checked: {}", nodeId, ex.getMessage());
			}
		});
		return due.isPresent();
	}

	/** What was put on a node is watched, and looked at once the push is over. */
	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	public void on(PushEnded event) {
		if (event.status() == NodeStatus.RESTART_PENDING || event.status() == NodeStatus.ROLLED_BACK) {
			String name = this.changes.findNode(event.changeId(), event.nodeId())
				.map((change) -> change.planned().nodeName())
				.orElse(event.nodeId());
			this.table.watch(event.nodeId(), name, event.at());
		}
	}

	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	public void on(NodeRemoved event) {
		this.looks.forget(event.node().id());
	}

	private Duration interval() {
		long millis = this.properties.every().toMillis();
		long spread = millis * this.properties.jitter() / 100;
		return Duration
			.ofMillis(millis + ((spread > 0) ? ThreadLocalRandom.current().nextLong(-spread, spread + 1) : 0));
	}

}
