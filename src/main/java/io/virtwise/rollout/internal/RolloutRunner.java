package io.virtwise.rollout.internal;

import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.virtwise.change.ChangeLifecycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

import jakarta.annotation.PreDestroy;

/**
 * Runs rollouts on a few threads of their own, and looks again and again for those that
 * somebody has to take up: after a crash, after a node came back, after a full queue.
 */
@Component
@EnableConfigurationProperties(RolloutProperties.class)
class RolloutRunner {

	private static final Logger log = LoggerFactory.getLogger(RolloutRunner.class);

	private static final int QUEUE = 200;

	private final RolloutDriver driver;

	private final PushTable pushes;

	private final ChangeLifecycle lifecycle;

	private final DataSource dataSource;

	private final Clock clock;

	private final ThreadPoolExecutor threads;

	RolloutRunner(RolloutDriver driver, PushTable pushes, ChangeLifecycle lifecycle, DataSource dataSource, Clock clock,
			RolloutProperties properties) {
		this.driver = driver;
		this.pushes = pushes;
		this.lifecycle = lifecycle;
		this.dataSource = dataSource;
		this.clock = clock;
		this.threads = new ThreadPoolExecutor(properties.changesAtOnce(), properties.changesAtOnce(), 30,
				TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), new CustomizableThreadFactory("rollout-"));
		this.threads.allowCoreThreadTimeOut(true);
	}

	/** Has this change carried out, soon. */
	void wake(String changeId) {
		run(() -> this.driver.drive(changeId));
	}

	/**
	 * After a start nobody else can be at work on a database of our own, so everything
	 * that was cut off is taken up at once. With a shared one the leases tell.
	 */
	@EventListener(ApplicationReadyEvent.class)
	public void start() {
		if (isOurOwnDatabase()) {
			int cutOff = this.pushes.endAllLeases(this.clock.instant());
			if (cutOff > 0) {
				log.warn("{} pushes were cut off when the portal stopped; their nodes are examined now", cutOff);
			}
		}
		sweep();
	}

	/** Takes up what nobody works on. */
	@Scheduled(fixedDelayString = "${virtwise.rollout.sweep:10s}", initialDelayString = "${virtwise.rollout.sweep:10s}")
	public void sweep() {
		for (String pushId : this.pushes.orphans(this.clock.instant())) {
			run(() -> this.driver.takeUp(pushId));
		}
		for (String changeId : this.lifecycle.underway()) {
			run(() -> this.driver.drive(changeId));
		}
	}

	@PreDestroy
	void stop() {
		this.threads.shutdown();
		try {
			if (!this.threads.awaitTermination(5, TimeUnit.SECONDS)) {
				log.warn("A push is still at work while the portal stops; it is taken up at the next start");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run(Runnable task) {
		try {
			this.threads.execute(() -> {
				try {
					task.run();
				}
				catch (RuntimeException ex) {
					log.error("A rollout stopped where it is; it is taken up again with the next sweep", ex);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			log.warn("More rollouts wait than are kept in the queue; the next sweep tries again");
		}
	}

	/** An embedded H2 file is locked by the process that has it open. */
	private boolean isOurOwnDatabase() {
		try {
			String url = JdbcUtils.extractDatabaseMetaData(this.dataSource, (data) -> data.getURL());
			return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:")
					&& !url.contains("AUTO_SERVER=TRUE");
		}
		catch (MetaDataAccessException ex) {
			log.warn("Cannot tell which database this is; interrupted pushes wait until their lease ends", ex);
			return false;
		}
	}

}
