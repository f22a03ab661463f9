package io.virtwise.authoring.web;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.Writing;
import io.virtwise.facts.IntakeForm;
import io.virtwise.rules.RuleLanguage;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.shared.Refused;
import io.virtwise.shared.TakesAnyText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Pages beside the editor: the words that rules may use, search over a draft, and a form
 * that writes a rule.
 */
@Controller
class WritingPages {

	private final Drafts drafts;

	private final Writing writing;

	private final RuleWorkshop workshop;

	WritingPages(Drafts drafts, Writing writing, RuleWorkshop workshop) {
		this.drafts = drafts;
		this.writing = writing;
		this.workshop = workshop;
	}

	@GetMapping("/rules/language")
	String language(Model model) {
		model.addAttribute("language", this.workshop.language());
		return "authoring/language";
	}

	/** The same for the editor, which completes words and explains them. */
	@GetMapping("/rules/language.json")
	@ResponseBody
	RuleLanguage words() {
		return this.workshop.language();
	}

	@GetMapping("/rules/drafts/{id}/search")
	String search(@PathVariable String id, @RequestParam(defaultValue = "") String q, Model model,
			HttpServletResponse response) {
		Draft draft = this.drafts.get(id);
		model.addAttribute("draft", draft);
		model.addAttribute("words", q);
		try {
			model.addAttribute("found", this.writing.search(id, q));
		}
		catch (Refused ex) {
			Refusals.show(ex, model, response);
		}
		return "authoring/search";
	}

	@GetMapping("/rules/drafts/{draft}/insert")
	String form(@PathVariable("draft") String id, @RequestParam String path, Model model) {
		return form(id, InsertForm.empty(path, this.drafts.get(id)), Map.of(), model);
	}

	/** The draft's id goes by another name, because the form has an id of its own. */
	@PostMapping("/rules/drafts/{draft}/insert")
	String insert(@PathVariable("draft") String id, @ModelAttribute InsertForm form, Model model,
			HttpServletResponse response) {
		Map<String, String> wrong = new HashMap<>();
		try {
			int line = this.writing.insert(id, form.path(), form.rule(), FileTags.ofForm(form.etag()));
			return "redirect:/rules/drafts/" + id + "/files/" + form.path() + "#L" + line;
		}
		catch (Refused ex) {
			if (ex.kind() == Refused.Kind.NOT_FOUND) {
				throw ex;
			}
			Refusals.show(ex, model, response);
			model.addAttribute("faults", ex.faults());
			ex.faults().forEach((fault) -> wrong.putIfAbsent(fault.field(), fault.message()));
			return form(id, form, wrong, model);
		}
	}

	/** One click on the page of a node, or of what was known of it at an earlier time. */
	@PostMapping("/rules/cases")
	String caseOf(@RequestParam String node, @RequestParam(required = false) @Nullable Instant at) {
		return place(this.writing.caseOf(node, at));
	}

	/** One click on the page of an assessment that was not stored. */
	@TakesAnyText
	@PostMapping("/rules/cases/evidence")
	@PreAuthorize("hasAuthority('rule:write')")
	String caseOf(HttpServletRequest request) {
		IntakeForm form = IntakeForm.of(request);
		if (!form.faults().isEmpty()) {
			throw new Refused(Refused.Kind.INVALID, "invalid", "The evidence cannot be read again.", form.faults());
		}
		return place(this.writing.caseOf(form.toEvidence()));
	}

	private static String place(Writing.Place place) {
		return "redirect:/rules/drafts/" + place.draft() + "/files/" + place.path() + "#L" + place.line();
	}

	private String form(String id, InsertForm form, Map<String, String> wrong, Model model) {
		model.addAttribute("wrong", wrong);
		model.addAttribute("draft", this.drafts.get(id));
		model.addAttribute("form", form);
		model.addAttribute("language", this.workshop.language());
		return "authoring/insert";
	}

}
