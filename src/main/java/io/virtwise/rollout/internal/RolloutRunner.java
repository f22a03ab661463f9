package io.virtwise.rollout.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.virtwise.change.ChangeLifecycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Has rollouts carried out by all portals together. A change has as many lanes as nodes
 * may be written at once; a lane is a job that writes one node after another, and
 * whichever portal is free takes it. A sweep takes up what nobody works on: after a
 * crash, after a node came back, when a time window opens.
 */
@Component
@EnableConfigurationProperties(RolloutProperties.class)
class RolloutRunner implements JobSource {

	private static final Logger log = LoggerFactory.getLogger(RolloutRunner.class);

	/** After this a lane goes to the end of the queue, so that other changes move too. */
	private static final Duration TURN = Duration.ofSeconds(20);

	private static final Duration RETRY = Duration.ofSeconds(10);

	private final RolloutDriver driver;

	private final PushTable pushes;

	private final ChangeLifecycle lifecycle;

	private final Jobs jobs;

	private final Clock clock;

	private final CustomTask<Void> lane;

	private final CustomTask<Void> takeUp;

	private final RecurringTask<Void> sweep;

	RolloutRunner(RolloutDriver driver, PushTable pushes, ChangeLifecycle lifecycle, Jobs jobs, Clock clock,
			RolloutProperties properties) {
		this.driver = driver;
		this.pushes = pushes;
		this.lifecycle = lifecycle;
		this.jobs = jobs;
		this.clock = clock;
		this.lane = Tasks.custom("rollout-lane", Void.class)
			.onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
			.onDeadExecutionRevive()
			.execute(this::lane);
		this.takeUp = Tasks.custom("rollout-take-up", Void.class)
			.onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
			.onDeadExecutionRevive()
			.execute(this::takeUp);
		this.sweep = Tasks.recurring("rollout-sweep", FixedDelay.of(properties.sweep()))
			.execute((job, context) -> sweep());
	}

	@Override
	public List<Task<Void>> jobs() {
		return List.of(this.lane, this.takeUp);
	}

	@Override
	public List<RecurringTask<Void>> recurring() {
		return List.of(this.sweep);
	}

	/**
	 * On a database of our own nobody else can be at work, so everything that was cut off
	 * is taken up at once. On a shared one the leases tell.
	 */
	@Override
	public void beforeStart(boolean alone) {
		if (alone) {
			int cutOff = this.pushes.endAllLeases(this.clock.instant());
			if (cutOff > 0) {
				log.warn("{} pushes were cut off when the portal stopped; their nodes are examined now", cutOff);
			}
		}
	}

	/** Has this change carried out, soon, by as many as may. */
	void wake(String changeId) {
		this.driver.lanes(changeId).forEach((lane) -> this.jobs.soon(this.lane.instance(lane)));
	}

	/** Has a push that nobody works on looked at, soon. */
	void takeUpSoon(String pushId) {
		this.jobs.soon(this.takeUp.instance(pushId));
	}

	/** Takes up what nobody works on. */
	void sweep() {
		this.pushes.orphans(this.clock.instant()).forEach(this::takeUpSoon);
		this.lifecycle.underway().forEach((changeId) -> {
			this.driver.settle(changeId);
			wake(changeId);
		});
	}

	private CompletionHandler<Void> lane(TaskInstance<Void> job, ExecutionContext context) {
		String changeId = RolloutDriver.changeOf(job.getId());
		Instant end = this.clock.instant().plus(TURN);
		while (!context.getSchedulerState().isShuttingDown() && this.clock.instant().isBefore(end)) {
			if (!this.driver.writeNext(changeId)) {
				return new CompletionHandler.OnCompleteRemove<>();
			}
			if (this.driver.settle(changeId)) {
				wake(changeId);
			}
		}
		return again();
	}

	private CompletionHandler<Void> takeUp(TaskInstance<Void> job, ExecutionContext context) {
		this.driver.takeUp(job.getId()).ifPresent(this::wake);
		return new CompletionHandler.OnCompleteRemove<>();
	}

	private static CompletionHandler<Void> again() {
		return new CompletionHandler.OnCompleteReschedule<>(FixedDelay.of(Duration.ZERO));
	}

}
