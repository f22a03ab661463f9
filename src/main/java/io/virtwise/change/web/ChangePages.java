package io.virtwise.change.web;

import java.util.List;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Obstacle;
import io.virtwise.change.ChangeFilter;
import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeReports;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.Changes;
import io.virtwise.change.PlanCommand;
import io.virtwise.node.Nodes;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pages of changes, up to their approval.
 */
@Controller
class ChangePages {

	private static final Set<String> SORTABLE = Set.of("number", "status", "createdAt", "updatedAt");

	private final Changes changes;

	private final ChangeReports reports;

	private final Approvals approvals;

	private final Nodes nodes;

	private final People people;

	private final CurrentUser currentUser;

	ChangePages(Changes changes, ChangeReports reports, Approvals approvals, Nodes nodes, People people,
			CurrentUser currentUser) {
		this.changes = changes;
		this.reports = reports;
		this.approvals = approvals;
		this.nodes = nodes;
		this.people = people;
		this.currentUser = currentUser;
	}

	@GetMapping("/changes")
	String list(@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String node, Model model) {
		ChangeStatus wanted = ChangeApi.status(status);
		model.addAttribute("changes",
				this.changes.list(new ChangeFilter(wanted, node), SliceRequest.of(page, null, null, SORTABLE)));
		model.addAttribute("counts", this.changes.countsByStatus());
		model.addAttribute("wanted", wanted);
		model.addAttribute("nodeId", node);
		model.addAttribute("people", this.people);
		return "change/list";
	}

	@GetMapping("/changes/new")
	String ask(@RequestParam(defaultValue = "") List<String> nodes, Model model) {
		return form(nodes, "", null, model);
	}

	@PostMapping("/changes")
	String plan(@RequestParam(defaultValue = "") List<String> nodes, @RequestParam(defaultValue = "") String reason,
			Model model, HttpServletResponse response, RedirectAttributes flash) {
		try {
			ChangeRequest change = this.changes.plan(new PlanCommand(nodes, null, reason));
			flash.addFlashAttribute("done", "Planned. Nothing is written yet: read the diff, then ask for approval.");
			return "redirect:/changes/" + change.id();
		}
		catch (Refused ex) {
			response.setStatus((ex.kind() == Refused.Kind.INVALID) ? 422 : ex.kind().status());
			return form(nodes, reason, ex, model);
		}
	}

	private String form(List<String> ids, String reason, @Nullable Refused refused, Model model) {
		model.addAttribute("targets", this.nodes.findAll(ids));
		model.addAttribute("ids", ids);
		model.addAttribute("reason", reason);
		model.addAttribute("refused", refused);
		model.addAttribute("reasonError",
				(refused == null) ? null
						: refused.faults()
							.stream()
							.filter((fault) -> fault.field().equals("reason"))
							.map(Refused.FieldFault::message)
							.findFirst()
							.orElse(null));
		return "change/new";
	}

	@GetMapping("/changes/{id}")
	String show(@PathVariable String id, Model model) {
		return show(this.reports.of(id), null, model);
	}

	/**
	 * What moves on the page, for those who follow it; each piece finds its own place.
	 */
	@GetMapping("/changes/{id}/progress")
	String progress(@PathVariable String id, Model model) {
		show(this.reports.of(id), null, model);
		return "change/progress";
	}

	@GetMapping(path = "/changes/{id}/patch", produces = "text/x-diff;charset=UTF-8")
	@ResponseBody
	String patch(@PathVariable String id, HttpServletResponse response) {
		ChangeReport change = this.reports.of(id);
		response.setHeader("Content-Disposition", "attachment; filename=\"change-" + change.number() + ".diff\"");
		StringBuilder patch = new StringBuilder();
		for (NodeReport node : change.nodes()) {
			patch.append("# ").append(node.name()).append(", secrets masked\n").append(node.diff());
		}
		return patch.toString();
	}

	@PostMapping("/changes/{id}/submit")
	String submit(@PathVariable String id, Model model, HttpServletResponse response) {
		return verb(id, model, response, () -> this.changes.submit(id));
	}

	@PostMapping("/changes/{id}/approve")
	String approve(@PathVariable String id, @RequestParam(defaultValue = "") String contentHash,
			@RequestParam(required = false) @Nullable String comment, Model model, HttpServletResponse response) {
		return verb(id, model, response, () -> this.changes.approve(id, ChangeApi.hash(contentHash), comment));
	}

	@PostMapping("/changes/{id}/deny")
	String deny(@PathVariable String id, @RequestParam(required = false) @Nullable String comment, Model model,
			HttpServletResponse response) {
		model.addAttribute("comment", comment);
		return verb(id, model, response, () -> this.changes.deny(id, comment));
	}

	@PostMapping("/changes/{id}/withdraw")
	String withdraw(@PathVariable String id, Model model, HttpServletResponse response) {
		return verb(id, model, response, () -> this.changes.withdraw(id));
	}

	/** Back to the page, or the page at once with what was refused. */
	private String verb(String id, Model model, HttpServletResponse response, Runnable verb) {
		try {
			verb.run();
			return "redirect:/changes/" + id;
		}
		catch (Refused ex) {
			if (ex.kind() == Refused.Kind.NOT_FOUND) {
				throw ex;
			}
			response.setStatus((ex.kind() == Refused.Kind.INVALID) ? 422 : ex.kind().status());
			String fault = ex.faults().isEmpty() ? ex.getMessage()
					: "The " + ex.faults().get(0).field() + " " + ex.faults().get(0).message() + ".";
			return show(this.reports.of(id), fault, model);
		}
	}

	private String show(ChangeReport change, @Nullable String refusal, Model model) {
		Person person = this.currentUser.require();
		ApprovalRequest approval = this.approvals.latest(ChangeRequest.SUBJECT_TYPE, change.id()).orElse(null);
		Obstacle obstacle = (approval != null) ? this.approvals.obstacle(approval, person).orElse(null) : null;
		model.addAttribute("view", ChangePage.of(change));
		model.addAttribute("change", change);
		model.addAttribute("flow", ChangeFlow.of(change));
		model.addAttribute("obstacle", obstacle);
		model.addAttribute("mayRequest", person.may(Right.CHANGE_REQUEST));
		model.addAttribute("mayPush", person.may(Right.CHANGE_PUSH));
		model.addAttribute("mayWithdraw", mayWithdraw(change, person));
		if (refusal != null) {
			model.addAttribute("refusal", refusal);
		}
		return "change/show";
	}

	private static boolean mayWithdraw(ChangeReport change, Person person) {
		boolean own = person.id().equals(change.plannedBy().id())
				|| (change.requestedBy() != null && person.id().equals(change.requestedBy().id()));
		return person.may(Right.CHANGE_REQUEST) && (own || person.may(Right.CHANGE_PUSH));
	}

}
