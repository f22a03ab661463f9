package io.virtwise.authoring.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.virtwise.authoring.Impact.Kind;
import io.virtwise.authoring.ImpactChange;
import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.FactSnapshots;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.RulebaseComparison;
import io.virtwise.rules.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FleetReplay}.
 */
class FleetReplayTests {

	private final ExecutorService workers = Executors.newFixedThreadPool(2);

	private final Kept kept = new Kept();

	@AfterEach
	void close() {
		this.workers.shutdownNow();
	}

	@Test
	void judgesEqualFactsOnce() throws InterruptedException {
		AtomicInteger judged = new AtomicInteger();
		Fleet fleet = new Fleet(2500, 7);
		FleetReplay replay = new FleetReplay(fleet, RulebaseComparison.whole(rulebase(judged, Verdict.READY, 0),
				rulebase(new AtomicInteger(), Verdict.BLOCKED, 0)), this.kept);

		assertThat(replay.run(this.workers)).isTrue();

		assertThat(judged).hasValue(7);
		assertThat(this.kept.nodes).hasSize(2500);
		assertThat(this.kept.changes.values()).singleElement().satisfies((change) -> {
			assertThat(change.kind()).isEqualTo(Kind.VERDICT);
			assertThat(change.before()).isEqualTo("ready");
			assertThat(change.after()).isEqualTo("blocked");
		});
		assertThat(replay.fleetHash()).isEqualTo(FleetReplay.fleetHash(fleet))
			.isNotEqualTo(FleetReplay.fleetHash(new Fleet(2500, 8)));
	}

	@Test
	void findsNothingWhereNothingChanges() throws InterruptedException {
		FleetReplay replay = new FleetReplay(new Fleet(30, 30), RulebaseComparison
			.whole(rulebase(new AtomicInteger(), Verdict.READY, 0), rulebase(new AtomicInteger(), Verdict.READY, 0)),
				this.kept);

		assertThat(replay.run(this.workers)).isTrue();

		assertThat(this.kept.nodes).isEmpty();
		assertThat(this.kept.changes).isEmpty();
	}

	@Test
	void saysWhereTheDraftCannotBeRun() throws InterruptedException {
		FleetReplay replay = new FleetReplay(new Fleet(10, 10), RulebaseComparison
			.whole(rulebase(new AtomicInteger(), Verdict.READY, 0), rulebase(new AtomicInteger(), Verdict.READY, 3)),
				this.kept);

		assertThat(replay.run(this.workers)).isTrue();

		assertThat(this.kept.nodes).hasSize(3);
		assertThat(this.kept.changes.values()).allSatisfy((change) -> {
			assertThat(change.kind()).isEqualTo(Kind.ERROR);
			assertThat(change.error()).isEqualTo("too many firings");
		});
	}

	@Test
	void goesOnWhereTheRevisionInForceCannotBeRun() throws InterruptedException {
		FleetReplay replay = new FleetReplay(new Fleet(10, 10), RulebaseComparison
			.whole(rulebase(new AtomicInteger(), Verdict.READY, 3), rulebase(new AtomicInteger(), Verdict.READY, 2)),
				this.kept);

		assertThat(replay.run(this.workers)).isTrue();

		assertThat(this.kept.nodes).as("one of three, since two cannot be judged by the draft either").hasSize(1);
		assertThat(this.kept.changes.values()).singleElement().satisfies((change) -> {
			assertThat(change.before()).isEqualTo("undetermined");
			assertThat(change.after()).isEqualTo("ready");
		});
	}

	@Test
	void stopsWhenToldTo() throws InterruptedException {
		this.kept.stopAfter = 1;
		FleetReplay replay = new FleetReplay(new Fleet(5000, 5), RulebaseComparison
			.whole(rulebase(new AtomicInteger(), Verdict.READY, 0), rulebase(new AtomicInteger(), Verdict.READY, 0)),
				this.kept);

		assertThat(replay.run(this.workers)).isFalse();
		assertThat(this.kept.done).isEqualTo(1000);
	}

	/**
	 * A rulebase that says one thing of everything, and cannot be run the first few
	 * times.
	 */
	private static CompiledRulebase rulebase(AtomicInteger judged, Verdict verdict, int failures) {
		Assessment assessment = new Assessment(new RulebaseRevision(1, "a"), verdict, "so",
				new Assessment.Recommendation(null, null, null, List.of(), List.of(), List.of(), List.of()), "",
				List.of(), List.of(), null, List.of());
		return new CompiledRulebase() {

			@Override
			public RulebaseRevision revision() {
				return assessment.rulebase();
			}

			@Override
			public List<RuleText> rules() {
				return List.of();
			}

			@Override
			public Assessment assess(NodeFacts facts) {
				throw new IllegalStateException("nobody asks why on a whole fleet");
			}

			@Override
			public Assessment judge(NodeFacts facts) {
				if (judged.incrementAndGet() <= failures) {
					throw new IllegalStateException("too many firings");
				}
				return assessment;
			}

		};
	}

	/**
	 * So many nodes with so many different facts.
	 */
	private record Fleet(int size, int different) implements FactSnapshots {

		@Override
		public Pulse pulse() {
			return new Pulse(this.size, null);
		}

		@Override
		public List<Head> page(@Nullable String after, int limit) {
			int from = (after != null) ? Integer.parseInt(after) + 1 - 100_000 : 0;
			List<Head> page = new ArrayList<>();
			for (int at = from; at < Math.min(this.size, from + limit); at++) {
				page.add(new Head(Integer.toString(100_000 + at), "node " + at, "s" + at, "f" + at % this.different));
			}
			return page;
		}

		@Override
		public List<Held> facts(Collection<String> snapshotIds) {
			NodeFacts facts = Mockito.mock();
			List<Held> all = new ArrayList<>();
			for (String id : snapshotIds) {
				Held held = Mockito.mock();
				Mockito.when(held.snapshotId()).thenReturn(id);
				Mockito.when(held.bare()).thenReturn(facts);
				all.add(held);
			}
			return all;
		}

		@Override
		public @Nullable Head of(String nodeId) {
			return null;
		}

		@Override
		public @Nullable Head at(String nodeId, Instant at) {
			return null;
		}

	}

	/**
	 * Keeps what it is told.
	 */
	private static final class Kept implements FleetReplay.Told {

		private final TreeMap<Integer, ImpactChange> changes = new TreeMap<>();

		private final List<FactSnapshots.Head> nodes = new ArrayList<>();

		private int stopAfter = Integer.MAX_VALUE;

		private long done;

		@Override
		public String text(ImpactChange change) {
			return change.toString();
		}

		@Override
		public void changes(Map<Integer, ImpactChange> more) {
			this.changes.putAll(more);
		}

		@Override
		public void nodes(List<FactSnapshots.Head> more, List<Integer> numbers) {
			this.nodes.addAll(more);
		}

		@Override
		public boolean goesOn(long soFar, long judged, long changed) {
			this.done = soFar;
			return --this.stopAfter > 0;
		}

	}

}
