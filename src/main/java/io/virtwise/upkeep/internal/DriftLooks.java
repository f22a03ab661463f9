package io.virtwise.upkeep.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

import io.virtwise.change.DriftAnswer;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.NodeAssessments;
import io.virtwise.rollout.ManagedFiles;
import io.virtwise.rollout.PutInForce;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Ids;
import io.virtwise.upkeep.DriftFinding;
import io.virtwise.upkeep.DriftFinding.Closing;
import io.virtwise.upkeep.DriftFinding.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at the file of one node and writes down what was seen. The node is spoken to
 * outside any transaction; what was seen counts only if no push was at the node
 * meanwhile.
 */
@Component
@EnableConfigurationProperties(DriftProperties.class)
class DriftLooks {

	private static final Logger log = LoggerFactory.getLogger(DriftLooks.class);

	private final DriftTable table;

	private final Baselines baselines;

	private final PutInForce placed;

	private final Nodes nodes;

	private final ManagedFiles files;

	private final NodeAssessments assessments;

	private final DriftProperties properties;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private final TransactionTemplate transaction;

	DriftLooks(DriftTable table, Baselines baselines, PutInForce placed, Nodes nodes, ManagedFiles files,
			NodeAssessments assessments, DriftProperties properties, ApplicationEventPublisher events, Clock clock,
			PlatformTransactionManager transactions) {
		this.table = table;
		this.baselines = baselines;
		this.placed = placed;
		this.nodes = nodes;
		this.files = files;
		this.assessments = assessments;
		this.properties = properties;
		this.events = events;
		this.clock = clock;
		this.transaction = new TransactionTemplate(transactions);
	}

	/**
	 * Looks at the node now.
	 * @throws NodeFailure if it does not answer; that is written down first
	 */
	Outcome look(String nodeId) {
		Node node = this.nodes.find(nodeId).orElse(null);
		Baseline baseline = this.baselines.of(nodeId).orElse(null);
		if (node == null || baseline == null) {
			this.transaction.executeWithoutResult((status) -> forget(nodeId));
			return Outcome.NOT_WATCHED;
		}
		if (this.placed.busyWith(nodeId).isPresent()) {
			this.table.dueAt(nodeId, now().plus(this.properties.sweep()));
			return Outcome.BUSY;
		}
		if (!baseline.planned().placement().fits(node)) {
			this.table
				.failed(nodeId,
						"The node's nova.conf was set to " + node.novaConfPath() + ", and what was approved is for "
								+ baseline.planned().placement().novaConf() + ". Plan a change for the new place.",
						now());
			return Outcome.NOT_CHECKED;
		}
		Sight sight;
		try {
			sight = Sight.of(node, baseline, this.files, this.properties.deadline());
		}
		catch (NodeFailure ex) {
			this.table.failed(nodeId, String.valueOf(ex.getMessage()), now());
			throw ex;
		}
		boolean[] moved = { false };
		Outcome outcome = this.transaction.execute((status) -> {
			boolean stale = !this.table.lock(nodeId) || this.placed.busyWith(nodeId).isPresent()
					|| !this.baselines.of(nodeId)
						.map((present) -> present.changeId().equals(baseline.changeId()))
						.orElse(false);
			if (stale) {
				this.table.dueAt(nodeId, now().plus(this.properties.sweep()));
				return Outcome.BUSY;
			}
			this.table.checked(nodeId, node.name(), now());
			moved[0] = write(node, baseline, sight);
			return (sight.kind() != null) ? Outcome.DRIFTED : Outcome.AS_APPROVED;
		});
		if (moved[0]) {
			readAgain(nodeId);
		}
		return (outcome != null) ? outcome : Outcome.BUSY;
	}

	/** What is approved for this node and what its watch holds is forgotten. */
	void forget(String nodeId) {
		this.table.lock(nodeId);
		for (DriftFinding open : this.table.open(nodeId)) {
			close(open, Closing.NOT_WATCHED);
		}
		this.table.unwatch(nodeId);
	}

	/**
	 * Facts and rules should know the file as it is now; a node that does not answer is
	 * noted with the node itself.
	 */
	private void readAgain(String nodeId) {
		try {
			this.assessments.renew(nodeId);
		}
		catch (NodeFailure ex) {
			log.info("Node {} did not answer when it was to be read again: {}", nodeId, ex.getMessage());
		}
	}

	/** Whether anything is other than when it was looked at before. */
	private boolean write(Node node, Baseline baseline, Sight sight) {
		boolean moved = false;
		DriftFinding known = null;
		for (DriftFinding open : this.table.open(node.id())) {
			if (sight.kind() != null && open.path().equals(baseline.path())) {
				known = open;
			}
			else {
				close(open, closing(open, baseline));
				moved = true;
			}
		}
		Kind kind = sight.kind();
		if (kind == null) {
			return moved;
		}
		DriftFinding now = found(node, baseline, kind, sight, known);
		if (known == null) {
			this.table.insert(now);
			this.events.publishEvent(new AuditableEvent(
					"drift.found", "node", node.id(), node.name(), baseline.path() + " as approved by change "
							+ baseline.changeNumber() + ", " + ContentHash.of(baseline.content()),
					now.sentence() + hash(sight.actual())));
			return true;
		}
		this.table.seen(now);
		return moved || known.kind() != kind || !Arrays.equals(known.actual(), sight.actual())
				|| !Objects.equals(known.detail(), sight.detail());
	}

	private DriftFinding found(Node node, Baseline baseline, Kind kind, Sight sight, @Nullable DriftFinding known) {
		Instant now = now();
		return new DriftFinding((known != null) ? known.id() : Ids.next(), node.id(), node.name(), baseline.path(),
				kind, baseline.changeId(), baseline.changeNumber(), baseline.content(), sight.actual(),
				(known != null) ? known.foundAt() : now, now, null, null, sight.detail());
	}

	private static Closing closing(DriftFinding open, Baseline baseline) {
		DriftAnswer answer = baseline.planned().answer();
		boolean putBack = answer != null && answer.kind() == DriftAnswer.Kind.PUT_BACK;
		return (open.changeId().equals(baseline.changeId()) || putBack) ? Closing.BACK : Closing.APPROVED;
	}

	private void close(DriftFinding open, Closing closing) {
		this.table.close(open.id(), closing, now());
		this.events.publishEvent(new AuditableEvent("drift.closed", "node", open.nodeId(), open.nodeName(),
				open.sentence(), closing.words()));
	}

	private static String hash(byte @Nullable [] content) {
		return (content != null) ? ", " + ContentHash.of(content) : "";
	}

	Optional<Baseline> baseline(String nodeId) {
		return this.baselines.of(nodeId);
	}

	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * What came of a look.
	 */
	enum Outcome {

		/** The file is what was approved. */
		AS_APPROVED,
		/** It is not. */
		DRIFTED,
		/** A push is at the node, or was meanwhile; somebody looks again soon. */
		BUSY,
		/** There is nothing that it could be compared with. */
		NOT_CHECKED,
		/** Nothing of ours is in force there. */
		NOT_WATCHED

	}

}
