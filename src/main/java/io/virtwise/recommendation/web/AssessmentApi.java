package io.virtwise.recommendation.web;

import io.virtwise.facts.EvidenceParts;
import io.virtwise.recommendation.AssessmentView;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.shared.TakesAnyText;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Assessing evidence over HTTP. Nothing is stored.
 */
@RestController
@RequestMapping("/api/v1/assessments")
class AssessmentApi {

	private final EvidenceAssessor assessor;

	AssessmentApi(EvidenceAssessor assessor) {
		this.assessor = assessor;
	}

	@TakesAnyText
	@PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	AssessmentView assess(HttpServletRequest request) {
		return this.assessor.assess(EvidenceParts.ofMultipart(request)).view();
	}

	@TakesAnyText
	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	AssessmentView assess(@RequestBody JsonNode body) {
		return this.assessor.assess(EvidenceParts.ofJson(body)).view();
	}

}
