package io.virtwise.authoring.web;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.authoring.Impact;
import io.virtwise.authoring.Impact.Kind;
import io.virtwise.authoring.Impacts;
import io.virtwise.authoring.Drafts;
import io.virtwise.rules.Assessment;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What drafts would change on the fleet, on pages.
 */
@Controller
class ImpactPages {

	/** A small fleet is done by then, and the page shows it at once. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final Impacts impacts;

	private final Drafts drafts;

	private final DraftReports reports;

	private final CurrentUser currentUser;

	ImpactPages(Impacts impacts, Drafts drafts, DraftReports reports, CurrentUser currentUser) {
		this.impacts = impacts;
		this.drafts = drafts;
		this.reports = reports;
		this.currentUser = currentUser;
	}

	/** The card as it stands, for while a run goes on. */
	@GetMapping("/rules/drafts/{id}/impact")
	String card(@PathVariable String id, Model model) {
		DraftBody draft = this.reports.of(this.drafts.get(id));
		model.addAttribute("draft", draft);
		add(draft, model);
		return "authoring/impact";
	}

	@PostMapping("/rules/drafts/{id}/impact")
	String run(@PathVariable String id, RedirectAttributes flash) {
		try {
			this.impacts.start(id);
			this.impacts.await(id, PATIENCE);
		}
		catch (Refused ex) {
			return refused(id, ex, flash);
		}
		return "redirect:/rules/drafts/" + id + "#impact";
	}

	@PostMapping("/rules/drafts/{id}/impact/cancel")
	String cancel(@PathVariable String id, RedirectAttributes flash) {
		try {
			this.impacts.cancel(id);
		}
		catch (Refused ex) {
			return refused(id, ex, flash);
		}
		return "redirect:/rules/drafts/" + id + "#impact";
	}

	@GetMapping("/rules/drafts/{id}/impact/nodes")
	String nodes(@PathVariable String id, @RequestParam(required = false) @Nullable String kind,
			@RequestParam(required = false) @Nullable Integer page, Model model) {
		Impact impact = this.impacts.latest(id).orElseThrow(() -> Refused.notFound("impact of the draft", id));
		Kind wanted = ImpactApi.kind(kind);
		model.addAttribute("draft", this.reports.of(this.drafts.get(id)));
		model.addAttribute("impact", impact);
		model.addAttribute("kind", (wanted != null) ? wanted.key() : null);
		model.addAttribute("nodes", this.impacts.nodes(impact, wanted, SliceRequest.of(page, null, null, Set.of())));
		return "authoring/nodes";
	}

	@GetMapping("/rules/drafts/{id}/impact/nodes/{node}")
	String traces(@PathVariable String id, @PathVariable String node, Model model) {
		Impacts.Traces traces = this.impacts.traces(id, node);
		DraftBody draft = this.reports.of(this.drafts.get(id));
		model.addAttribute("draft", draft);
		model.addAttribute("traces", traces);
		model.addAttribute("sides",
				List.of(new Side("Revision " + traces.before().rulebase().revision(), traces.before()),
						new Side("Draft " + draft.number(), traces.after())));
		return "authoring/traces";
	}

	/** What the card needs. */
	void add(DraftBody draft, Model model) {
		Person person = this.currentUser.require();
		Impact impact = this.impacts.latest(draft.id()).orElse(null);
		model.addAttribute("impact", impact);
		model.addAttribute("current", impact != null && this.impacts.current(impact));
		model.addAttribute("mayRun", (person.may(Right.RULE_WRITE) || person.may(Right.CHANGE_DECIDE))
				&& !Set.of("published", "discarded").contains(draft.status()));
	}

	private static String refused(String id, Refused refused, RedirectAttributes flash) {
		if (refused.kind() == Refused.Kind.NOT_FOUND) {
			throw refused;
		}
		flash.addFlashAttribute("refusal", refused.getMessage());
		flash.addFlashAttribute("faults", refused.faults());
		return "redirect:/rules/drafts/" + id;
	}

	/**
	 * One of the two assessments of a node.
	 *
	 * @param title whose it is
	 * @param assessment what it says
	 */
	record Side(String title, Assessment assessment) {
	}

}
