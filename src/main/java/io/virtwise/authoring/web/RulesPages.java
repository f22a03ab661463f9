package io.virtwise.authoring.web;

import java.util.List;
import java.util.Set;

import io.virtwise.access.People;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.Publishing;
import io.virtwise.authoring.Revision;
import io.virtwise.authoring.Revisions;
import io.virtwise.authoring.web.RulebaseApi.RuleBlameBody;
import io.virtwise.rules.Advisor;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The pages of the rulebase and of its revisions.
 */
@Controller
class RulesPages {

	private static final int REVISIONS_SHOWN = 50;

	private final Revisions revisions;

	private final Drafts drafts;

	private final Publishing publishing;

	private final DraftReports reports;

	private final People people;

	private final Advisor advisor;

	RulesPages(Revisions revisions, Drafts drafts, Publishing publishing, DraftReports reports, People people,
			Advisor advisor) {
		this.revisions = revisions;
		this.drafts = drafts;
		this.publishing = publishing;
		this.reports = reports;
		this.people = people;
		this.advisor = advisor;
	}

	@GetMapping("/rules")
	String index(@RequestParam(defaultValue = "false") boolean all,
			@RequestParam(required = false) @Nullable Integer page, Model model) {
		Revision active = this.revisions.active();
		model.addAttribute("active", body(active, active.number(), true));
		model.addAttribute("inUse", this.advisor.rulebase().revision());
		model.addAttribute("groups", FileGroup.ofRevision(active.files()));
		model.addAttribute("open", !all);
		model.addAttribute("drafts",
				this.drafts.list(!all, SliceRequest.of(page, null, null, Set.of())).map(this.reports::of));
		model.addAttribute("revisions",
				this.revisions.list(new SliceRequest(0, REVISIONS_SHOWN, null, true))
					.map((one) -> body(one, active.number(), false))
					.items());
		return "authoring/index";
	}

	@PostMapping("/rules/drafts")
	String begin(@RequestParam(required = false) @Nullable Integer from,
			@RequestParam(defaultValue = "") String message, Model model, HttpServletResponse response) {
		try {
			Draft draft = this.drafts.begin((from != null) ? from : this.revisions.active().number(), message);
			return "redirect:/rules/drafts/" + draft.id();
		}
		catch (Refused ex) {
			model.addAttribute("message", message);
			Refusals.show(ex, model, response);
			return index(false, null, model);
		}
	}

	@GetMapping("/rules/revisions/{n}")
	String revision(@PathVariable int n, Model model) {
		show(n, model);
		model.addAttribute("blame",
				this.revisions.blame(n).stream().map((one) -> RuleBlameBody.of(one, this.people)).toList());
		return "authoring/revision";
	}

	@GetMapping("/rules/revisions/{n}/files/{path}")
	String file(@PathVariable int n, @PathVariable String path, Model model) {
		model.addAttribute("text", this.revisions.text(n, path));
		model.addAttribute("file", path);
		model.addAttribute("blame", List.of());
		show(n, model);
		return "authoring/revision";
	}

	@GetMapping("/rules/revisions/{n}/zip")
	ResponseEntity<byte[]> zip(@PathVariable int n) {
		return FileTags.archive("rulebase-" + n + ".zip", this.revisions.zip(n));
	}

	@GetMapping("/rules/revisions/{n}/diff/{m}")
	String diff(@PathVariable int n, @PathVariable int m, Model model) {
		String heading = "From revision " + n + " to revision " + m;
		model.addAttribute("heading", heading);
		model.addAttribute("diff", DiffPage.of("What changes", this.revisions.diff(n, m)));
		return "authoring/diff";
	}

	@PostMapping("/rules/revisions/{n}/activate")
	String activate(@PathVariable int n, Model model, HttpServletResponse response) {
		try {
			return "redirect:/rules/drafts/" + this.publishing.activate(n, null).id();
		}
		catch (Refused ex) {
			if (ex.kind() == Refused.Kind.NOT_FOUND) {
				throw ex;
			}
			Refusals.show(ex, model, response);
			return revision(n, model);
		}
	}

	private void show(int n, Model model) {
		Revision revision = this.revisions.get(n);
		int active = this.revisions.active().number();
		model.addAttribute("revision", body(revision, active, true));
		model.addAttribute("active", active);
		model.addAttribute("groups", FileGroup.ofRevision(revision.files()));
	}

	private RevisionBody body(Revision revision, int active, boolean whole) {
		return RevisionBody.of(revision, active, this.people, whole);
	}

}
