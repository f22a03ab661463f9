package io.virtwise.change.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.approval.ApprovalExpired;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.ApprovalStatus;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Subject;
import io.virtwise.change.ChangeFilter;
import io.virtwise.change.ChangeLogEntry;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeSummary;
import io.virtwise.change.ChangeVerb;
import io.virtwise.change.Changes;
import io.virtwise.change.PlanCommand;
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

	private final Approvals approvals;

	private final CurrentUser currentUser;

	RequestedChanges(ChangeStore store, ChangeTable table, Planner planner, Approvals approvals,
			CurrentUser currentUser) {
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
		Planner.Plan plan = this.planner.plan(command, person);
		Instant now = this.store.now();
		ChangeRequest change = new ChangeRequest(Ids.next(), this.store.nextNumber(), plan.title(),
				command.reason().strip(), ChangeStatus.DRAFT, now, null, person.id(), now, null, null,
				plan.rulebaseRevision(), plan.rulebaseSha256(), plan.content(), plan.nodes(), 0);
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
	public ChangeRequest submit(String id) {
		ChangeRequest change = this.store.get(id);
		Person person = this.currentUser.require();
		ChangeRequest submitted = change.submit(person.id(), this.store.now());
		this.approvals.ask(new Subject(ChangeRequest.SUBJECT_TYPE, change.id(),
				change.name() + ": " + shortened(change.title()), "/changes/" + change.id()), change.content(),
				person.id(), change.plannedBy());
		return this.store.save(change, submitted, "submitted", person.id(), null);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:decide')")
	public ChangeRequest approve(String id, ContentHash seen, @Nullable String comment) {
		ChangeRequest change = this.store.get(id);
		Person person = this.currentUser.require();
		ApprovalRequest approval = this.approvals.approve(ChangeRequest.SUBJECT_TYPE, change.id(), person, seen,
				comment);
		if (approval.status() != ApprovalStatus.GRANTED) {
			this.store.record(change, "approved-by-one", person.id(), comment, null);
			return change;
		}
		return this.store.save(change, change.after(ChangeVerb.APPROVE, null, this.store.now()), "approved",
				person.id(), comment);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:decide')")
	public ChangeRequest deny(String id, @Nullable String comment) {
		ChangeRequest change = this.store.get(id);
		Person person = this.currentUser.require();
		this.approvals.deny(ChangeRequest.SUBJECT_TYPE, change.id(), person, comment);
		return this.store.save(change, change.after(ChangeVerb.DENY, comment, this.store.now()), "denied", person.id(),
				comment);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:request')")
	public ChangeRequest withdraw(String id) {
		ChangeRequest change = this.store.get(id);
		Person person = this.currentUser.require();
		boolean own = person.id().equals(change.plannedBy()) || person.id().equals(change.requestedBy());
		if (!own && !person.may(Right.CHANGE_PUSH)) {
			throw Refused.forbidden("not-yours", "Only who planned or asked for " + change.name()
					+ ", or somebody with the right " + Right.CHANGE_PUSH.authority() + ", can take it back.");
		}
		ChangeRequest withdrawn = change.after(ChangeVerb.WITHDRAW, null, this.store.now());
		if (change.status() != ChangeStatus.DRAFT) {
			this.approvals.withdraw(ChangeRequest.SUBJECT_TYPE, change.id());
		}
		return this.store.save(change, withdrawn, "withdrawn", person.id(), null);
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

	private static String shortened(String title) {
		return (title.length() <= 250) ? title : title.substring(0, 249) + "…";
	}

}
