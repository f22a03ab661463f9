package io.virtwise.authoring.web;

import java.util.Map;
import java.util.Objects;

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.Trials;
import io.virtwise.authoring.Writing;
import io.virtwise.authoring.web.ProofApi.CasesBody;
import io.virtwise.rules.RulesRefused;
import io.virtwise.shared.Refused;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The page on which a file of a draft is edited. It works as a plain form; a script may
 * ask for its pieces: problems of a text that is not saved, cases on it, and saving
 * without leaving.
 */
@Controller
class FilePages {

	private final Drafts drafts;

	private final Trials trials;

	private final Writing writing;

	private final FilePage page;

	FilePages(Drafts drafts, Trials trials, Writing writing, FilePage page) {
		this.drafts = drafts;
		this.trials = trials;
		this.writing = writing;
		this.page = page;
	}

	@GetMapping("/rules/drafts/{id}/files/{path}")
	String edit(@PathVariable String id, @PathVariable String path, Model model) {
		return this.page.stored(id, path, model);
	}

	@GetMapping("/rules/drafts/{id}/new")
	String begin(@PathVariable String id, @RequestParam String path, Model model) {
		Draft draft = this.drafts.get(id);
		return draft.file(path).isPresent() ? "redirect:/rules/drafts/" + draft.id()
				: this.page.typed(id, path, "", "", model);
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
			this.page.pieces(draft, path, model);
			return "authoring/saved";
		}
		catch (Refused ex) {
			if (ex.kind() == Refused.Kind.NOT_FOUND) {
				throw ex;
			}
			Refusals.show(ex, model, response);
			if (piece == null) {
				return this.page.typed(id, path, lines, etag, model);
			}
			this.page.pieces(this.drafts.get(id), path, model);
			model.addAttribute("tag", etag);
			return "authoring/saved";
		}
	}

	/** Problems of a text while it is typed; nothing is saved. */
	@PostMapping("/rules/drafts/{id}/files/{path}/problems")
	String problems(@PathVariable String id, @PathVariable String path, @RequestParam String text, Model model) {
		this.page.look(id, path, withoutReturns(text), model);
		return "authoring/problems";
	}

	/** Cases on a text that need not be saved. */
	@PostMapping("/rules/drafts/{id}/files/{path}/cases")
	String cases(@PathVariable String id, @PathVariable String path, @RequestParam String text,
			@RequestParam(defaultValue = "") String etag, @RequestParam(required = false) @Nullable String only,
			@RequestHeader(name = "HX-Request", required = false) @Nullable String piece, Model model) {
		String lines = withoutReturns(text);
		model.addAttribute("cases", CasesBody.of(this.trials.cases(id, path, lines, only)));
		model.addAttribute("runAt", "/rules/drafts/" + id + "/files/" + path + "/cases");
		return (piece != null) ? "authoring/cases" : this.page.typed(id, path, lines, etag, model);
	}

	/** The text laid out in the one form, not saved. */
	@PostMapping("/rules/drafts/{id}/files/{path}/format")
	String format(@PathVariable String id, @PathVariable String path, @RequestParam String text,
			@RequestParam(defaultValue = "") String etag, Model model, HttpServletResponse response) {
		String lines = withoutReturns(text);
		try {
			return this.page.typed(id, path, this.writing.format(path, lines), etag, model);
		}
		catch (RulesRefused ex) {
			model.addAttribute("refusal", unformatted(ex));
			response.setStatus(422);
			return this.page.typed(id, path, lines, etag, model);
		}
	}

	/** The same for a script, which puts it into the editor, where it can be undone. */
	@PostMapping(path = "/rules/drafts/{id}/files/{path}/format", headers = "HX-Request")
	@ResponseBody
	ResponseEntity<Map<String, String>> formatted(@PathVariable String path, @RequestParam String text) {
		try {
			return ResponseEntity.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.body(Map.of("text", this.writing.format(path, withoutReturns(text))));
		}
		catch (RulesRefused ex) {
			return ResponseEntity.status(422)
				.contentType(MediaType.APPLICATION_JSON)
				.body(Map.of("refusal", unformatted(ex)));
		}
	}

	private static String unformatted(RulesRefused ex) {
		return "It can be laid out once its characters are right: " + ex.problems().get(0);
	}

	/** Browsers end the lines of a form with both characters. */
	private static String withoutReturns(String text) {
		return Objects.requireNonNull(text).replace("\r\n", "\n");
	}

}
