package io.virtwise.rollout.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReports;
import io.virtwise.change.Changes;
import io.virtwise.rollout.RolloutPlan;
import io.virtwise.rollout.Rollouts;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Changes over HTTP, from their start on. Each verb answers the change as it is then.
 */
@RestController
@RequestMapping("/api/v1/changes/{id}")
class RolloutApi {

	private final Rollouts rollouts;

	private final Changes changes;

	private final ChangeReports reports;

	RolloutApi(Rollouts rollouts, Changes changes, ChangeReports reports) {
		this.rollouts = rollouts;
		this.changes = changes;
		this.reports = reports;
	}

	@PostMapping("/dry-run")
	ChangeReport dryRun(@PathVariable String id) {
		String changeId = idOf(id);
		this.rollouts.dryRun(changeId);
		return this.reports.of(changeId);
	}

	@PostMapping("/plan")
	@PreAuthorize("hasAuthority('change:push')")
	ChangeReport plan(@PathVariable String id, @RequestBody PlanBody body) {
		String changeId = idOf(id);
		this.changes.check(changeId, SeenBody.of(body.seen()));
		this.rollouts.plan(changeId, body.toPlan(this.rollouts.plan(changeId)));
		return this.reports.of(changeId);
	}

	@PostMapping("/start")
	@PreAuthorize("hasAuthority('change:push')")
	ChangeReport start(@PathVariable String id, @RequestBody(required = false) @Nullable PlanBody body) {
		String changeId = idOf(id);
		RolloutPlan plan = (body == null || body.saysNothing()) ? null : body.toPlan(this.rollouts.plan(changeId));
		return this.reports
			.of(this.rollouts.start(changeId, SeenBody.of((body != null) ? body.seen() : null), plan).id());
	}

	@PostMapping("/rerun")
	@PreAuthorize("hasAuthority('change:push')")
	ChangeReport rerun(@PathVariable String id, @RequestBody(required = false) @Nullable RerunBody body) {
		this.changes.check(id,
				SeenBody.of((body != null) ? new SeenBody(body.version(), body.contentHash(), null) : null));
		boolean skippedToo = body != null && Boolean.TRUE.equals(body.skipped());
		return this.reports.of(this.rollouts.rerun(idOf(id), skippedToo).id());
	}

	@PostMapping("/pause")
	@PreAuthorize("hasAuthority('change:push')")
	ChangeReport pause(@PathVariable String id, @RequestBody(required = false) @Nullable SeenBody body) {
		this.changes.check(id, SeenBody.of(body));
		return this.reports.of(this.rollouts.pause(idOf(id), SeenBody.why(body)).id());
	}

	@PostMapping("/resume")
	@PreAuthorize("hasAuthority('change:push')")
	ChangeReport resume(@PathVariable String id, @RequestBody(required = false) @Nullable SeenBody body) {
		this.changes.check(id, SeenBody.of(body));
		return this.reports.of(this.rollouts.resume(idOf(id), SeenBody.why(body)).id());
	}

	@PostMapping("/stop")
	@PreAuthorize("hasAuthority('change:push')")
	ChangeReport stop(@PathVariable String id, @RequestBody(required = false) @Nullable SeenBody body) {
		this.changes.check(id, SeenBody.of(body));
		return this.reports.of(this.rollouts.stop(idOf(id), SeenBody.why(body)).id());
	}

	@PostMapping("/roll-back")
	@PreAuthorize("hasAuthority('change:push')")
	ChangeReport rollBack(@PathVariable String id, @RequestBody ReasonBody body) {
		this.changes.check(id, SeenBody.of(new SeenBody(body.version(), body.contentHash(), null)));
		String reason = (body.reason() != null) ? body.reason() : "";
		List<String> nodes = (body.nodes() != null)
				? body.nodes().stream().map((node) -> (node != null) ? node : "").toList() : List.of();
		if (body.nodes() != null && nodes.isEmpty()) {
			throw Refused.invalid("nodes", "is empty; name the nodes to roll back, or leave it out for all of them");
		}
		return this.reports.of(this.rollouts.rollBack(idOf(id), reason, nodes).id());
	}

	@PostMapping("/nodes/{nodeId}/confirm-restart")
	ChangeReport confirmRestart(@PathVariable String id, @PathVariable String nodeId) {
		return this.reports.of(this.rollouts.confirmRestart(idOf(id), nodeId).id());
	}

	@PostMapping("/nodes/{nodeId}/retry")
	ChangeReport retry(@PathVariable String id, @PathVariable String nodeId) {
		String changeId = idOf(id);
		this.rollouts.retry(changeId, nodeId);
		return this.reports.of(changeId);
	}

	/** Changes may be named by their number too. */
	private String idOf(String idOrNumber) {
		return this.changes.get(idOrNumber).id();
	}

	/**
	 * Why, and where.
	 *
	 * @param reason in the person's words
	 * @param version version of the change that the person looked at
	 * @param contentHash hash of the content that the person looked at
	 * @param nodes ids; all that hold the new bytes where they are left out
	 */
	record ReasonBody(@JsonAlias("comment") @Nullable String reason, @Nullable Long version,
			@Nullable String contentHash, @Nullable List<@Nullable String> nodes) {
	}

	/**
	 * What to run again; a comment or reason may come along, as with all verbs.
	 *
	 * @param skipped whether those too that were never begun
	 * @param version version of the change that the person looked at
	 * @param contentHash hash of the content that the person looked at
	 */
	@JsonIgnoreProperties({ "comment", "reason" })
	record RerunBody(@Nullable Boolean skipped, @Nullable Long version, @Nullable String contentHash) {
	}

}
