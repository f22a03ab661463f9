package io.virtwise.approval.web;

import io.virtwise.access.CurrentUser;
import io.virtwise.approval.Approvals;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Gives every page the number beside Approvals in the navigation.
 */
@ControllerAdvice(annotations = Controller.class)
class WaitingCount {

	private final ObjectProvider<Approvals> approvals;

	private final ObjectProvider<CurrentUser> currentUser;

	WaitingCount(ObjectProvider<Approvals> approvals, ObjectProvider<CurrentUser> currentUser) {
		this.approvals = approvals;
		this.currentUser = currentUser;
	}

	/** How much waits for who is signed in; nothing where no page is made. */
	@ModelAttribute("waitingForMe")
	@Nullable Long waitingForMe(HttpServletRequest request) {
		Approvals all = this.approvals.getIfAvailable();
		CurrentUser user = this.currentUser.getIfAvailable();
		if (all == null || user == null || request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
			return null;
		}
		return user.find().map(all::countWaitingFor).orElse(null);
	}

}
