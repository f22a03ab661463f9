package io.virtwise.rollout.web;

import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReports;
import io.virtwise.change.Changes;
import io.virtwise.rollout.Rollouts;
import org.jspecify.annotations.Nullable;

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

	@PostMapping("/start")
	ChangeReport start(@PathVariable String id, @RequestBody(required = false) @Nullable SeenBody body) {
		return this.reports.of(this.rollouts.start(idOf(id), SeenBody.of(body), null).id());
	}

	@PostMapping("/pause")
	ChangeReport pause(@PathVariable String id, @RequestBody(required = false) @Nullable SeenBody body) {
		this.changes.check(id, SeenBody.of(body));
		return this.reports.of(this.rollouts.pause(idOf(id)).id());
	}

	@PostMapping("/resume")
	ChangeReport resume(@PathVariable String id, @RequestBody(required = false) @Nullable SeenBody body) {
		this.changes.check(id, SeenBody.of(body));
		return this.reports.of(this.rollouts.resume(idOf(id)).id());
	}

	@PostMapping("/stop")
	ChangeReport stop(@PathVariable String id, @RequestBody(required = false) @Nullable SeenBody body) {
		this.changes.check(id, SeenBody.of(body));
		return this.reports.of(this.rollouts.stop(idOf(id)).id());
	}

	@PostMapping("/roll-back")
	ChangeReport rollBack(@PathVariable String id, @RequestBody ReasonBody body) {
		this.changes.check(id, SeenBody.of(new SeenBody(body.version(), body.contentHash())));
		String reason = (body.reason() != null) ? body.reason() : "";
		return this.reports.of(this.rollouts.rollBack(idOf(id), reason).id());
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
	 * Why.
	 *
	 * @param reason in the person's words
	 * @param version version of the change that the person looked at
	 * @param contentHash hash of the content that the person looked at
	 */
	record ReasonBody(@Nullable String reason, @Nullable Long version, @Nullable String contentHash) {
	}

}
