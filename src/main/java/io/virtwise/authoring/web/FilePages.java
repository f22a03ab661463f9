package io.virtwise.authoring.web;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Draft.DraftFile;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.Trials;
import io.virtwise.authoring.web.DraftBody.FileBody;
import io.virtwise.authoring.web.DraftBody.LockBody;
import io.virtwise.rules.RuleProblem;
import io.virtwise.shared.Refused;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page on which a file of a draft is edited. It works as a plain form; a script may
 * ask for its pieces: problems of a text that is not saved, and saving without leaving.
 */
@Controller
class FilePages {

	private final Drafts drafts;

	private final Trials trials;

	private final DraftReports reports;

	private final CurrentUser currentUser;

	FilePages(Drafts drafts, Trials trials, DraftReports reports, CurrentUser currentUser) {
		this.drafts = drafts;
		this.trials = trials;
		this.reports = reports;
		this.currentUser = currentUser;
	}

	@GetMapping("/rules/drafts/{id}/files/{path}")
	String edit(@PathVariable String id, @PathVariable String path, Model model) {
		Draft draft = this.drafts.get(id);
		DraftFile file = draft.file(path).orElseThrow(() -> Refused.notFound("file in " + draft.name(), path));
		return page(draft, path, this.drafts.text(id, path), file.sha256(), model);
	}

	@GetMapping("/rules/drafts/{id}/new")
	String begin(@PathVariable String id, @RequestParam String path, Model model) {
		Draft draft = this.drafts.get(id);
		return draft.file(path).isPresent() ? "redirect:/rules/drafts/" + draft.id() : page(draft, path, "", "", model);
	}

	@PostMapping("/rules/drafts/{id}/files/{path}")
	String save(@PathVariable String id, @PathVariable String path, @RequestParam String text,
			@RequestParam(defaultValue = "") String etag,
			@RequestHeader(name = "HX-Request", required = false) @Nullable String piece, Model model,
			HttpServletResponse response) {
		String lines = withoutReturns(text);
		try {
			Draft draft = this.drafts.write(id, path, lines, FileTags.ofForm(etag));
			if (piece == null) {
				return "redirect:/rules/drafts/" + draft.id() + "/files/" + path;
			}
			FileBody saved = file(this.reports.of(draft), path);
			model.addAttribute("tag", (saved != null) ? saved.sha256() : "");
			model.addAttribute("savedAt", (saved != null) ? saved.editedAt() : null);
			return "authoring/saved";
		}
		catch (Refused ex) {
			if (ex.kind() == Refused.Kind.NOT_FOUND) {
				throw ex;
			}
			Refusals.show(ex, model, response);
			model.addAttribute("tag", etag);
			return (piece != null) ? "authoring/saved" : page(this.drafts.get(id), path, lines, etag, model);
		}
	}

	/** Problems of a text while it is typed; nothing is saved. */
	@PostMapping("/rules/drafts/{id}/files/{path}/problems")
	String problems(@PathVariable String id, @PathVariable String path, @RequestParam String text, Model model) {
		model.addAttribute("problems", this.trials.check(id, path, withoutReturns(text)));
		model.addAttribute("draftId", id);
		model.addAttribute("path", path);
		return "authoring/problems";
	}

	@PostMapping("/rules/drafts/{id}/restore")
	String restore(@PathVariable String id, @RequestParam String path, @RequestParam Integer revision, Model model,
			HttpServletResponse response) {
		return verb(id, path, model, response, () -> this.drafts.restore(id, path, revision));
	}

	@PostMapping("/rules/drafts/{id}/remove")
	String remove(@PathVariable String id, @RequestParam String path, @RequestParam(defaultValue = "") String etag,
			Model model, HttpServletResponse response) {
		return verb(id, path, model, response, () -> this.drafts.remove(id, path, FileTags.ofForm(etag)));
	}

	@PostMapping("/rules/drafts/{id}/lock")
	String lock(@PathVariable String id, @RequestParam String path, Model model, HttpServletResponse response) {
		return verb(id, path, model, response, () -> this.drafts.lock(id, path));
	}

	@PostMapping("/rules/drafts/{id}/unlock")
	String unlock(@PathVariable String id, @RequestParam String path, Model model, HttpServletResponse response) {
		return verb(id, path, model, response, () -> this.drafts.unlock(id, path));
	}

	@PostMapping("/rules/drafts/{id}/break-lock")
	String breakLock(@PathVariable String id, @RequestParam String path, @RequestParam(defaultValue = "") String note,
			Model model, HttpServletResponse response) {
		return verb(id, path, model, response, () -> this.drafts.breakLock(id, path, note));
	}

	private String verb(String id, String path, Model model, HttpServletResponse response, Runnable verb) {
		try {
			verb.run();
			boolean there = this.drafts.get(id).file(path).isPresent();
			return "redirect:/rules/drafts/" + id + (there ? "/files/" + path : "");
		}
		catch (Refused ex) {
			if (ex.kind() == Refused.Kind.NOT_FOUND) {
				throw ex;
			}
			Refusals.show(ex, model, response);
			return edit(id, path, model);
		}
	}

	private String page(Draft draft, String path, String text, String tag, Model model) {
		Person person = this.currentUser.require();
		DraftBody body = this.reports.of(draft);
		FileBody file = file(body, path);
		LockBody lock = (file != null) ? file.lock() : null;
		boolean mine = lock != null && lock.by().id().equals(person.id());
		boolean locked = lock != null && !mine;
		boolean open = person.may(Right.RULE_WRITE) && draft.status().editable() && draft.activates() == null;
		List<RuleProblem> problems = person.may(Right.RULE_WRITE) ? this.trials.check(draft.id(), path, text)
				: List.of();
		model.addAttribute("draft", body);
		model.addAttribute("path", path);
		model.addAttribute("text", text);
		model.addAttribute("tag", tag);
		model.addAttribute("groups", FileGroup.ofDraft(body));
		model.addAttribute("problems", problems);
		model.addAttribute("counts", DraftPages.counts(problems));
		model.addAttribute("savedAt", (file != null) ? file.editedAt() : null);
		model.addAttribute("readOnly", !open || locked);
		model.addAttribute("mine", mine);
		model.addAttribute("locked", locked);
		model.addAttribute("lockText", (lock != null) ? said(lock, mine) : open ? null : closed(draft, person));
		return "authoring/file";
	}

	private static String said(LockBody lock, boolean mine) {
		return mine
				? "You edit this file since " + time(lock.since())
						+ "; others see it read-only. This ends when you release it, or at " + time(lock.endsAt())
						+ " without another save."
				: lock.by().name() + " edits this since " + time(lock.since()) + ". It is free at "
						+ time(lock.endsAt()) + " at the latest.";
	}

	private static String closed(Draft draft, Person person) {
		return !person.may(Right.RULE_WRITE)
				? "To edit rules you need the right rule:write; the role Rule author has it."
				: draft.name() + " is " + draft.status().key().replace('-', ' ') + ", so its files stay as they are.";
	}

	private static String time(Instant instant) {
		return instant.toString().substring(11, 16) + " UTC";
	}

	private static @Nullable FileBody file(DraftBody draft, String path) {
		return draft.files().stream().filter((one) -> one.path().equals(path)).findFirst().orElse(null);
	}

	/** Browsers end the lines of a form with both characters. */
	private static String withoutReturns(String text) {
		return Objects.requireNonNull(text).replace("\r\n", "\n");
	}

}
