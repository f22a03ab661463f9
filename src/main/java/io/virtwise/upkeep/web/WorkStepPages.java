package io.virtwise.upkeep.web;

import io.virtwise.shared.Refused;
import io.virtwise.upkeep.LeftToDo;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The boxes to tick on the page of a change.
 */
@Controller
class WorkStepPages {

	private final LeftToDo left;

	WorkStepPages(LeftToDo left) {
		this.left = left;
	}

	@PostMapping("/changes/{id}/steps/{stepId}/tick")
	String tick(@PathVariable String id, @PathVariable String stepId, RedirectAttributes flash) {
		return tick(id, stepId, true, flash);
	}

	@PostMapping("/changes/{id}/steps/{stepId}/untick")
	String untick(@PathVariable String id, @PathVariable String stepId, RedirectAttributes flash) {
		return tick(id, stepId, false, flash);
	}

	private String tick(String id, String stepId, boolean done, RedirectAttributes flash) {
		try {
			this.left.tick(id, stepId, done);
			flash.addFlashAttribute("done",
					done ? "Noted. The step closes by itself once a fresh reading shows its effect." : "Taken back.");
		}
		catch (Refused ex) {
			if (ex.kind() != Refused.Kind.CONFLICT) {
				throw ex;
			}
			flash.addFlashAttribute("refusal", ex.getMessage());
		}
		return "redirect:/changes/" + id + "#steps";
	}

}
