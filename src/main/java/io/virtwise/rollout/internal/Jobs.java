package io.virtwise.rollout.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.virtwise.shared.Ids;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * The jobs of this portal, kept in the database that all portals share: whichever is free
 * does the next one, and takes up those of a portal that died.
 */
@Component
@EnableConfigurationProperties(JobProperties.class)
class Jobs implements SmartLifecycle {

	static final String TABLE = "portal_job";

	private static final int MISSED_HEARTBEATS = 4;

	private static final Logger log = LoggerFactory.getLogger(Jobs.class);

	private final DataSource dataSource;

	private final JdbcClient jdbc;

	private final Clock clock;

	private final JobProperties properties;

	private final ObjectProvider<JobSource> sources;

	private volatile @Nullable Scheduler scheduler;

	Jobs(DataSource dataSource, JdbcClient jdbc, Clock clock, JobProperties properties,
			ObjectProvider<JobSource> sources) {
		this.dataSource = dataSource;
		this.jdbc = jdbc;
		this.clock = clock;
		this.properties = properties;
		this.sources = sources;
	}

	/** Begins to do jobs. */
	@Override
	public void start() {
		boolean alone = isOurOwnDatabase();
		this.sources.orderedStream().forEach((source) -> source.beforeStart(alone));
		if (alone) {
			int left = this.jdbc
				.sql("update portal_job set picked = false, picked_by = null, last_heartbeat = null where picked")
				.update();
			if (left > 0) {
				log.warn("{} jobs were cut off when the portal stopped; they are taken up now", left);
			}
		}
		List<Task<?>> jobs = new ArrayList<>();
		List<RecurringTask<Void>> recurring = new ArrayList<>();
		this.sources.orderedStream().forEach((source) -> {
			jobs.addAll(source.jobs());
			recurring.addAll(source.recurring());
		});
		SchedulerBuilder builder = Scheduler.create(this.dataSource, jobs);
		if (url().startsWith("jdbc:h2:")) {
			// it is not known by name there; its times carry their zone, so the plain way
			// is right
			builder.jdbcCustomization(new DefaultJdbcCustomization(false));
		}
		Scheduler built = builder.startTasks(recurring)
			.tableName(TABLE)
			.schedulerName(new SchedulerName.Fixed("portal-" + Ids.next()))
			.clock(this.clock::instant)
			.serializer(new NoContent())
			.threads(this.properties.threads())
			.executorService(new Workers(this.properties.threads()))
			.pollingInterval(this.properties.poll())
			.heartbeatInterval(this.properties.heartbeat())
			.missedHeartbeatsLimit(MISSED_HEARTBEATS)
			.shutdownMaxWait(this.properties.stopWait())
			.enableImmediateExecution()
			.build();
		built.start();
		this.scheduler = built;
	}

	/** Lets those that are at work end, for a while. */
	@Override
	public void stop() {
		Scheduler running = this.scheduler;
		this.scheduler = null;
		if (running != null) {
			running.stop();
		}
	}

	@Override
	public boolean isRunning() {
		return this.scheduler != null;
	}

	/**
	 * Has this done soon, by whichever portal, unless it waits already. A portal that
	 * does not run, or not any more, leaves it to the next sweep.
	 */
	void soon(TaskInstance<Void> job) {
		Scheduler running = this.scheduler;
		if (running != null) {
			running.scheduleIfNotExists(job, this.clock.instant());
		}
	}

	/**
	 * An embedded H2 file is locked by the process that has it open, so nobody else can
	 * be at work on it.
	 */
	private boolean isOurOwnDatabase() {
		String url = url();
		return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:")
				&& !url.contains("AUTO_SERVER=TRUE");
	}

	private String url() {
		try {
			return JdbcUtils.extractDatabaseMetaData(this.dataSource, (data) -> data.getURL());
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("Cannot tell which database this is, so no job is begun", ex);
		}
	}

	/**
	 * A job is named by its instance and carries nothing, so nothing is ever
	 * deserialised.
	 */
	private static final class NoContent implements Serializer {

		@Override
		public byte[] serialize(@Nullable Object content) {
			if (content != null) {
				throw new IllegalArgumentException("a job carries nothing");
			}
			return new byte[0];
		}

		@Override
		public <T> @Nullable T deserialize(Class<T> type, byte[] content) {
			if (content.length > 0) {
				throw new IllegalArgumentException("a job carries nothing, but somebody put something into its row");
			}
			return null;
		}

	}

	/**
	 * Threads that are never interrupted: one that is just writing to an H2 file would
	 * close the whole database with it.
	 */
	private static final class Workers extends ThreadPoolExecutor {

		Workers(int threads) {
			super(threads, threads, Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
					new CustomizableThreadFactory("job-"));
			allowCoreThreadTimeOut(true);
		}

		@Override
		public List<Runnable> shutdownNow() {
			shutdown();
			log.warn("A job is still at work while the portal stops; another portal, or the next start, takes it up");
			return List.of();
		}

	}

}
