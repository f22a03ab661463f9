package io.virtwise.authoring.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.virtwise.authoring.Draft;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RulesRefused;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes in what came with this version of the portal before the first request, and then
 * looks every second which revision is in force: whoever published it, every replica
 * builds it beside its work and switches. Requests under way end with the rulebase that
 * they began with.
 */
@Component
class RulebaseFollower implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(RulebaseFollower.class);

	private static final long EVERY_MILLIS = 1000;

	private final Distribution distribution;

	private final RevisionTable revisions;

	private final DraftTable drafts;

	private final Builds builds;

	private final RuleWorkshop workshop;

	private volatile @Nullable ScheduledExecutorService clockwork;

	/** The revision that could not be built; trying again would only say so again. */
	private volatile int refused;

	/** What was built, or tried, before it is in force. */
	private volatile @Nullable ContentHash ahead;

	RulebaseFollower(Distribution distribution, RevisionTable revisions, DraftTable drafts, Builds builds,
			RuleWorkshop workshop) {
		this.distribution = distribution;
		this.revisions = revisions;
		this.drafts = drafts;
		this.builds = builds;
		this.workshop = workshop;
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // a look that fails says so itself
	public void start() {
		this.distribution.takeIn();
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "rulebase-follower");
			thread.setDaemon(true);
			return thread;
		});
		started.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
		this.clockwork = started;
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = this.clockwork;
		if (running != null) {
			running.shutdownNow();
			this.clockwork = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.clockwork != null;
	}

	/** Before the web server. */
	@Override
	public int getPhase() {
		return 0;
	}

	/** Switches where another revision is in force than the one in use here. */
	void follow() {
		int inUse = this.workshop.active().revision().revision();
		int wanted = this.revisions.active().orElse(inUse);
		if (wanted != inUse && wanted != this.refused) {
			try {
				CompiledRulebase rulebase = this.builds.of(wanted, this.revisions.tree(wanted));
				if (this.revisions.active().orElse(inUse) == wanted) {
					this.workshop.activate(rulebase);
					LOG.info("Revision {} of the rulebase is in force, after {}", wanted, inUse);
				}
			}
			catch (RulesRefused ex) {
				this.refused = wanted;
				throw ex;
			}
		}
	}

	/** Builds what waits for approval, so that every replica can switch in a moment. */
	void buildAhead() {
		Draft next = this.drafts.waiting().orElse(null);
		if (next == null || next.content().equals(this.ahead)) {
			return;
		}
		this.ahead = next.content();
		int number = (next.activates() != null) ? next.activates() : this.revisions.next();
		try {
			this.builds.of(number, this.drafts.tree(next.id()));
		}
		catch (RulesRefused ex) {
			LOG.warn("{} waits for approval and cannot be built here: {}", next.name(), ex.getMessage());
		}
	}

	private void look() {
		try {
			follow();
			buildAhead();
		}
		catch (RuntimeException ex) {
			LOG.error("The revision of the rulebase that is in force could not be put to use here", ex);
		}
	}

}
