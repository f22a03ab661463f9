package io.virtwise.rollout.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.change.ChangeLifecycle;
import io.virtwise.change.ChangeProgress.DryRunResult;
import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeVerb;
import io.virtwise.change.Changes;
import io.virtwise.change.NodeStatus;
import io.virtwise.change.PlannedNode;
import io.virtwise.change.Seen;
import io.virtwise.rollout.PushEnded;
import io.virtwise.rollout.RolloutPlan;
import io.virtwise.rollout.Rollouts;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The verbs of a rollout. Each decides under the lock of the change's rollout, commits,
 * and only then has nodes spoken to.
 */
@Service
class StoredRollouts implements Rollouts {

	static final int MAX_REASON = 1000;

	private final PushTable pushes;

	private final PlanTable plans;

	private final StepTable steps;

	private final DryRunTable dryRuns;

	private final DryRuns dryRunner;

	private final Changes changes;

	private final ChangeLifecycle lifecycle;

	private final FileCheck fileCheck;

	private final RolloutRunner runner;

	private final RolloutDriver driver;

	private final CurrentUser currentUser;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	StoredRollouts(PushTable pushes, PlanTable plans, StepTable steps, DryRunTable dryRuns, DryRuns dryRunner,
			Changes changes, ChangeLifecycle lifecycle, FileCheck fileCheck, RolloutRunner runner, RolloutDriver driver,
			CurrentUser currentUser, Clock clock, ApplicationEventPublisher events,
			PlatformTransactionManager transactions) {
		this.pushes = pushes;
		this.plans = plans;
		this.steps = steps;
		this.dryRuns = dryRuns;
		this.dryRunner = dryRunner;
		this.changes = changes;
		this.lifecycle = lifecycle;
		this.fileCheck = fileCheck;
		this.runner = runner;
		this.driver = driver;
		this.currentUser = currentUser;
		this.clock = clock;
		this.events = events;
		this.transaction = new TransactionTemplate(transactions);
	}

	@Override
	@PreAuthorize("hasAuthority('change:read')")
	public RolloutPlan plan(String changeId) {
		return this.plans.find(get(changeId).id()).orElse(RolloutPlan.DEFAULT);
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public RolloutPlan plan(String changeId, RolloutPlan plan) {
		this.transaction.executeWithoutResult((status) -> {
			ChangeRequest change = get(changeId);
			if (change.status() != ChangeStatus.DRAFT && change.status() != ChangeStatus.WAITING_FOR_APPROVAL
					&& change.status() != ChangeStatus.APPROVED) {
				throw Refused.conflict("wrong-status", change.name() + " is " + change.status().word()
						+ "; how it is carried out is planned before it is started.");
			}
			this.plans.save(changeId, plan.checked(change.nodes().size()));
			this.lifecycle.note(changeId, "rollout-planned", this.currentUser.require().id(), plan.inWords());
		});
		return plan;
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public ChangeRequest start(String changeId) {
		return start(changeId, Seen.NOTHING, null);
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public ChangeRequest start(String changeId, @Nullable RolloutPlan given) {
		return start(changeId, Seen.NOTHING, given);
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public ChangeRequest start(String changeId, Seen seen, @Nullable RolloutPlan given) {
		String person = this.currentUser.require().id();
		this.transaction.executeWithoutResult((status) -> {
			ChangeRequest change = this.lifecycle.start(changeId, seen, person);
			RolloutPlan plan = (given != null) ? given : this.plans.find(changeId).orElse(RolloutPlan.DEFAULT);
			this.plans.save(changeId, plan.checked(change.nodes().size()));
			if (given != null) {
				this.lifecycle.note(changeId, "rollout-planned", person, plan.inWords());
			}
			queue(change, change.nodes(), Push.Kind.FORWARD);
		});
		this.runner.wake(changeId);
		return get(changeId);
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public ChangeRequest rerun(String changeId, boolean skippedToo) {
		String person = this.currentUser.require().id();
		this.transaction.executeWithoutResult((status) -> {
			this.pushes.lock(changeId);
			Map<String, Push> latest = this.driver.latest(changeId);
			ChangeRequest change = this.lifecycle.rerun(changeId, person);
			List<PlannedNode> again = change.nodes().stream().filter((node) -> {
				Push push = latest.get(node.nodeId());
				return push != null && (Round.wentWrong(push) || (skippedToo && push.status() == NodeStatus.SKIPPED));
			}).toList();
			if (again.isEmpty()) {
				throw Refused.conflict("nothing-to-run-again",
						"No node of " + change.name() + " failed, so there is nothing to run again.");
			}
			this.plans.acceptWave(changeId, 0);
			queue(change, again, Push.Kind.FORWARD);
		});
		this.runner.wake(changeId);
		return get(changeId);
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public ChangeRequest pause(String changeId, @Nullable String reason) {
		String note = note(reason);
		return tell(changeId, ChangeVerb.PAUSE,
				(note != null) ? note : "Paused by a person. A node that is being written is finished first.");
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public ChangeRequest resume(String changeId, @Nullable String reason) {
		String note = note(reason);
		this.transaction.executeWithoutResult((status) -> {
			this.pushes.lock(changeId);
			this.lifecycle.tell(changeId, ChangeVerb.RESUME, this.currentUser.require().id(), note);
			// whoever goes on has seen how the waves went so far
			RolloutPlan plan = this.plans.find(changeId).orElse(RolloutPlan.DEFAULT);
			this.plans.acceptWave(changeId, Round.of(plan, this.pushes.latestRound(changeId)).finished());
		});
		this.runner.wake(changeId);
		return get(changeId);
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public ChangeRequest stop(String changeId, @Nullable String reason) {
		String note = note(reason);
		this.transaction.executeWithoutResult((status) -> {
			this.pushes.lock(changeId);
			this.lifecycle.tell(changeId, ChangeVerb.STOP, this.currentUser.require().id(), note);
			this.driver.skipPending(this.pushes.latestRound(changeId), "Stopped before this node was begun.");
		});
		this.driver.settle(changeId);
		return get(changeId);
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public ChangeRequest rollBack(String changeId, String reason) {
		return rollBack(changeId, reason, List.of());
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public ChangeRequest rollBack(String changeId, String reason, List<String> nodeIds) {
		if (reason.isBlank() || reason.length() > MAX_REASON) {
			throw Refused.invalid("reason", reason.isBlank() ? "is empty; say why the change is taken back"
					: "is longer than " + MAX_REASON + " characters; shorten it");
		}
		String person = this.currentUser.require().id();
		this.transaction.executeWithoutResult((status) -> {
			ChangeRequest before = get(changeId);
			before.status().after(ChangeVerb.ROLL_BACK);
			this.pushes.lock(changeId);
			List<PlannedNode> written = chosen(written(before), before, nodeIds);
			if (written.isEmpty()) {
				throw Refused.conflict("nothing-to-roll-back",
						"No node holds what " + before.name() + " wrote, so there is nothing to roll back.");
			}
			String where = nodeIds.isEmpty() ? "" : " (on " + written.size() + " chosen nodes)";
			this.lifecycle.tell(changeId, ChangeVerb.ROLL_BACK, person, reason.strip() + where);
			queue(before, written, Push.Kind.BACK);
		});
		this.runner.wake(changeId);
		return get(changeId);
	}

	@Override
	@PreAuthorize("hasAnyAuthority('change:request', 'change:decide', 'change:push')")
	public void dryRun(String changeId) {
		ChangeRequest change = get(changeId);
		Map<String, DryRunResult> results = this.dryRunner.look(change);
		long fine = results.values().stream().filter((one) -> one.outcome().equals(FileCheck.WOULD_WORK)).count();
		this.transaction.executeWithoutResult((status) -> {
			this.dryRuns.replace(changeId, results, now());
			this.lifecycle.looked(changeId);
			this.lifecycle.note(changeId, "dry-run", this.currentUser.require().id(),
					fine + " of " + results.size() + " nodes would work; nothing was written");
		});
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public ChangeRequest confirmRestart(String changeId, String nodeId) {
		Person person = this.currentUser.require();
		return restarted(changeId, nodeId, person.displayName() + " says that nova-compute was restarted", person.id());
	}

	@Override
	public ChangeRequest proveRestart(String changeId, String nodeId, Instant startedAt) {
		return restarted(changeId, nodeId, "the collector saw that nova-compute was started at " + startedAt, null);
	}

	private ChangeRequest restarted(String changeId, String nodeId, String why, @Nullable String personId) {
		ChangeRequest change = get(changeId);
		PlannedNode planned = change.node(nodeId).orElseThrow(() -> Refused.notFound("node of this change", nodeId));
		awaitingRestart(changeId, nodeId);
		if (!this.fileCheck.isInPlace(change, planned, DryRuns.LOOK)) {
			throw Refused.conflict("changed-since", planned.path() + " on " + planned.nodeName()
					+ " no longer holds what was approved: somebody changed it after the push. Nothing is confirmed; probe"
					+ " the node and find out who.");
		}
		this.transaction.executeWithoutResult((status) -> {
			this.pushes.lock(changeId);
			Push push = awaitingRestart(changeId, nodeId);
			String summary = "In force: the file holds the approved bytes, read just now, and " + why + ".";
			this.pushes.end(push.id(), NodeStatus.IN_FORCE, Push.Holds.NEW, summary, now());
			this.steps.insert(push.id(), "confirm-restart", Outcome.DONE, summary, now());
			this.events.publishEvent(new AuditableEvent("change.restart-confirmed", ChangeRequest.SUBJECT_TYPE,
					changeId, change.name() + ", " + planned.nodeName(), NodeStatus.RESTART_PENDING.word(), summary));
			this.events.publishEvent(new PushEnded(changeId, nodeId, NodeStatus.IN_FORCE, now()));
			boolean all = this.driver.latest(changeId)
				.values()
				.stream()
				.allMatch((one) -> one.status() == NodeStatus.IN_FORCE || one.status() == NodeStatus.SKIPPED);
			if (all && get(changeId).status() == ChangeStatus.RESTART_PENDING) {
				this.lifecycle.tell(changeId, ChangeVerb.PROVE, personId, null);
			}
		});
		return get(changeId);
	}

	@Override
	@PreAuthorize("hasAuthority('change:push')")
	public void retry(String changeId, String nodeId) {
		Push push = this.driver.latest(changeId)
			.values()
			.stream()
			.filter((one) -> one.nodeId().equals(nodeId) && one.stuck())
			.findFirst()
			.orElseThrow(() -> Refused.conflict("not-stuck", "This node does not wait to be tried again."));
		this.transaction.executeWithoutResult((status) -> this.pushes.endLease(push.id(), now()));
		this.runner.takeUpSoon(push.id());
	}

	/** What a person said, if anything. */
	private static @Nullable String note(@Nullable String reason) {
		if (reason != null && reason.length() > MAX_REASON) {
			throw Refused.invalid("reason", "is longer than " + MAX_REASON + " characters; shorten it");
		}
		return (reason == null || reason.isBlank()) ? null : reason.strip();
	}

	private ChangeRequest tell(String changeId, ChangeVerb verb, @Nullable String note) {
		this.transaction.executeWithoutResult((status) -> {
			this.pushes.lock(changeId);
			this.lifecycle.tell(changeId, verb, this.currentUser.require().id(), note);
		});
		return get(changeId);
	}

	/** Reserves every node; the unique constraint refuses one that is taken. */
	private void queue(ChangeRequest change, List<PlannedNode> planned, Push.Kind kind) {
		int round = this.pushes.nextRound(change.id());
		Push.Holds holds = (kind == Push.Kind.FORWARD) ? Push.Holds.UNKNOWN : Push.Holds.NEW;
		for (int i = 0; i < planned.size(); i++) {
			PlannedNode node = planned.get(i);
			this.pushes.busyWith(node.nodeId()).ifPresent((other) -> {
				throw busy(node, other);
			});
			try {
				this.pushes.insert(new Push(Ids.next(), change.id(), round, i, kind, node.nodeId(), NodeStatus.PENDING,
						now(), Push.Phase.WAITING, holds, null, false, 0, null, null, null, null));
			}
			catch (DuplicateKeyException ex) {
				throw busy(node, null);
			}
		}
	}

	private Refused busy(PlannedNode node, @Nullable String otherId) {
		String other = (otherId != null) ? this.changes.find(otherId).map(ChangeRequest::name).orElse("another change")
				: "another change";
		return Refused.conflict("node-busy", node.nodeName() + " is being written by " + other
				+ ". One push per node at a time: wait until that one is through. Nothing was started.");
	}

	/** The nodes that hold what the change wrote. */
	private List<PlannedNode> written(ChangeRequest change) {
		Map<String, Push> latest = this.driver.latest(change.id());
		List<PlannedNode> written = new ArrayList<>();
		for (PlannedNode node : change.nodes()) {
			Push push = latest.get(node.nodeId());
			// one that only accepted what was there has nothing to put back
			if (push != null && push.holds() == Push.Holds.NEW && !node.accepts()) {
				written.add(node);
			}
		}
		return written;
	}

	/** Those that were named, each of which must hold what was written. */
	private static List<PlannedNode> chosen(List<PlannedNode> written, ChangeRequest change, List<String> nodeIds) {
		for (String id : nodeIds) {
			PlannedNode planned = change.node(id)
				.orElseThrow(() -> Refused.invalid("nodes",
						"has something that is not the id of a node of this change; leave it out for all nodes"));
			if (written.stream().noneMatch((node) -> node.nodeId().equals(id))) {
				throw Refused.conflict("nothing-to-roll-back", planned.nodeName() + " does not hold what "
						+ change.name() + " wrote, so there is nothing to roll back on it. Nothing was started.");
			}
		}
		return nodeIds.isEmpty() ? written
				: written.stream().filter((node) -> nodeIds.contains(node.nodeId())).toList();
	}

	private Push awaitingRestart(String changeId, String nodeId) {
		return this.driver.latest(changeId)
			.values()
			.stream()
			.filter((push) -> push.nodeId().equals(nodeId) && push.status() == NodeStatus.RESTART_PENDING)
			.findFirst()
			.orElseThrow(
					() -> Refused.conflict("wrong-status", "This node does not wait for a restart of nova-compute."));
	}

	private ChangeRequest get(String changeId) {
		return this.changes.find(changeId).orElseThrow(() -> Refused.notFound("change", changeId));
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

}
