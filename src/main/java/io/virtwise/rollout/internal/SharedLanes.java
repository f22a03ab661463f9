package io.virtwise.rollout.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.virtwise.rollout.SharedWork;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Has the work of other rooms done by the jobs of all portals.
 */
@Component
class SharedLanes implements JobSource {

	/** After this a lane goes to the end of the queue, so that pushes move too. */
	private static final Duration TURN = Duration.ofSeconds(20);

	private static final Duration RETRY = Duration.ofSeconds(30);

	private final List<Task<Void>> lanes = new ArrayList<>();

	private final List<RecurringTask<Void>> sweeps = new ArrayList<>();

	private final Jobs jobs;

	private final Clock clock;

	SharedLanes(ObjectProvider<SharedWork> works, Jobs jobs, Clock clock) {
		this.jobs = jobs;
		this.clock = clock;
		works.orderedStream().forEach(this::add);
	}

	@Override
	public List<Task<Void>> jobs() {
		return this.lanes;
	}

	@Override
	public List<RecurringTask<Void>> recurring() {
		return this.sweeps;
	}

	private void add(SharedWork work) {
		CustomTask<Void> lane = Tasks.custom(work.name() + "-lane", Void.class)
			.onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
			.onDeadExecutionRevive()
			.execute((job, context) -> lane(work, context));
		this.lanes.add(lane);
		this.sweeps.add(Tasks.recurring(work.name() + "-sweep", FixedDelay.of(work.every())).execute((job, context) -> {
			if (work.isThereAny()) {
				for (int i = 0; i < work.lanes(); i++) {
					this.jobs.soon(lane.instance(Integer.toString(i)));
				}
			}
		}));
	}

	private CompletionHandler<Void> lane(SharedWork work, ExecutionContext context) {
		Instant end = this.clock.instant().plus(TURN);
		while (!context.getSchedulerState().isShuttingDown() && this.clock.instant().isBefore(end)) {
			if (!work.doNext()) {
				return new CompletionHandler.OnCompleteRemove<>();
			}
		}
		return new CompletionHandler.OnCompleteReschedule<>(FixedDelay.of(Duration.ZERO));
	}

}
