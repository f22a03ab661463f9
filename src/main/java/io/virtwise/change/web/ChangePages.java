package io.virtwise.change.web;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.access.People;
import io.virtwise.change.ChangeFilter;
import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeReports;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.Changes;
import io.virtwise.change.PlanCommand;
import io.virtwise.change.SettingsFrom;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.GroupAdvice;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pages of changes.
 */
@Controller
class ChangePages {

	private static final Set<String> SORTABLE = Set.of("number", "status", "createdAt", "updatedAt");

	private final Changes changes;

	private final ChangeReports reports;

	private final Nodes nodes;

	private final GroupAdvice groups;

	private final People people;

	/** A page with one of these has nothing on it that is typed before it moves on. */
	private static final Set<String> FOLLOWED = Set.of(ChangeStatus.APPROVED.key(), ChangeStatus.RUNNING.key(),
			ChangeStatus.PAUSED.key());

	private final ChangeShow show;

	ChangePages(Changes changes, ChangeReports reports, ChangeShow show, Nodes nodes, GroupAdvice groups,
			People people) {
		this.groups = groups;
		this.changes = changes;
		this.reports = reports;
		this.nodes = nodes;
		this.people = people;
		this.show = show;
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

	/** Asks for a change of some nodes, or of all in a group that need other lines. */
	@GetMapping("/changes/new")
	@PreAuthorize("hasAuthority('change:request')")
	String ask(@RequestParam(defaultValue = "") List<String> nodes,
			@RequestParam(required = false) @Nullable String group,
			@RequestParam(required = false) @Nullable String settingsFrom, Model model) {
		if (group != null) {
			return form(this.groups.toChange(group), SettingsFrom.GROUP, "", null, model);
		}
		return form(nodes, ChangeApi.from(settingsFrom), "", null, model);
	}

	@PostMapping("/changes")
	String plan(@RequestParam(defaultValue = "") List<String> nodes,
			@RequestParam(required = false) @Nullable String settingsFrom,
			@RequestParam(defaultValue = "") String reason, Model model, HttpServletResponse response,
			RedirectAttributes flash) {
		SettingsFrom from = ChangeApi.from(settingsFrom);
		try {
			ChangeRequest change = this.changes.plan(new PlanCommand(nodes, null, from, reason));
			flash.addFlashAttribute("done", "Planned. Nothing is written yet: read the diff, then ask for approval.");
			return "redirect:/changes/" + change.id();
		}
		catch (Refused ex) {
			response.setStatus((ex.kind() == Refused.Kind.INVALID) ? 422 : ex.kind().status());
			return form(nodes, from, reason, ex, model);
		}
	}

	private String form(List<String> ids, SettingsFrom from, String reason, @Nullable Refused refused, Model model) {
		List<Node> targets = this.nodes.findAll(ids);
		model.addAttribute("targets", targets);
		model.addAttribute("ids", ids);
		model.addAttribute("from", from.key());
		model.addAttribute("grouped",
				from == SettingsFrom.GROUP || targets.stream().anyMatch((one) -> one.group() != null));
		model.addAttribute("lines", (from == SettingsFrom.GROUP) ? this.groups.of(ids) : Map.of());
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
	String show(@PathVariable String id, @RequestParam(defaultValue = "") String state,
			@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "") String diff,
			@RequestParam(defaultValue = "0") int diffs, Model model) {
		return this.show.page(id, null, new Shown(state, page, diff, diffs), model);
	}

	/**
	 * What moves on the page, for those who follow it; each piece finds its own place. A
	 * page that shows another status is asked to load anew, because others of its parts
	 * come and go with that; not where somebody may be typing what is to be decided.
	 */
	@GetMapping("/changes/{id}/progress")
	String progress(@PathVariable String id, @RequestParam(defaultValue = "") String state,
			@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "") String shown, Model model,
			HttpServletResponse response) {
		this.show.page(id, null, new Shown(state, page, "", 0), model);
		if (FOLLOWED.contains(shown) && model.getAttribute("change") instanceof ChangeReport change
				&& !change.status().equals(shown)) {
			response.setHeader("HX-Refresh", "true");
		}
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

}
