package io.virtwise.recommendation.web;

import io.virtwise.facts.IntakeForm;
import io.virtwise.facts.IntakePage;
import io.virtwise.recommendation.Assessed;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.recommendation.WorkOrders;
import io.virtwise.shared.TakesAnyText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Answers the page <em>Assess a node</em> with a recommendation. Nothing is stored.
 */
@Controller
class AssessPages {

	private final IntakePage intake;

	private final EvidenceAssessor assessor;

	private final WorkOrders orders;

	AssessPages(IntakePage intake, EvidenceAssessor assessor, WorkOrders orders) {
		this.intake = intake;
		this.assessor = assessor;
		this.orders = orders;
	}

	@TakesAnyText
	@PostMapping("/assess")
	String assess(HttpServletRequest request, HttpServletResponse response, Model model) {
		IntakeForm form = IntakeForm.of(request);
		if (!form.faults().isEmpty()) {
			response.setStatus(422);
			return this.intake.show(form, model);
		}
		Assessed assessed = this.assessor.assess(form.toEvidence());
		model.addAttribute("assessment", AssessmentPage.of(assessed.facts(), assessed.assessment(),
				assessed.counterfactuals(), EvidenceAges.NONE));
		model.addAttribute("carried", CarriedEvidence.of(request, form));
		model.addAttribute("order", WorkOrderView.of(this.orders, assessed));
		return "recommendation/show";
	}

}
