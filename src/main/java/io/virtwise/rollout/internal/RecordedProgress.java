package io.virtwise.rollout.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.virtwise.change.ChangeProgress;
import io.virtwise.change.NodeStatus;
import io.virtwise.rollout.RolloutPlan;
import io.virtwise.rollout.TimeWindow;
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

	private final PlanTable plans;

	private final Clock clock;

	RecordedProgress(PushTable pushes, StepTable steps, DryRunTable dryRuns, PlanTable plans, Clock clock) {
		this.plans = plans;
		this.clock = clock;
		this.pushes = pushes;
		this.steps = steps;
		this.dryRuns = dryRuns;
	}

	@Override
	public Map<String, NodeProgress> of(String changeId) {
		Map<String, Push> latest = new LinkedHashMap<>();
		this.pushes.all(changeId).forEach((push) -> latest.put(push.nodeId(), push));
		Map<String, NodeProgress> progress = new LinkedHashMap<>();
		Map<String, List<Step>> steps = this.steps.of(changeId);
		latest.forEach((nodeId, push) -> progress.put(nodeId, of(push, steps.getOrDefault(nodeId, List.of()))));
		return progress;
	}

	@Override
	public Optional<DryRun> lastDryRun(String changeId) {
		return this.dryRuns.find(changeId);
	}

	@Override
	public RolloutProgress rollout(String changeId, List<String> nodeIds) {
		RolloutPlan plan = this.plans.find(changeId).orElse(RolloutPlan.DEFAULT);
		List<Push> pushes = this.pushes.latestRound(changeId);
		if (pushes.isEmpty()) {
			List<WaveProgress> ahead = plan.cut(nodeIds.size())
				.stream()
				.map((reach) -> new WaveProgress(reach.number(), "pending", reach.threshold(), 0,
						Map.of("pending", reach.to() - reach.from()), nodeIds.subList(reach.from(), reach.to())))
				.toList();
			return new RolloutProgress(0, "forward", null, ahead, of(plan), 0, plan.allowedFailures(nodeIds.size()));
		}
		Round round = Round.of(plan, pushes);
		return new RolloutProgress(pushes.get(0).round(), pushes.get(0).kind().key(),
				round.current().map(Round.Wave::number).orElse(null),
				round.waves().stream().map(RecordedProgress::of).toList(), of(plan), round.failures(), round.allowed());
	}

	private static WaveProgress of(Round.Wave wave) {
		Map<String, Integer> counts = new TreeMap<>();
		wave.pushes().forEach((push) -> counts.merge(push.status().key(), 1, Integer::sum));
		return new WaveProgress(wave.number(), state(wave, counts), wave.threshold(), wave.succeeded(), counts,
				wave.pushes().stream().map(Push::nodeId).toList());
	}

	private static String state(Round.Wave wave, Map<String, Integer> counts) {
		if (counts.size() == 1) {
			return counts.keySet().iterator().next();
		}
		if (wave.busy() > 0 || wave.pending() > 0) {
			return "running";
		}
		if (!wave.reachedThreshold()) {
			return "failed";
		}
		return counts.containsKey("restart-pending") ? "restart-pending"
				: counts.containsKey("in-force") ? "in-force" : "rolled-back";
	}

	private PlanProgress of(RolloutPlan plan) {
		TimeWindow window = plan.window();
		Instant now = this.clock.instant();
		return new PlanProgress(
				plan.waves().stream().map((wave) -> new PlannedWave(wave.upTo().toString(), wave.threshold())).toList(),
				plan.budget().toString(), plan.atOnce(),
				(window == null) ? null
						: new WindowProgress(window.from().toString(), window.to().toString(),
								window.days().stream().sorted().map((day) -> day.name().substring(0, 3)).toList(),
								window.isOpen(now), window.opensAt(now)));
	}

	private static NodeProgress of(Push push, List<Step> journal) {
		Instant since = push.statusAt();
		return new NodeProgress(push.status(), since, push.summary(), push.stuck(), command(push), journal);
	}

	private static @Nullable String command(Push push) {
		boolean undone = push.kind() == Push.Kind.BACK && push.status() == NodeStatus.ROLLED_BACK;
		return (push.status() == NodeStatus.RESTART_PENDING || undone) ? RESTART : null;
	}

}
