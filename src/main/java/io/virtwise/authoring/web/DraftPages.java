package io.virtwise.authoring.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.approval.Approvals;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.Publishing;
import io.virtwise.authoring.Trials;
import io.virtwise.authoring.Trials.CaseChoice;
import io.virtwise.authoring.web.ProofApi.CasesBody;
import io.virtwise.authoring.web.RevisionBody.PersonBody;
import io.virtwise.rules.RuleProblem;
import io.virtwise.shared.Refused;
import io.virtwise.ui.DiffView;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * The page of a draft: what it changes, what is wrong with it, and how it comes into
 * force.
 */
@Controller
class DraftPages {

	private final Drafts drafts;

	private final Publishing publishing;

	private final Trials trials;

	private final DraftReports reports;

	private final ImpactPages impacts;

	private final Approvals approvals;

	private final CurrentUser currentUser;

	DraftPages(Drafts drafts, Publishing publishing, Trials trials, DraftReports reports, ImpactPages impacts,
			Approvals approvals, CurrentUser currentUser) {
		this.drafts = drafts;
		this.publishing = publishing;
		this.trials = trials;
		this.reports = reports;
		this.impacts = impacts;
		this.approvals = approvals;
		this.currentUser = currentUser;
	}

	@GetMapping("/rules/drafts/{id}")
	String show(@PathVariable String id, Model model) {
		Draft draft = this.drafts.get(id);
		DraftBody body = this.reports.of(draft);
		Person person = this.currentUser.require();
		List<RuleProblem> problems = person.may(Right.RULE_WRITE) || person.may(Right.CHANGE_DECIDE)
				? this.trials.check(draft.id()) : List.of();
		model.addAttribute("draft", body);
		model.addAttribute("writers", String.join(", ", body.writers().stream().map(PersonBody::name).toList()));
		model.addAttribute("problems", problems);
		model.addAttribute("counts", counts(problems));
		model.addAttribute("groups", FileGroup.ofDraft(body));
		model.addAttribute("diff",
				DiffPage.of("What changes against revision " + draft.restsOn(), this.drafts.diff(draft.id(), null)));
		model.addAttribute("conflicts",
				draft.conflicts()
					.stream()
					.map((path) -> this.drafts.conflict(draft.id(), path).orElseThrow())
					.map(ConflictView::of)
					.toList());
		model.addAttribute("whyNotSubmit", whyNotSubmit(body, problems));
		model.addAttribute("obstacle", obstacle(body, person));
		this.impacts.add(body, model);
		return "authoring/draft";
	}

	@GetMapping("/rules/drafts/{id}/zip")
	ResponseEntity<byte[]> zip(@PathVariable String id) {
		return FileTags.archive("draft-" + this.drafts.get(id).number() + ".zip", this.drafts.zip(id));
	}

	@PostMapping("/rules/drafts/{id}/cases")
	String cases(@PathVariable String id, Model model) {
		model.addAttribute("cases", CasesBody.of(this.trials.cases(id, CaseChoice.ALL)));
		return show(id, model);
	}

	@PostMapping("/rules/drafts/{id}/submit")
	String submit(@PathVariable String id, Model model, HttpServletResponse response) {
		return verb(id, model, response, () -> this.publishing.submit(id, null));
	}

	@PostMapping("/rules/drafts/{id}/approve")
	String approve(@PathVariable String id, @RequestParam(defaultValue = "") String contentHash,
			@RequestParam(required = false) @Nullable String comment, Model model, HttpServletResponse response) {
		model.addAttribute("comment", comment);
		return verb(id, model, response, () -> this.publishing.approve(id, VerdictBody.hash(contentHash), comment));
	}

	@PostMapping("/rules/drafts/{id}/deny")
	String deny(@PathVariable String id, @RequestParam(required = false) @Nullable String comment, Model model,
			HttpServletResponse response) {
		model.addAttribute("comment", comment);
		return verb(id, model, response, () -> this.publishing.deny(id, comment));
	}

	@PostMapping("/rules/drafts/{id}/withdraw")
	String withdraw(@PathVariable String id, Model model, HttpServletResponse response) {
		return verb(id, model, response, () -> this.publishing.withdraw(id));
	}

	@PostMapping("/rules/drafts/{id}/rebase")
	String rebase(@PathVariable String id, Model model, HttpServletResponse response) {
		return verb(id, model, response, () -> this.drafts.rebase(id));
	}

	@PostMapping("/rules/drafts/{id}/discard")
	String discard(@PathVariable String id, Model model, HttpServletResponse response) {
		return verb(id, model, response, () -> this.drafts.discard(id));
	}

	@PostMapping("/rules/drafts/{id}/resolve")
	@PreAuthorize("hasAuthority('rule:write')")
	String resolve(@PathVariable String id, @RequestParam String path, @RequestParam String take, Model model,
			HttpServletResponse response) {
		return verb(id, model, response, () -> this.drafts.resolve(id, path, DraftApi.side(take)));
	}

	@PostMapping("/rules/drafts/{id}/upload")
	@PreAuthorize("hasAuthority('rule:write')")
	String upload(@PathVariable String id, @RequestParam MultipartFile file, Model model, HttpServletResponse response)
			throws IOException {
		String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
		try (InputStream body = file.getInputStream()) {
			byte[] bytes = Uploads.archive(body);
			return verb(id, model, response, () -> take(id, name, bytes));
		}
		catch (Refused ex) {
			Refusals.show(ex, model, response);
			return show(id, model);
		}
	}

	/** One file goes over the one of its name, an archive over all that it holds. */
	private void take(String id, String name, byte[] bytes) {
		if (name.toLowerCase(Locale.ROOT).endsWith(".zip")) {
			this.drafts.upload(id, bytes);
			return;
		}
		boolean known = this.drafts.get(id).file(name).isPresent();
		this.drafts.write(id, name, Uploads.text(name, bytes),
				known ? Drafts.Precondition.ANY : Drafts.Precondition.ABSENT);
	}

	/** Back to the page, or the page at once with what was refused. */
	private String verb(String id, Model model, HttpServletResponse response, Runnable verb) {
		try {
			verb.run();
			return "redirect:/rules/drafts/" + id;
		}
		catch (Refused ex) {
			if (ex.kind() == Refused.Kind.NOT_FOUND) {
				throw ex;
			}
			Refusals.show(ex, model, response);
			return show(id, model);
		}
	}

	static Map<String, Long> counts(List<RuleProblem> problems) {
		Map<String, Long> counts = new TreeMap<>();
		problems.forEach((problem) -> counts.merge(problem.file(), 1L, Long::sum));
		return counts;
	}

	private static @Nullable String whyNotSubmit(DraftBody draft, List<RuleProblem> problems) {
		if (draft.status().equals("denied")) {
			return "Edit it first: as it is, it was denied.";
		}
		if (draft.outdated()) {
			return "Take the revision in force over first.";
		}
		if (!draft.conflicts().isEmpty()) {
			return "Decide first what becomes of the files that both sides changed.";
		}
		return problems.stream().anyMatch((one) -> one.severity() == RuleProblem.Severity.ERROR)
				? "It can be asked for once the errors are gone." : null;
	}

	private @Nullable String obstacle(DraftBody draft, Person person) {
		if (draft.writers().stream().anyMatch((one) -> one.id().equals(person.id()))) {
			return "You wrote something in this draft, so you cannot decide it. This binds you as a person, whatever"
					+ " your roles.";
		}
		return this.approvals.latest(Draft.SUBJECT_TYPE, draft.id())
			.flatMap((request) -> this.approvals.obstacle(request, person))
			.map((one) -> one.headline() + " " + one.detail())
			.orElse(null);
	}

	/**
	 * A file that both sides changed.
	 *
	 * @param path the file
	 * @param ours what the draft changed
	 * @param theirs what the other side changed
	 */
	record ConflictView(String path, DiffView ours, DiffView theirs) {

		static ConflictView of(Drafts.ThreeWay conflict) {
			return new ConflictView(conflict.path(), DiffView.of(conflict.ourDiff()),
					DiffView.of(conflict.theirDiff()));
		}

	}

}
