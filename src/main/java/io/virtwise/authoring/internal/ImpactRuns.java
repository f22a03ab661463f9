package io.virtwise.authoring.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Impact;
import io.virtwise.authoring.Impact.State;
import io.virtwise.authoring.ImpactChange;
import io.virtwise.authoring.internal.FleetReplay.Told;
import io.virtwise.recommendation.FactSnapshots;
import io.virtwise.recommendation.FactSnapshots.Head;
import io.virtwise.recommendation.FactSnapshots.Pulse;
import io.virtwise.rules.RulebaseComparison;
import io.virtwise.shared.Ids;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs over the fleet, one at a time in this portal, and says whether what one found
 * still holds. How far a run is stands in the database, where every replica sees it and
 * can ask it to end.
 */
@Component
class ImpactRuns {

	private static final Logger LOG = LoggerFactory.getLogger(ImpactRuns.class);

	/** A run that gave no sign for so long is dead. */
	private static final Duration DEAD_AFTER = Duration.ofMinutes(2);

	private final FactSnapshots snapshots;

	private final ImpactTable table;

	private final RevisionTable revisions;

	private final DraftTable drafts;

	private final DraftStore store;

	private final Proof proof;

	private final TransactionTemplate transaction;

	private final ExecutorService walker = Executors.newSingleThreadExecutor(threads("impact"));

	private final ExecutorService workers = Executors.newFixedThreadPool(2, threads("impact-judge"));

	private @Nullable Running latest;

	ImpactRuns(FactSnapshots snapshots, ImpactTable table, RevisionTable revisions, DraftTable drafts, DraftStore store,
			Proof proof, TransactionTemplate transaction) {
		this.snapshots = snapshots;
		this.table = table;
		this.revisions = revisions;
		this.drafts = drafts;
		this.store = store;
		this.proof = proof;
		this.transaction = transaction;
	}

	/** Begins a run, or gives the one that is under way or still holds. */
	synchronized Impact start(Draft draft, String askedBy) {
		this.table.giveUp(this.store.now().minus(DEAD_AFTER), this.store.now());
		int active = this.revisions.active().orElseThrow();
		Impact known = this.table.latest(draft.id()).orElse(null);
		if (known != null && known.underway() && isOf(known, draft, active)) {
			return known;
		}
		if (known != null && known.underway()) {
			this.table.stop(known.id());
		}
		RulebaseComparison rules = this.proof.compare(active, this.revisions.tree(active), number(draft),
				this.drafts.tree(draft.id()));
		Pulse pulse = this.snapshots.pulse();
		Instant now = this.store.now();
		Impact impact = new Impact(Ids.next(), draft.id(), draft.content(), active, State.RUNNING, pulse.nodes(), 0, 0,
				0, null, askedBy, now, null, null, List.of());
		this.transaction.executeWithoutResult((status) -> {
			this.table.insert(impact, pulse);
			this.store.tell(draft, "impact-asked", null, "against revision " + active);
		});
		this.latest = new Running(impact.id(), CompletableFuture.runAsync(() -> walk(impact, rules), this.walker));
		return impact;
	}

	/** What the draft would change: as it is known and still holds, or worked out now. */
	Impact settled(Draft draft, String askedBy, Duration patience) {
		Impact known = this.table.latest(draft.id()).orElse(null);
		if (known != null && current(known, draft)) {
			return known;
		}
		start(draft, askedBy);
		return await(draft, patience);
	}

	/** The latest run of a draft once it ended, or as it stands after that time. */
	Impact await(Draft draft, Duration patience) {
		Impact impact = this.table.latest(draft.id()).orElseThrow();
		Running running;
		synchronized (this) {
			running = this.latest;
		}
		if (impact.underway() && running != null && running.impact().equals(impact.id())) {
			try {
				running.end().get(patience.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException ex) {
				LOG.debug("The impact {} takes longer than {}", impact.id(), patience);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException("the impact could not be worked out; the log says why", ex);
			}
		}
		return this.table.latest(draft.id()).orElse(impact);
	}

	/** Asks a run to end, wherever it is going on. */
	void stop(Draft draft, Impact impact) {
		this.transaction.executeWithoutResult((status) -> {
			this.table.stop(impact.id());
			this.store.tell(draft, "impact-cancelled", null, null);
		});
	}

	/** Whether it ended, and neither draft nor revision nor fleet moved since. */
	boolean current(Impact impact, Draft draft) {
		if (impact.state() != State.DONE || !isOf(impact, draft, this.revisions.active().orElseThrow())) {
			return false;
		}
		ImpactTable.Fleet then = this.table.fleet(impact.id());
		Pulse now = this.snapshots.pulse();
		if (now.equals(then.pulse())) {
			return true;
		}
		boolean same = FleetReplay.fleetHash(this.snapshots).equals(then.sha256());
		if (same) {
			this.table.pulse(impact.id(), now);
		}
		return same;
	}

	/** The number that the draft would get, or has already. */
	int number(Draft draft) {
		return (draft.activates() != null) ? draft.activates() : this.revisions.next();
	}

	private static boolean isOf(Impact impact, Draft draft, int active) {
		return impact.content().equals(draft.content()) && impact.revision() == active;
	}

	private void walk(Impact impact, RulebaseComparison rules) {
		long began = System.nanoTime();
		FleetReplay replay = new FleetReplay(this.snapshots, rules, new Keeper(impact.id()));
		try {
			boolean whole = replay.run(this.workers);
			this.table.count(impact.id());
			this.table.end(impact.id(), whole ? State.DONE : State.CANCELLED, null, whole ? replay.fleetHash() : null,
					whole ? replay.resultHash() : null, this.store.now());
			LOG.info("Impact of draft {} on {} nodes took {} ms", impact.draft(), impact.total(),
					(System.nanoTime() - began) / 1_000_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.table.end(impact.id(), State.FAILED, "the portal ended", null, null, this.store.now());
		}
		catch (RuntimeException ex) {
			LOG.error("The impact of draft {} could not be worked out", impact.draft(), ex);
			this.table.end(impact.id(), State.FAILED, "it could not be worked out; the log says why", null, null,
					this.store.now());
		}
	}

	@PreDestroy
	void close() {
		this.walker.shutdownNow();
		this.workers.shutdownNow();
	}

	/**
	 * The portal's own class loader: the one of a request looks for classes in slower
	 * ways.
	 */
	private static ThreadFactory threads(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			thread.setContextClassLoader(ImpactRuns.class.getClassLoader());
			return thread;
		};
	}

	/**
	 * A run that began in this portal.
	 */
	private record Running(String impact, CompletableFuture<Void> end) {
	}

	/**
	 * Keeps what a run finds.
	 */
	private final class Keeper implements Told {

		private final String impact;

		Keeper(String impact) {
			this.impact = impact;
		}

		@Override
		public String text(ImpactChange change) {
			return ImpactRuns.this.table.detail(change);
		}

		@Override
		public void changes(Map<Integer, ImpactChange> changes) {
			ImpactRuns.this.table.insertChanges(this.impact, changes);
		}

		@Override
		public void nodes(List<Head> nodes, List<Integer> changes) {
			ImpactRuns.this.table.insertNodes(this.impact, nodes, changes);
		}

		@Override
		public boolean goesOn(long done, long judged, long changed) {
			return ImpactRuns.this.table.progress(this.impact, done, judged, changed, ImpactRuns.this.store.now());
		}

	}

}
