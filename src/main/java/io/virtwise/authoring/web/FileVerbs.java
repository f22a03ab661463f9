package io.virtwise.authoring.web;

import io.virtwise.authoring.Drafts;
import io.virtwise.shared.Refused;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What else can be done with a file of a draft: its lock, an earlier text, an end.
 */
@Controller
class FileVerbs {

	private final Drafts drafts;

	private final FilePage page;

	FileVerbs(Drafts drafts, FilePage page) {
		this.drafts = drafts;
		this.page = page;
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

	/**
	 * Taken by a script with the first letter that is typed, else with the first save.
	 */
	@PostMapping("/rules/drafts/{id}/lock")
	String lock(@PathVariable String id, @RequestParam String path,
			@RequestHeader(name = "HX-Request", required = false) @Nullable String piece, Model model,
			HttpServletResponse response) {
		if (piece == null) {
			return verb(id, path, model, response, () -> this.drafts.lock(id, path));
		}
		try {
			this.drafts.lock(id, path);
		}
		catch (Refused ex) {
			Refusals.show(ex, model, response);
		}
		this.page.pieces(this.drafts.get(id), path, model);
		return "authoring/lock";
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
			return this.page.stored(id, path, model);
		}
	}

}
