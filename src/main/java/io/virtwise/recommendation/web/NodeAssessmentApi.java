package io.virtwise.recommendation.web;

import java.util.List;
import java.util.Set;

import io.virtwise.facts.EvidenceParts;
import io.virtwise.facts.NodeFactsReader.CheckStep;
import io.virtwise.recommendation.internal.AssessmentDesk;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.recommendation.web.NodeAssessmentView.Entry;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import io.virtwise.shared.TakesAnyText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Checking, probing and assessing a registered node over HTTP.
 */
@RestController
@RequestMapping("/api/v1/nodes/{id}")
class NodeAssessmentApi {

	private final NodeDossier dossier;

	private final AssessmentDesk desk;

	NodeAssessmentApi(NodeDossier dossier, AssessmentDesk desk) {
		this.dossier = dossier;
		this.desk = desk;
	}

	@PostMapping("/check")
	Check check(@PathVariable String id) {
		List<CheckStep> steps = this.desk.check(id);
		return new Check(steps.stream().allMatch(CheckStep::ok), steps);
	}

	@PostMapping("/probe")
	NodeAssessmentView probe(@PathVariable String id) {
		this.desk.probe(id);
		return latest(id);
	}

	@TakesAnyText
	@PostMapping(path = "/facts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	@PreAuthorize("hasAnyAuthority('node:write', 'change:request')")
	NodeAssessmentView submit(@PathVariable String id, HttpServletRequest request) {
		this.desk.submit(id, EvidenceParts.ofMultipart(request));
		return latest(id);
	}

	@TakesAnyText
	@PostMapping(path = "/facts", consumes = MediaType.APPLICATION_JSON_VALUE)
	@PreAuthorize("hasAnyAuthority('node:write', 'change:request')")
	NodeAssessmentView submit(@PathVariable String id, @RequestBody JsonNode body) {
		this.desk.submit(id, EvidenceParts.ofJson(body));
		return latest(id);
	}

	@GetMapping("/assessment")
	NodeAssessmentView assessment(@PathVariable String id) {
		return latest(id);
	}

	@GetMapping("/history")
	Slice<Entry> history(@PathVariable String id, @RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort) {
		SliceRequest request = SliceRequest.of(page, size, sort, Set.of("assessedAt"));
		return this.dossier.history(id, request).map(Entry::of);
	}

	private NodeAssessmentView latest(String id) {
		String name = this.dossier.node(id).name();
		return this.dossier.latest(id)
			.map(NodeAssessmentView::of)
			.orElseThrow(() -> new Refused(Refused.Kind.NOT_FOUND, "never-assessed",
					name + " was never assessed. Probe it, or hand in facts.", List.of()));
	}

	/**
	 * How a check of the connection went.
	 *
	 * @param ok whether every step worked
	 * @param steps what was tried, in order
	 */
	record Check(boolean ok, List<CheckStep> steps) {
	}

}
