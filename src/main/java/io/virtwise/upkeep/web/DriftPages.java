package io.virtwise.upkeep.web;

import java.util.function.Supplier;

import io.virtwise.change.ChangeRequest;
import io.virtwise.node.NodeFailure;
import io.virtwise.nova.NovaConfEditor;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import io.virtwise.ui.DiffView;
import io.virtwise.upkeep.DriftFinding;
import io.virtwise.upkeep.DriftWatch;
import io.virtwise.upkeep.NodeWatch;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pages of drift.
 */
@Controller
class DriftPages {

	private final DriftWatch drift;

	private final NovaConfEditor editor;

	DriftPages(DriftWatch drift, NovaConfEditor editor) {
		this.drift = drift;
		this.editor = editor;
	}

	@GetMapping("/drift")
	String list(@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable Integer page, Model model) {
		DriftWatch.Which which = DriftApi.which(status);
		model.addAttribute("standing", this.drift.standing())
			.addAttribute("which", which.name().toLowerCase(java.util.Locale.ROOT))
			.addAttribute("drifts", this.drift.list(which, SliceRequest.of(page, null, null, java.util.Set.of()))
				.map((one) -> DriftView.of(one, this.editor)));
		return "upkeep/drifts";
	}

	@GetMapping("/drift/{id}")
	String show(@PathVariable String id, Model model) {
		DriftFinding found = this.drift.get(id);
		DriftView view = DriftView.of(found, this.editor);
		model.addAttribute("drift", view)
			.addAttribute("remains", this.drift.remains(found).orElse(null))
			.addAttribute("diff", DiffView.of(view.diff()))
			.addAttribute("watch", this.drift.of(view.node().id()).orElse(null));
		return "upkeep/drift";
	}

	@PostMapping("/drift/{id}/put-back")
	String putBack(@PathVariable String id, @RequestParam(defaultValue = "") String reason, Model model,
			HttpServletResponse response) {
		return answer(id, reason, "put-back", model, response, () -> this.drift.putBack(id, reason));
	}

	@PostMapping("/drift/{id}/accept")
	String accept(@PathVariable String id, @RequestParam(defaultValue = "") String reason, Model model,
			HttpServletResponse response) {
		return answer(id, reason, "accept", model, response, () -> this.drift.accept(id, reason));
	}

	/** Reads the node now, and comes back to where the button was. */
	@PostMapping("/nodes/{id}/drift/check")
	String check(@PathVariable String id, @RequestParam(defaultValue = "") String drift, RedirectAttributes flash) {
		try {
			NodeWatch watch = this.drift.check(id);
			flash.addFlashAttribute("done", (watch.open() == null) ? "Checked just now: the file is what was approved."
					: "Checked just now: the file is not what was approved.");
		}
		catch (Refused ex) {
			if (ex.kind() == Refused.Kind.NOT_FOUND) {
				throw ex;
			}
			flash.addFlashAttribute("refusal", ex.getMessage());
		}
		catch (NodeFailure ex) {
			flash.addFlashAttribute("refusal", "Not checked. " + ex.getMessage());
		}
		return drift.matches("[A-Za-z0-9-]{1,32}") ? "redirect:/drift/" + drift : "redirect:/nodes/" + id;
	}

	/** On to the change that was planned, or the page again with what was refused. */
	private String answer(String id, String reason, String way, Model model, HttpServletResponse response,
			Supplier<ChangeRequest> verb) {
		try {
			return "redirect:/changes/" + verb.get().id();
		}
		catch (Refused ex) {
			if (ex.kind() == Refused.Kind.NOT_FOUND) {
				throw ex;
			}
			response.setStatus((ex.kind() == Refused.Kind.INVALID) ? 422 : ex.kind().status());
			model.addAttribute("refusal", ex.getMessage());
		}
		catch (NodeFailure ex) {
			response.setStatus(ex.status());
			model.addAttribute("refusal", "Nothing was planned. " + ex.getMessage());
		}
		model.addAttribute("reason", reason).addAttribute("way", way);
		return show(id, model);
	}

}
