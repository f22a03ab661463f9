package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceParts;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaRelease;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.recommendation.internal.ReleaseRuns;
import io.virtwise.recommendation.internal.StoredAssessment;
import io.virtwise.shared.Refused;
import io.virtwise.shared.TakesAnyText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What becomes of a node when nova is upgraded, over HTTP. Nothing is stored.
 */
@RestController
@RequestMapping("/api/v1")
class ReleasePreviewApi {

	private static final String TO = "to";

	private final NodeDossier dossier;

	private final FactReader reader;

	private final ReleaseRuns runs;

	ReleasePreviewApi(NodeDossier dossier, FactReader reader, ReleaseRuns runs) {
		this.dossier = dossier;
		this.reader = reader;
		this.runs = runs;
	}

	@GetMapping("/nodes/{id}/release-preview")
	ReleasePreviewView ofNode(@PathVariable String id, @RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable List<String> to) {
		String name = this.dossier.node(id).name();
		NodeFacts facts = this.dossier.latest(id)
			.map(StoredAssessment::facts)
			.orElseThrow(() -> new Refused(Refused.Kind.NOT_FOUND, "never-assessed",
					name + " was never assessed. Probe it, or hand in facts.", List.of()));
		return preview(facts, PreviewRequest.of("from", from, facts.release(), (to != null) ? to : List.of()));
	}

	@TakesAnyText
	@PostMapping(path = "/assessments/release-preview", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	ReleasePreviewView ofParts(HttpServletRequest request) {
		String[] to = request.getParameterValues(TO);
		return ofEvidence(EvidenceParts.ofMultipart(request, Set.of(TO)), (to != null) ? List.of(to) : List.of());
	}

	@TakesAnyText
	@PostMapping(path = "/assessments/release-preview", consumes = MediaType.APPLICATION_JSON_VALUE)
	ReleasePreviewView ofJson(@RequestBody JsonNode body) {
		List<String> to = new ArrayList<>();
		JsonNode evidence = body;
		if (body instanceof ObjectNode object && object.has(TO)) {
			JsonNode asked = object.get(TO);
			for (JsonNode each : asked.isArray() ? asked : List.of(asked)) {
				if (each.isValueNode() && !each.isNull()) {
					to.add(each.asString());
				}
				else if (!each.isNull()) {
					throw Refused.invalid(TO, "is not a text; write a release, or several in an array");
				}
			}
			evidence = object.deepCopy().without(TO);
		}
		return ofEvidence(EvidenceParts.ofJson(evidence), to);
	}

	private ReleasePreviewView ofEvidence(Evidence evidence, List<String> to) {
		NodeFacts facts = this.reader.read(evidence);
		NovaRelease known = facts.release();
		return preview(facts, PreviewRequest.of("release", (known != null) ? null : evidence.release(), known, to));
	}

	private ReleasePreviewView preview(NodeFacts facts, PreviewRequest asked) {
		return ReleasePreviewView.of(this.runs.preview(facts, asked.from()), asked.to());
	}

}
