package io.virtwise.rollout.internal;

import java.util.List;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;

/**
 * Something that has jobs to be done.
 */
interface JobSource {

	/** Jobs that are done when somebody asks for them. */
	List<Task<Void>> jobs();

	/** Jobs that are done again and again, by one portal at a time. */
	List<RecurringTask<Void>> recurring();

	/**
	 * Called before this portal begins to do jobs.
	 * @param alone whether no other portal can have the database open
	 */
	default void beforeStart(boolean alone) {
	}

}
