package io.virtwise.rollout.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.change.ChangeProgress;
import io.virtwise.change.NodeStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * How far nodes are, from what pushes wrote down.
 */
@Component
class RecordedProgress implements ChangeProgress {

	/** Services are named differently by Debian's and Red Hat's packages. */
	static final String RESTART = "systemctl restart nova-compute || systemctl restart openstack-nova-compute";

	private final PushTable pushes;

	private final StepTable steps;

	private final DryRunTable dryRuns;

	RecordedProgress(PushTable pushes, StepTable steps, DryRunTable dryRuns) {
		this.pushes = pushes;
		this.steps = steps;
		this.dryRuns = dryRuns;
	}

	@Override
	public Map<String, NodeProgress> of(String changeId) {
		Map<String, Push> latest = new LinkedHashMap<>();
		this.pushes.all(changeId).forEach((push) -> latest.put(push.nodeId(), push));
		Map<String, NodeProgress> progress = new LinkedHashMap<>();
		latest.forEach((nodeId, push) -> progress.put(nodeId, of(push)));
		return progress;
	}

	@Override
	public Optional<DryRun> lastDryRun(String changeId) {
		return this.dryRuns.find(changeId);
	}

	private NodeProgress of(Push push) {
		List<Step> journal = this.steps.of(push.changeId(), push.nodeId());
		Instant since = push.statusAt();
		return new NodeProgress(push.status(), since, push.summary(), push.stuck(), command(push), journal);
	}

	private static @Nullable String command(Push push) {
		boolean undone = push.kind() == Push.Kind.BACK && push.status() == NodeStatus.ROLLED_BACK;
		return (push.status() == NodeStatus.RESTART_PENDING || undone) ? RESTART : null;
	}

}
