package io.virtwise.approval.web;

import java.util.List;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Obstacle;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What waits for approval, and why a person may not decide some of it.
 */
@Controller
class ApprovalPages {

	private static final int SHOWN = 200;

	private final Approvals approvals;

	private final People people;

	private final CurrentUser currentUser;

	ApprovalPages(Approvals approvals, People people, CurrentUser currentUser) {
		this.approvals = approvals;
		this.people = people;
		this.currentUser = currentUser;
	}

	@GetMapping("/approvals")
	@PreAuthorize("hasAuthority('change:decide')")
	String inbox(Model model) {
		Person person = this.currentUser.require();
		List<Waiting> open = this.approvals.open(SHOWN)
			.stream()
			.map((request) -> waiting(request, this.approvals.obstacle(request, person)))
			.toList();
		model.addAttribute("reviews",
				this.approvals.awaitingReview(SHOWN)
					.stream()
					.map((request) -> waiting(request, this.approvals.reviewObstacle(request, person)))
					.toList());
		model.addAttribute("mine", open.stream().filter((one) -> one.obstacle().isEmpty()).toList());
		model.addAttribute("others", open.stream().filter((one) -> !one.obstacle().isEmpty()).toList());
		return "approval/inbox";
	}

	private Waiting waiting(ApprovalRequest request, Optional<Obstacle> obstacle) {
		String why = (request.emergency() != null) ? "“" + request.emergency() + "”" : request.demand().sentence();
		return new Waiting(request, this.people.nameOf(request.requestedBy()), why,
				obstacle.map(Obstacle::headline).orElse(""));
	}

	/**
	 * A row of the inbox.
	 *
	 * @param request what waits
	 * @param requester who asked
	 * @param why how many it takes and why, or why it cannot wait
	 * @param obstacle why this person may not decide it, empty if they may
	 */
	record Waiting(ApprovalRequest request, String requester, String why, String obstacle) {
	}

}
