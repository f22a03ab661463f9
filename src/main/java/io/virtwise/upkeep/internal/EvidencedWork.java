package io.virtwise.upkeep.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.Changes;
import io.virtwise.change.NodeStatus;
import io.virtwise.recommendation.NodeAssessed;
import io.virtwise.recommendation.NodeTasks;
import io.virtwise.recommendation.NodeTasks.Task;
import io.virtwise.rollout.PushEnded;
import io.virtwise.rollout.PutInForce;
import io.virtwise.rollout.PutInForce.Placed;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;
import io.virtwise.upkeep.LeftToDo;
import io.virtwise.upkeep.WorkStep;
import io.virtwise.upkeep.WorkStep.Closing;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Writes down what is left to do when a push has ended, and closes it when a fresh
 * assessment does not ask for it any more. A restart needs more: that nova-compute was
 * started after the file was proved, and that the file is still the approved one.
 */
@Service
class EvidencedWork implements LeftToDo {

	private static final Task RESTART = new Task("Restart nova-compute",
			List.of("systemctl restart nova-compute || systemctl restart openstack-nova-compute"), List.of(), true);

	private final WorkStepTable table;

	private final NodeTasks tasks;

	private final Changes changes;

	private final PutInForce placed;

	private final CurrentUser currentUser;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	EvidencedWork(WorkStepTable table, NodeTasks tasks, Changes changes, PutInForce placed, CurrentUser currentUser,
			ApplicationEventPublisher events, Clock clock) {
		this.table = table;
		this.tasks = tasks;
		this.changes = changes;
		this.placed = placed;
		this.currentUser = currentUser;
		this.events = events;
		this.clock = clock;
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('change:read')")
	public List<WorkStep> of(String changeId) {
		return this.table.of(this.changes.get(changeId).id());
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:push')")
	public WorkStep tick(String changeId, String stepId, boolean done) {
		ChangeRequest change = this.changes.get(changeId);
		WorkStep step = this.table.find(stepId)
			.filter((one) -> one.changeId().equals(change.id()))
			.orElseThrow(() -> Refused.notFound("step of this change", stepId));
		if (!this.table.tick(step.id(), done ? this.currentUser.require().id() : null, done ? now() : null)) {
			throw Refused.conflict("step-over", "This step is over already: " + step.evidence());
		}
		this.events.publishEvent(new AuditableEvent(done ? "work.ticked" : "work.unticked", ChangeRequest.SUBJECT_TYPE,
				change.id(), change.name() + ", " + step.nodeName(), null, step.number() + ". " + step.title()));
		return this.table.find(step.id()).orElseThrow();
	}

	/**
	 * The file is written: what is left is written down. After the push's own
	 * transaction, which must not fail for this; the next assessment catches up.
	 */
	@TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
	@Transactional(propagation = Propagation.REQUIRES_NEW)
	public void on(PushEnded event) {
		switch (event.status()) {
			case RESTART_PENDING -> write(event.changeId(), event.nodeId());
			case IN_FORCE -> this.table.open(event.nodeId())
				.stream()
				.filter((step) -> step.restart() && step.changeId().equals(event.changeId()))
				.forEach((step) -> close(step, Closing.PERSON,
						"Confirmed, and the file was read once more: it holds what was approved."));
			case ROLLED_BACK -> this.table.open(event.nodeId())
				.stream()
				.filter((step) -> step.changeId().equals(event.changeId()))
				.forEach((step) -> close(step, Closing.ROLLED_BACK, "The change was rolled back on this node."));
			default -> {
				// nothing was put in force, so nothing follows from it
			}
		}
	}

	/** Fresh facts may show the effect of a step. */
	@EventListener
	@Transactional
	public void on(NodeAssessed event) {
		String nodeId = event.assessment().nodeId();
		this.placed.on(nodeId)
			.stream()
			.filter((one) -> one.status() == NodeStatus.RESTART_PENDING)
			.forEach((one) -> write(one.changeId(), nodeId));
		List<WorkStep> open = this.table.open(nodeId);
		if (open.isEmpty()) {
			return;
		}
		Set<String> asked = new HashSet<>();
		this.tasks.of(nodeId).forEach((task) -> asked.add(task.title()));
		for (WorkStep step : open) {
			if (step.restart()) {
				showStart(step);
			}
			else if (!asked.contains(step.title()) && event.assessment().assessedAt().isAfter(step.madeAt())) {
				close(step, Closing.EVIDENCE,
						"Facts of " + event.assessment().assessedAt().truncatedTo(ChronoUnit.SECONDS) + " ("
								+ event.assessment().source() + ") show it: the rules do not ask for it any more.");
			}
		}
	}

	/** What the collector says counts only if it is of a time after the write. */
	private void showStart(WorkStep step) {
		Instant provedAt = this.placed.on(step.nodeId())
			.stream()
			.filter((one) -> one.changeId().equals(step.changeId()) && !one.back())
			.map(Placed::provedAt)
			.reduce((first, second) -> second)
			.orElse(Instant.MAX);
		this.tasks.novaComputeStartedAt(step.nodeId())
			.filter((started) -> started.isAfter(provedAt) && !started.isAfter(now()))
			.ifPresent((started) -> this.table.started(step.id(), started));
	}

	private void write(String changeId, String nodeId) {
		if (this.table.any(changeId, nodeId)) {
			return;
		}
		String name = this.changes.findNode(changeId, nodeId)
			.map((change) -> change.planned().nodeName())
			.orElse(nodeId);
		List<Task> all = new ArrayList<>(this.tasks.of(nodeId));
		if (all.stream().noneMatch(Task::restartsNova)) {
			all.add(RESTART);
		}
		for (int i = 0; i < all.size(); i++) {
			this.table.insert(changeId, nodeId, name, i + 1, all.get(i), now());
		}
	}

	void close(WorkStep step, Closing closing, String evidence) {
		if (this.table.close(step.id(), closing, evidence, now())) {
			this.events.publishEvent(new AuditableEvent("work.closed", ChangeRequest.SUBJECT_TYPE, step.changeId(),
					step.nodeName(), step.number() + ". " + step.title(), evidence));
		}
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

}
