package io.virtwise.recommendation.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceParts;
import io.virtwise.node.Node;
import io.virtwise.recommendation.Assessed;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.recommendation.WorkOrders;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.recommendation.internal.StoredAssessment;
import io.virtwise.recommendation.workorder.Outlet;
import io.virtwise.recommendation.workorder.WorkOrder;
import io.virtwise.recommendation.workorder.WorkPlace;
import io.virtwise.shared.Refused;
import io.virtwise.shared.TakesAnyText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Hands out work orders as files: of a node's latest assessment, or of evidence that is
 * judged there and then and not stored.
 */
@RestController
@RequestMapping("/api/v1")
class WorkOrderApi {

	private final WorkOrders orders;

	private final NodeDossier dossier;

	private final EvidenceAssessor assessor;

	WorkOrderApi(WorkOrders orders, NodeDossier dossier, EvidenceAssessor assessor) {
		this.orders = orders;
		this.dossier = dossier;
		this.assessor = assessor;
	}

	@GetMapping("/nodes/{id}/work-order")
	ResponseEntity<byte[]> ofNode(@PathVariable String id, @RequestParam(required = false) @Nullable String format) {
		Outlet outlet = Outlet.of(format);
		Node node = this.dossier.node(id);
		StoredAssessment latest = this.dossier.latest(id)
			.orElseThrow(() -> new Refused(Refused.Kind.NOT_FOUND, "never-assessed",
					node.name() + " was never assessed. Probe it, or hand in facts.", List.of()));
		return file(outlet,
				this.orders.of(WorkPlace.of(node, latest.facts().release()), latest.facts(), latest.assessment()));
	}

	@TakesAnyText
	@PostMapping(path = "/assessments/work-order", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	ResponseEntity<byte[]> ofEvidence(HttpServletRequest request,
			@RequestParam(required = false) @Nullable String format) {
		return ofEvidence(Outlet.of(format), EvidenceParts.ofMultipart(request));
	}

	@TakesAnyText
	@PostMapping(path = "/assessments/work-order", consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<byte[]> ofEvidence(@RequestBody JsonNode body,
			@RequestParam(required = false) @Nullable String format) {
		return ofEvidence(Outlet.of(format), EvidenceParts.ofJson(body));
	}

	private ResponseEntity<byte[]> ofEvidence(Outlet outlet, Evidence evidence) {
		Assessed assessed = this.assessor.assess(evidence);
		return file(outlet,
				this.orders.of(WorkPlace.unnamed(assessed.facts().release()), assessed.facts(), assessed.assessment()));
	}

	private static ResponseEntity<byte[]> file(Outlet outlet, WorkOrder order) {
		String disposition = ContentDisposition.attachment().filename(outlet.fileName(order)).build().toString();
		return ResponseEntity.ok()
			.contentType(new MediaType(MediaType.parseMediaType(outlet.mediaType()), StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION, disposition)
			.body(outlet.write(order).getBytes(StandardCharsets.UTF_8));
	}

}
