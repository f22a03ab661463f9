package io.virtwise.facts.web;

import java.util.Arrays;

import io.virtwise.facts.IntakeForm;
import io.virtwise.facts.IntakePage;
import io.virtwise.facts.PasteField;
import io.virtwise.shared.Refused;
import io.virtwise.shared.TakesAnyText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page on which facts are handed in, and what it says while it is filled in. What is
 * recommended then is the recommendation room's answer to the same form.
 */
@Controller
class IntakePages {

	private final IntakePage page;

	IntakePages(IntakePage page) {
		this.page = page;
	}

	@GetMapping("/assess")
	String blank(@RequestParam(required = false) @Nullable String by, Model model) {
		return this.page.show(IntakeForm.blank(IntakeForm.Way.of(by)), model);
	}

	@TakesAnyText
	@PostMapping("/assess/understood")
	String understood(@RequestParam String field, HttpServletRequest request, Model model) {
		IntakeForm form = IntakeForm.of(request);
		if (field.equals("collector")) {
			model.addAttribute("collected", this.page.collected(form));
			return IntakePage.VIEW + " :: collected";
		}
		if (field.equals("sosreport")) {
			model.addAttribute("reported", this.page.reported(form)).addAttribute("reportFault", form.reportFault());
			return IntakePage.VIEW + " :: reported";
		}
		PasteField asked = Arrays.stream(PasteField.values())
			.filter((known) -> known.field().equals(field))
			.findFirst()
			.orElseThrow(() -> Refused.notFound("field", field));
		model.addAttribute("understood", this.page.understood(asked, form));
		return IntakePage.VIEW + " :: understood";
	}

}
