package io.virtwise.upkeep.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.virtwise.access.People;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Decision;
import io.virtwise.change.ChangeLogEntry;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.Changes;
import io.virtwise.change.NodeStatus;
import io.virtwise.change.SecretMask;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.NodePast;
import io.virtwise.recommendation.NodePast.Moment;
import io.virtwise.rollout.PutInForce;
import io.virtwise.rollout.PutInForce.Placed;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import io.virtwise.upkeep.DriftFinding;
import io.virtwise.upkeep.NodeHistory;
import io.virtwise.upkeep.NodeMoment;
import io.virtwise.upkeep.NodeMoment.Happening;
import io.virtwise.upkeep.NodeMoment.Known;
import io.virtwise.upkeep.NodeMoment.Origin;
import io.virtwise.upkeep.NodeMoment.Otherwise;
import io.virtwise.upkeep.NodeMoment.Ref;
import io.virtwise.upkeep.NodeMoment.SetFile;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts the history of a node together from what every room wrote down anyway.
 */
@Service
class RecordedHistory implements NodeHistory {

	private static final int MOST = 200;

	/** Clocks of people and of the portal differ a little. */
	private static final Duration GRACE = Duration.ofMinutes(1);

	private final Nodes nodes;

	private final NodePast past;

	private final PutInForce placed;

	private final Baselines baselines;

	private final DriftTable drift;

	private final Changes changes;

	private final Approvals approvals;

	private final People people;

	private final Clock clock;

	RecordedHistory(Nodes nodes, NodePast past, PutInForce placed, Baselines baselines, DriftTable drift,
			Changes changes, Approvals approvals, People people, Clock clock) {
		this.nodes = nodes;
		this.past = past;
		this.placed = placed;
		this.baselines = baselines;
		this.drift = drift;
		this.changes = changes;
		this.approvals = approvals;
		this.people = people;
		this.clock = clock;
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('change:read')")
	public NodeMoment now(String nodeId) {
		return moment(nodeId, this.clock.instant().truncatedTo(ChronoUnit.MICROS));
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('change:read')")
	public NodeMoment at(String nodeId, Instant at) {
		if (at.isAfter(this.clock.instant().plus(GRACE))) {
			this.nodes.get(nodeId);
			throw Refused.invalid("time", "is " + at + ", which has not come yet; give a moment in the past");
		}
		return moment(nodeId, at);
	}

	private NodeMoment moment(String nodeId, Instant at) {
		Node node = this.nodes.get(nodeId);
		List<DriftFinding> drifts = this.drift.all(nodeId);
		Baseline baseline = this.baselines.of(nodeId, at).orElse(null);
		Moment known = this.past.at(nodeId, at).orElse(null);
		return new NodeMoment(new Ref(node.id(), node.name()), at, file(node, baseline, known),
				(baseline != null) ? origin(nodeId, baseline, at) : null, otherwise(drifts, at),
				(known != null) ? known(known) : null, happenings(nodeId, drifts));
	}

	private static @Nullable SetFile file(Node node, @Nullable Baseline baseline, @Nullable Moment known) {
		if (baseline != null) {
			return new SetFile(baseline.path(), ContentHash.of(baseline.content()).sha256(),
					SecretMask.mask(baseline.content()).stripTrailing() + "\n", "approved", baseline.provedAt());
		}
		byte[] read = (known != null) ? known.assessment().novaConf() : null;
		return (known != null && read != null) ? new SetFile(node.novaConfPath(), ContentHash.of(read).sha256(),
				SecretMask.mask(new String(read, StandardCharsets.UTF_8)), "read", known.assessment().assessedAt())
				: null;
	}

	private Origin origin(String nodeId, Baseline baseline, Instant at) {
		ChangeRequest change = this.changes.find(baseline.changeId()).orElseThrow();
		ApprovalRequest approval = this.approvals.latest(ChangeRequest.SUBJECT_TYPE, change.id()).orElse(null);
		String requester = change.requestedBy();
		Ref startedBy = this.changes.log(change.id())
			.stream()
			.filter((entry) -> entry.verb().equals("started") && entry.personId() != null)
			.map(ChangeLogEntry::personId)
			.map(this::person)
			.findFirst()
			.orElse(null);
		Instant inForceAt = this.placed.on(nodeId)
			.stream()
			.filter((one) -> one.changeId().equals(change.id()) && one.status() == NodeStatus.IN_FORCE
					&& !one.since().isAfter(at))
			.map(Placed::since)
			.findFirst()
			.orElse(null);
		return new Origin(change.id(), change.number(), change.title(), change.reason(), person(change.plannedBy()),
				(requester != null) ? person(requester) : null, change.submittedAt(),
				(approval != null) ? approval.decisions()
					.stream()
					.filter((decision) -> decision.outcome() == Decision.Outcome.APPROVED)
					.map((decision) -> new NodeMoment.Approval(person(decision.decidedBy()), decision.decidedAt(),
							decision.comment()))
					.toList() : List.of(),
				(approval != null) ? approval.emergency() : null, startedBy, baseline.provedAt(), inForceAt,
				change.rulebaseRevision(), change.rulebaseSha256(), baseline.planned().facts().sha256(),
				baseline.planned()
					.settings()
					.stream()
					.map((one) -> new NodeMoment.SetOption(one.setting().section(), one.setting().option(),
							one.setting().value(), one.rule(), one.reason()))
					.toList());
	}

	private static @Nullable Otherwise otherwise(List<DriftFinding> drifts, Instant at) {
		return drifts.stream()
			.filter((one) -> !one.foundAt().isAfter(at) && (one.closedAt() == null || one.closedAt().isAfter(at)))
			.findFirst()
			.map((one) -> new Otherwise(one.id(), one.sentence() + ".", one.foundAt(), one.closedAt()))
			.orElse(null);
	}

	private static Known known(Moment moment) {
		var assessment = moment.assessment();
		return new Known(assessment.assessedAt(), assessment.source(), assessment.verdict(), assessment.sentence(),
				assessment.rulebaseRevision(), assessment.rulebaseSha256(), assessment.facts().sha256(), moment.facts(),
				moment.findings());
	}

	private List<Happening> happenings(String nodeId, List<DriftFinding> drifts) {
		List<Happening> all = new ArrayList<>();
		for (Placed one : this.placed.on(nodeId)) {
			add(all, nodeId, one);
		}
		for (DriftFinding one : drifts) {
			String link = "/drift/" + one.id();
			all.add(new Happening(one.foundAt(), "drift", one.sentence(), link));
			if (one.closedAt() != null && one.closing() != null) {
				all.add(new Happening(one.closedAt(), "drift-over", one.closing().words(), link));
			}
		}
		this.past.assessments(nodeId, MOST)
			.forEach((one) -> all.add(new Happening(one.at(), "assessed",
					one.sentence() + " Facts " + one.source() + ", rulebase revision " + one.rulebaseRevision() + ".",
					null)));
		all.sort(Comparator.comparing(Happening::at).reversed());
		return all.subList(0, Math.min(MOST, all.size()));
	}

	private void add(List<Happening> all, String nodeId, Placed one) {
		Changes.OfNode change = this.changes.findNode(one.changeId(), nodeId).orElseThrow();
		String link = "/changes/" + change.changeId();
		String name = "Change " + change.number();
		boolean accepted = change.planned().accepts();
		all.add(new Happening(one.provedAt(), one.back() ? "rolled-back" : accepted ? "accepted" : "written",
				name + (one.back() ? " was rolled back: " : accepted ? " was accepted: " : " was written: ")
						+ change.title(),
				link));
		if (one.status() == NodeStatus.IN_FORCE) {
			all.add(new Happening(one.since(), "in-force", name + " is in force: " + change.title(), link));
		}
	}

	private Ref person(String id) {
		return new Ref(id, this.people.nameOf(id));
	}

}
