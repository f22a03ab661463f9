package io.virtwise.authoring.web;

import java.util.List;

import io.virtwise.shared.Refused;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.ui.Model;

/**
 * Shows on a page why something was not done.
 */
final class Refusals {

	private Refusals() {
	}

	/** Puts the reason into the model and its status into the answer. */
	static void show(Refused refused, Model model, HttpServletResponse response) {
		response.setStatus((refused.kind() == Refused.Kind.INVALID) ? 422 : refused.kind().status());
		model.addAttribute("refusal", String.valueOf(refused.getMessage()));
		model.addAttribute("faults", (refused.kind() == Refused.Kind.INVALID) ? List.of() : refused.faults());
	}

}
