package io.virtwise.upkeep.web;

import java.net.URI;
import java.util.List;
import java.util.Set;

import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReports;
import io.virtwise.change.ChangeRequest;
import io.virtwise.node.Nodes;
import io.virtwise.nova.NovaConfEditor;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import io.virtwise.upkeep.DriftWatch;
import io.virtwise.upkeep.DriftWatch.Which;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Drift over HTTP. Both ways out answer 201 with the change that was planned.
 */
@RestController
@RequestMapping("/api/v1")
class DriftApi {

	private final DriftWatch drift;

	private final Nodes nodes;

	private final ChangeReports reports;

	private final NovaConfEditor editor;

	DriftApi(DriftWatch drift, Nodes nodes, ChangeReports reports, NovaConfEditor editor) {
		this.drift = drift;
		this.nodes = nodes;
		this.reports = reports;
		this.editor = editor;
	}

	@GetMapping("/drift")
	Slice<DriftView> list(@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort) {
		return this.drift.list(which(status), SliceRequest.of(page, size, sort, Set.of("foundAt", "seenAt")))
			.map((one) -> DriftView.of(one, this.editor));
	}

	@GetMapping("/drift/{id}")
	DriftView get(@PathVariable String id) {
		return DriftView.of(this.drift.get(id), this.editor);
	}

	@PostMapping("/drift/{id}/put-back")
	@PreAuthorize("hasAuthority('change:request')")
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<ChangeReport> putBack(@PathVariable String id,
			@RequestBody(required = false) @Nullable Reason body) {
		return planned(this.drift.putBack(id, Reason.of(body)));
	}

	@PostMapping("/drift/{id}/accept")
	@PreAuthorize("hasAuthority('change:request')")
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<ChangeReport> accept(@PathVariable String id, @RequestBody(required = false) @Nullable Reason body) {
		return planned(this.drift.accept(id, Reason.of(body)));
	}

	@GetMapping("/nodes/{id}/drift")
	NodeDriftView ofNode(@PathVariable String id) {
		String name = this.nodes.get(id).name();
		return this.drift.of(id)
			.map((watch) -> NodeDriftView.of(watch, this.editor))
			.orElseThrow(
					() -> new Refused(
							Refused.Kind.NOT_FOUND, "nothing-approved", "Nothing that this portal wrote is"
									+ " in force on " + name + ", so it is not watched. It is after its first change.",
							List.of()));
	}

	@PostMapping("/nodes/{id}/drift/check")
	NodeDriftView check(@PathVariable String id) {
		return NodeDriftView.of(this.drift.check(id), this.editor);
	}

	static Which which(@Nullable String status) {
		return switch ((status != null) ? status : "") {
			case "", "open" -> Which.OPEN;
			case "closed" -> Which.CLOSED;
			case "all" -> Which.ALL;
			default -> throw Refused.invalid("status", "is not one of open, closed, all");
		};
	}

	private ResponseEntity<ChangeReport> planned(ChangeRequest change) {
		return ResponseEntity.created(URI.create("/api/v1/changes/" + change.id())).body(this.reports.of(change.id()));
	}

	/**
	 * Why.
	 *
	 * @param reason in the person's words, for whoever approves
	 */
	record Reason(@Nullable String reason) {

		static String of(@Nullable Reason body) {
			return (body != null && body.reason() != null) ? body.reason() : "";
		}

	}

}
