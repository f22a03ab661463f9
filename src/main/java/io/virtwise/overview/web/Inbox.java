package io.virtwise.overview.web;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.Approvals;
import io.virtwise.change.ChangeFilter;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeSummary;
import io.virtwise.change.Changes;
import io.virtwise.shared.SliceRequest;

import org.springframework.stereotype.Component;

/**
 * Collects what waits for a person, and what of theirs waits for others.
 */
@Component
class Inbox {

	private static final int LIMIT = 10;

	private final Approvals approvals;

	private final Changes changes;

	private final People people;

	Inbox(Approvals approvals, Changes changes, People people) {
		this.approvals = approvals;
		this.changes = changes;
		this.people = people;
	}

	/** What this person can do something about now. */
	List<Waiting> of(Person person) {
		List<Waiting> waiting = new ArrayList<>();
		if (person.may(Right.CHANGE_DECIDE)) {
			this.approvals.waitingFor(person, LIMIT).stream().map(this::approval).forEach(waiting::add);
		}
		if (person.may(Right.CHANGE_PUSH)) {
			for (ChangeSummary change : with(ChangeStatus.APPROVED)) {
				waiting.add(item("ti-rocket", change, "Approved and not started yet. " + nodes(change), "Start"));
			}
			for (ChangeSummary change : with(ChangeStatus.PAUSED)) {
				waiting.add(item("ti-player-pause", change, "Paused. " + nodes(change), "Open"));
			}
			for (ChangeSummary change : with(ChangeStatus.RESTART_PENDING)) {
				waiting.add(item("ti-refresh-alert", change,
						"Written; nova-compute has to be restarted before it counts. " + nodes(change), "Open"));
			}
		}
		if (person.may(Right.CHANGE_REQUEST)) {
			with(ChangeStatus.DRAFT).stream()
				.filter((change) -> change.plannedBy().equals(person.id()))
				.map((change) -> item("ti-pencil", change, "Your draft, not submitted yet. " + nodes(change), "Open"))
				.forEach(waiting::add);
		}
		return waiting;
	}

	/** What this person asked for and others have to decide. */
	List<ChangeSummary> waitingForOthers(Person person) {
		if (!person.may(Right.CHANGE_READ)) {
			return List.of();
		}
		return with(ChangeStatus.WAITING_FOR_APPROVAL).stream()
			.filter((change) -> person.id().equals(change.requestedBy()))
			.toList();
	}

	/** What is being written to nodes now. */
	List<ChangeSummary> running(Person person) {
		return person.may(Right.CHANGE_READ) ? with(ChangeStatus.RUNNING) : List.of();
	}

	private List<ChangeSummary> with(ChangeStatus status) {
		return this.changes.list(new ChangeFilter(status, null), new SliceRequest(0, LIMIT, null, false)).items();
	}

	private Waiting approval(ApprovalRequest request) {
		String note = this.people.nameOf(request.requestedBy()) + " asks for your approval, " + request.given() + " of "
				+ request.needed() + " given.";
		return new Waiting("ti-gavel", request.subject().name(), note, request.requestedAt(), request.subject().path(),
				"Review");
	}

	private static Waiting item(String icon, ChangeSummary change, String note, String action) {
		return new Waiting(icon, "Change " + change.number() + ": " + change.title(), note, change.statusAt(),
				"/changes/" + change.id(), action);
	}

	private static String nodes(ChangeSummary change) {
		return change.nodeCount() + ((change.nodeCount() == 1) ? " node." : " nodes.");
	}

}
