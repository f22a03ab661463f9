package io.virtwise.change.web;

import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReports;
import io.virtwise.change.Changes;
import io.virtwise.shared.Refused;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The buttons of a change's page up to its approval. Each form says which version and
 * which content the person looked at.
 */
@Controller
@RequestMapping("/changes/{id}")
class DecisionPages {

	private final Changes changes;

	private final ChangeReports reports;

	private final ChangeShow show;

	DecisionPages(Changes changes, ChangeReports reports, ChangeShow show) {
		this.changes = changes;
		this.reports = reports;
		this.show = show;
	}

	@PostMapping("/submit")
	String submit(@PathVariable String id, @ModelAttribute Looked looked,
			@RequestParam(required = false) @Nullable String emergencyReason, Model model,
			HttpServletResponse response) {
		model.addAttribute("emergencyReason", emergencyReason);
		return verb(id, model, response, () -> this.changes.submit(id, looked.body().seen(), emergencyReason));
	}

	/** Asks once more, with everything looked at anew, and then approves. */
	@PostMapping("/approve")
	String approve(@PathVariable String id, @ModelAttribute Looked looked,
			@RequestParam(required = false) @Nullable String comment,
			@RequestParam(defaultValue = "false") boolean confirmed, Model model, HttpServletResponse response) {
		model.addAttribute("comment", comment);
		if (confirmed) {
			return verb(id, model, response, () -> this.changes.approve(id, looked.body().seenContent(), comment));
		}
		String page = verb(id, model, response,
				() -> model.addAttribute("moved", this.changes.recheck(id, looked.body().seenContent())));
		return page.startsWith("redirect:") ? confirm(id, model) : page;
	}

	@PostMapping("/deny")
	String deny(@PathVariable String id, @ModelAttribute Looked looked,
			@RequestParam(required = false) @Nullable String comment, Model model, HttpServletResponse response) {
		model.addAttribute("comment", comment);
		return verb(id, model, response, () -> this.changes.deny(id, looked.body().seen(), comment));
	}

	@PostMapping("/withdraw")
	String withdraw(@PathVariable String id, @ModelAttribute Looked looked, Model model, HttpServletResponse response) {
		return verb(id, model, response, () -> this.changes.withdraw(id, looked.body().seen(), null));
	}

	@PostMapping("/review")
	String review(@PathVariable String id, @ModelAttribute Looked looked,
			@RequestParam(required = false) @Nullable String comment, Model model, HttpServletResponse response) {
		model.addAttribute("comment", comment);
		return verb(id, model, response, () -> this.changes.review(id, looked.body().seen(), comment));
	}

	private String confirm(String id, Model model) {
		ChangeReport change = this.reports.of(id);
		model.addAttribute("change", change);
		model.addAttribute("view", ChangePage.of(change, Shown.FIRST));
		return "change/confirm";
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
			return this.show.page(id, fault, model);
		}
	}

	/**
	 * What the page showed when the button was pressed.
	 *
	 * @param version of the change
	 * @param contentHash of its content
	 */
	record Looked(@Nullable Long version, @Nullable String contentHash) {

		VerbBody body() {
			String hash = this.contentHash;
			return new VerbBody(this.version, (hash != null && !hash.isBlank()) ? hash : null, null, null);
		}

	}

}
