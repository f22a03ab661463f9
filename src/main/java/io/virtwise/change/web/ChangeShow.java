package io.virtwise.change.web;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.approval.ApprovalPolicies;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Obstacle;
import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReports;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.Changes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * Lays out the page of a change for who looks at it.
 */
@Component
class ChangeShow {

	private final Changes changes;

	private final ChangeReports reports;

	private final Approvals approvals;

	private final ApprovalPolicies policies;

	private final CurrentUser currentUser;

	ChangeShow(Changes changes, ChangeReports reports, Approvals approvals, ApprovalPolicies policies,
			CurrentUser currentUser) {
		this.changes = changes;
		this.reports = reports;
		this.approvals = approvals;
		this.policies = policies;
		this.currentUser = currentUser;
	}

	/** The page, with what was refused just now if something was. */
	String page(String id, @Nullable String refusal, Model model) {
		return page(id, refusal, Shown.FIRST, model);
	}

	/** The same, with this part of it. */
	String page(String id, @Nullable String refusal, Shown shown, Model model) {
		ChangeReport change = this.reports.of(id);
		Person person = this.currentUser.require();
		ApprovalRequest approval = this.approvals.latest(ChangeRequest.SUBJECT_TYPE, change.id()).orElse(null);
		model.addAttribute("view", ChangePage.of(change, shown));
		model.addAttribute("change", change);
		model.addAttribute("flow", ChangeFlow.of(change));
		model.addAttribute("obstacle", (approval != null) ? obstacle(approval, person) : null);
		model.addAttribute("awaitsReview", approval != null && approval.awaitsReview());
		model.addAttribute("reviewObstacle", (approval != null && approval.awaitsReview())
				? this.approvals.reviewObstacle(approval, person).orElse(null) : null);
		boolean draft = change.status().equals(ChangeStatus.DRAFT.key());
		model.addAttribute("demand", draft ? this.changes.demand(change.id()).sentence() : null);
		model.addAttribute("emergencyPath", draft && this.policies.current().emergency());
		model.addAttribute("mayRequest", person.may(Right.CHANGE_REQUEST));
		model.addAttribute("mayPush", person.may(Right.CHANGE_PUSH));
		model.addAttribute("mayWithdraw", mayWithdraw(change, person));
		if (refusal != null) {
			model.addAttribute("refusal", refusal);
		}
		return "change/show";
	}

	private @Nullable Obstacle obstacle(ApprovalRequest approval, Person person) {
		return this.approvals.obstacle(approval, person).orElse(null);
	}

	private static boolean mayWithdraw(ChangeReport change, Person person) {
		boolean own = person.id().equals(change.plannedBy().id())
				|| (change.requestedBy() != null && person.id().equals(change.requestedBy().id()));
		return person.may(Right.CHANGE_REQUEST) && (own || person.may(Right.CHANGE_PUSH));
	}

}
