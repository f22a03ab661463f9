package io.virtwise.authoring.web;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

import io.virtwise.authoring.Impact;
import io.virtwise.authoring.Impact.Kind;
import io.virtwise.authoring.Impacts;
import io.virtwise.authoring.web.ImpactBody.NodeBody;
import io.virtwise.recommendation.AssessmentView;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What drafts would change on the fleet, over HTTP.
 */
@RestController
@RequestMapping("/api/v1/rulebase/drafts/{id}/impact")
class ImpactApi {

	/** A larger fleet is answered with how far it is, to be asked for again. */
	private static final Duration PATIENCE = Duration.ofSeconds(25);

	private final Impacts impacts;

	private final DraftReports reports;

	ImpactApi(Impacts impacts, DraftReports reports) {
		this.impacts = impacts;
		this.reports = reports;
	}

	@PostMapping
	ResponseEntity<ImpactBody> run(@PathVariable String id) {
		this.impacts.start(id);
		Impact impact = this.impacts.await(id, PATIENCE);
		return ResponseEntity.status(impact.underway() ? 202 : 200).body(body(impact));
	}

	@GetMapping
	ImpactBody get(@PathVariable String id) {
		return body(latest(id));
	}

	@DeleteMapping
	ImpactBody cancel(@PathVariable String id) {
		return body(this.impacts.cancel(id));
	}

	@GetMapping("/nodes")
	Slice<NodeBody> nodes(@PathVariable String id, @RequestParam(required = false) @Nullable String kind,
			@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort) {
		return this.impacts.nodes(latest(id), kind(kind), SliceRequest.of(page, size, sort, Set.of("name")))
			.map(NodeBody::of);
	}

	@GetMapping("/nodes/{node}")
	TracesBody traces(@PathVariable String id, @PathVariable String node) {
		Impacts.Traces traces = this.impacts.traces(id, node);
		return new TracesBody(node, traces.nodeName(), AssessmentView.of(traces.facts(), traces.before()),
				AssessmentView.of(traces.facts(), traces.after()));
	}

	static @Nullable Kind kind(@Nullable String key) {
		if (key == null || key.isBlank()) {
			return null;
		}
		return Arrays.stream(Kind.values())
			.filter((kind) -> kind.key().equals(key))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("kind", "is no kind of change; it is one of "
					+ String.join(", ", Arrays.stream(Kind.values()).map(Kind::key).toList())));
	}

	private Impact latest(String id) {
		return this.impacts.latest(id).orElseThrow(() -> Refused.notFound("impact of the draft", id));
	}

	private ImpactBody body(Impact impact) {
		return ImpactBody.of(impact, this.impacts.current(impact), this.reports.person(impact.askedBy()),
				this.impacts.nodes(impact, null, new SliceRequest(0, SliceRequest.MAX_SIZE, null, false)));
	}

	/** A node under the revision in force and under the draft. */
	record TracesBody(String id, String name, AssessmentView before, AssessmentView after) {
	}

}
