package io.virtwise.authoring.web;

import java.time.Instant;
import java.util.List;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Draft.DraftFile;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.Trials;
import io.virtwise.authoring.Writing;
import io.virtwise.authoring.web.DraftBody.FileBody;
import io.virtwise.authoring.web.DraftBody.LockBody;
import io.virtwise.rules.RuleProblem;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * Puts the page of a file together, with the stored text or with one that is being typed.
 */
@Component
class FilePage {

	private final Drafts drafts;

	private final Trials trials;

	private final Writing writing;

	private final DraftReports reports;

	private final CurrentUser currentUser;

	FilePage(Drafts drafts, Trials trials, Writing writing, DraftReports reports, CurrentUser currentUser) {
		this.drafts = drafts;
		this.trials = trials;
		this.writing = writing;
		this.reports = reports;
		this.currentUser = currentUser;
	}

	/** The page with the text as it is stored. */
	String stored(String id, String path, Model model) {
		Draft draft = this.drafts.get(id);
		DraftFile file = draft.file(path).orElseThrow(() -> Refused.notFound("file in " + draft.name(), path));
		return show(draft, path, this.drafts.text(id, path), file.sha256(), model);
	}

	/** The page with a text that is not saved. */
	String typed(String id, String path, String text, String tag, Model model) {
		return show(this.drafts.get(id), path, text, tag, model);
	}

	/** What a script asks for after a save: the tag, the time, and who edits. */
	void pieces(Draft draft, String path, Model model) {
		DraftBody body = this.reports.of(draft);
		FileBody file = file(body, path);
		model.addAttribute("draft", body);
		model.addAttribute("path", path);
		model.addAttribute("tag", (file != null) ? file.sha256() : "");
		model.addAttribute("savedAt", (file != null) ? file.editedAt() : null);
		lock(draft, file, model);
	}

	/** What is wrong with a text, and which rules it holds. */
	void look(String id, String path, String text, Model model) {
		model.addAttribute("problems", this.trials.check(id, path, text));
		model.addAttribute("outline", this.writing.outline(path, text));
		model.addAttribute("draftId", id);
		model.addAttribute("path", path);
	}

	private String show(Draft draft, String path, String text, String tag, Model model) {
		Person person = this.currentUser.require();
		List<RuleProblem> problems = person.may(Right.RULE_WRITE) ? this.trials.check(draft.id(), path, text)
				: List.of();
		pieces(draft, path, model);
		model.addAttribute("text", text);
		model.addAttribute("tag", tag);
		model.addAttribute("outline", this.writing.outline(path, text));
		model.addAttribute("groups", FileGroup.ofDraft(this.reports.of(draft)));
		model.addAttribute("problems", problems);
		model.addAttribute("counts", DraftPages.counts(problems));
		return "authoring/file";
	}

	private void lock(Draft draft, @Nullable FileBody file, Model model) {
		Person person = this.currentUser.require();
		boolean open = person.may(Right.RULE_WRITE) && draft.status().editable() && draft.activates() == null;
		LockBody lock = (file != null && open) ? file.lock() : null;
		boolean mine = lock != null && lock.by().id().equals(person.id());
		model.addAttribute("readOnly", !open || (lock != null && !mine));
		model.addAttribute("mine", mine);
		model.addAttribute("locked", lock != null && !mine);
		model.addAttribute("lockText", (lock != null) ? said(lock, mine) : open ? null : closed(draft, person));
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

}
