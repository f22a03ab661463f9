package io.virtwise.change.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.approval.ApprovalExpired;
import io.virtwise.approval.ApprovalPolicies;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.ApprovalStatus;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Ask;
import io.virtwise.approval.Demand;
import io.virtwise.approval.Subject;
import io.virtwise.change.ChangeFilter;
import io.virtwise.change.ChangeLogEntry;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeSummary;
import io.virtwise.change.ChangeVerb;
import io.virtwise.change.Changes;
import io.virtwise.change.DriftCommand;
import io.virtwise.change.PlanCommand;
import io.virtwise.change.Seen;
import io.virtwise.recommendation.NodeAssessed;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do with changes up to their approval. The approval's row is locked before
 * the change's row is written, always in this order.
 */
@Service
class RequestedChanges implements Changes {

	private final ChangeStore store;

	private final ChangeTable table;

	private final Planner planner;

	private final DriftPlanner driftPlanner;

	private final Approvals approvals;

	private final ApprovalPolicies policies;

	private final RiskReader risks;

	private final Freshness freshness;

	private final CurrentUser currentUser;

	RequestedChanges(ChangeStore store, ChangeTable table, Planner planner, DriftPlanner driftPlanner,
			Approvals approvals, ApprovalPolicies policies, RiskReader risks, Freshness freshness,
			CurrentUser currentUser) {
		this.driftPlanner = driftPlanner;
		this.policies = policies;
		this.risks = risks;
		this.freshness = freshness;
		this.store = store;
		this.table = table;
		this.planner = planner;
		this.approvals = approvals;
		this.currentUser = currentUser;
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:request')")
	public ChangeRequest plan(PlanCommand command) {
		Person person = this.currentUser.require();
		long number = this.store.nextNumber();
		return drafted(number, this.planner.plan(command, person, number), command.reason(), person);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:request')")
	public ChangeRequest answer(DriftCommand command) {
		long number = this.store.nextNumber();
		return drafted(number, this.driftPlanner.plan(command, number), command.reason(), this.currentUser.require());
	}

	private ChangeRequest drafted(long number, Planner.Plan plan, String reason, Person person) {
		Instant now = this.store.now();
		ChangeRequest change = new ChangeRequest(Ids.next(), number, plan.title(), reason.strip(), ChangeStatus.DRAFT,
				now, null, person.id(), now, null, null, plan.rulebaseRevision(), plan.rulebaseSha256(), plan.content(),
				plan.nodes(), 0);
		this.store.add(change);
		return change;
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('change:read')")
	public ChangeRequest get(String idOrNumber) {
		return this.store.get(idOrNumber);
	}

	@Override
	@Transactional(readOnly = true)
	public Optional<OfNode> findNode(String changeId, String nodeId) {
		return this.table.ofNode(changeId, nodeId);
	}

	@Override
	@Transactional(readOnly = true)
	public Optional<ChangeRequest> find(String id) {
		return this.table.find(id);
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('change:read')")
	public Slice<ChangeSummary> list(ChangeFilter filter, SliceRequest request) {
		return this.table.list(filter, request);
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('change:read')")
	public Map<ChangeStatus, Long> countsByStatus() {
		return this.table.countsByStatus();
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('change:read')")
	public List<ChangeLogEntry> log(String id) {
		return this.table.log(id);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:request')")
	public ChangeRequest submit(String id, Seen seen, @Nullable String emergency) {
		ChangeRequest change = checked(id, seen);
		Person person = this.currentUser.require();
		String reason = emergencyReason(emergency);
		ChangeRequest submitted = change.submit(person.id(), this.store.now());
		this.freshness.require(change);
		Subject subject = new Subject(ChangeRequest.SUBJECT_TYPE, change.id(),
				change.name() + ": " + shortened(change.title()), "/changes/" + change.id());
		this.approvals
			.ask(new Ask(subject, change.content(), person.id(), change.plannedBy(), this.risks.of(change), reason));
		return this.store.save(change, submitted, (reason != null) ? "submitted-as-emergency" : "submitted",
				person.id(), reason);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:decide')")
	public ChangeRequest approve(String id, Seen seen, @Nullable String comment) {
		Person person = this.currentUser.require();
		ContentHash content = seen.content();
		if (content == null) {
			throw Refused.invalid("contentHash", "is missing; give the hash of the content that you looked at");
		}
		String changeId = this.store.get(id).id();
		ApprovalRequest approval = this.approvals.approve(ChangeRequest.SUBJECT_TYPE, changeId, person, content,
				comment);
		ChangeRequest change = checked(changeId, seen);
		this.freshness.require(change);
		if (approval.status() != ApprovalStatus.GRANTED) {
			return this.store.save(change, change, "approved-by-one", person.id(), comment);
		}
		return this.store.save(change, change.after(ChangeVerb.APPROVE, null, this.store.now()), "approved",
				person.id(), comment);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:decide')")
	public ChangeRequest deny(String id, Seen seen, @Nullable String comment) {
		Person person = this.currentUser.require();
		String changeId = this.store.get(id).id();
		this.approvals.deny(ChangeRequest.SUBJECT_TYPE, changeId, person, comment);
		ChangeRequest change = checked(changeId, seen);
		return this.store.save(change, change.after(ChangeVerb.DENY, comment, this.store.now()), "denied", person.id(),
				comment);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:request')")
	public ChangeRequest withdraw(String id, Seen seen, @Nullable String comment) {
		ChangeRequest change = checked(id, seen);
		Person person = this.currentUser.require();
		boolean own = person.id().equals(change.plannedBy()) || person.id().equals(change.requestedBy());
		if (!own && !person.may(Right.CHANGE_PUSH)) {
			throw Refused.forbidden("not-yours", "Only who planned or asked for " + change.name()
					+ ", or somebody with the right " + Right.CHANGE_PUSH.authority() + ", can take it back.");
		}
		String note = note(comment);
		ChangeRequest withdrawn = change.after(ChangeVerb.WITHDRAW, note, this.store.now());
		if (change.status() != ChangeStatus.DRAFT) {
			this.approvals.withdraw(ChangeRequest.SUBJECT_TYPE, change.id());
		}
		return this.store.save(change, withdrawn, "withdrawn", person.id(), note);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:decide')")
	public ChangeRequest review(String id, Seen seen, @Nullable String comment) {
		Person person = this.currentUser.require();
		String changeId = this.store.get(id).id();
		this.approvals.review(ChangeRequest.SUBJECT_TYPE, changeId, person, comment);
		ChangeRequest change = checked(changeId, seen);
		this.store.record(change, "emergency-reviewed", person.id(), comment, change.status().word());
		return change;
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('change:read')")
	public void check(String id, Seen seen) {
		this.store.check(this.store.get(id), seen);
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('change:decide')")
	public List<String> recheck(String id, Seen seen) {
		return this.freshness.moved(checked(id, seen));
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('change:read')")
	public Demand demand(String id) {
		return this.policies.current().demandFor(this.risks.of(this.store.get(id)).risk());
	}

	/** The facts under a plan are others now, so an approval of it is void. */
	@EventListener
	@Transactional
	public void on(NodeAssessed event) {
		NodeAssessment latest = event.assessment();
		for (ChangeRequest change : this.table.concerning(latest.nodeId(),
				List.of(ChangeStatus.WAITING_FOR_APPROVAL, ChangeStatus.APPROVED))) {
			List<String> moved = Freshness.moved(change, change.node(latest.nodeId()).orElseThrow(), latest);
			if (!moved.isEmpty() && this.approvals.voidUnused(ChangeRequest.SUBJECT_TYPE, change.id())) {
				String note = "void, because " + String.join(" and ", moved);
				ChangeRequest present = this.store.get(change.id());
				this.store.save(present, present.after(ChangeVerb.EXPIRE, note, this.store.now()), "voided", null,
						note);
			}
		}
	}

	/** The approval ran out of time, so the change did. */
	@EventListener
	@Transactional
	public void on(ApprovalExpired event) {
		ApprovalRequest approval = event.request();
		if (!approval.subject().type().equals(ChangeRequest.SUBJECT_TYPE)) {
			return;
		}
		ChangeRequest change = this.store.get(approval.subject().id());
		boolean decided = change.status() == ChangeStatus.APPROVED;
		String note = decided ? "approved, but not started in time" : "not decided in time";
		this.store.save(change, change.after(ChangeVerb.EXPIRE, note, this.store.now()), "expired", null, note);
	}

	private ChangeRequest checked(String id, Seen seen) {
		ChangeRequest change = this.store.get(id);
		this.store.check(change, seen);
		return change;
	}

	private static @Nullable String emergencyReason(@Nullable String emergency) {
		if (emergency == null) {
			return null;
		}
		if (emergency.isBlank() || emergency.length() > ApprovalRequest.MAX_COMMENT) {
			throw Refused.invalid("emergencyReason",
					emergency.isBlank() ? "is empty; say why it cannot wait, somebody else reviews it afterwards"
							: "is longer than " + ApprovalRequest.MAX_COMMENT + " characters; shorten it");
		}
		return emergency.strip();
	}

	private static @Nullable String note(@Nullable String comment) {
		if (comment != null && comment.length() > ApprovalRequest.MAX_COMMENT) {
			throw Refused.invalid("comment",
					"is longer than " + ApprovalRequest.MAX_COMMENT + " characters; shorten it");
		}
		return (comment == null || comment.isBlank()) ? null : comment.strip();
	}

	private static String shortened(String title) {
		return (title.length() <= 250) ? title : title.substring(0, 249) + "…";
	}

}
