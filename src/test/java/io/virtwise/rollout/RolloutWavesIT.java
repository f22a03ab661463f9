package io.virtwise.rollout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.node.Node;
import io.virtwise.rollout.RolloutPlan.Wave;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.Test;

import org.springframework.security.access.AccessDeniedException;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.SVEN;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Waves, thresholds, error budget and time window on both databases, with nodes in
 * memory.
 */
@OnBothDatabases
class RolloutWavesIT extends ChangeBench {

	private static final Wave CANARY = new Wave(Share.nodes(1), 100);

	private static final Wave HALF = new Wave(Share.percent(50), 90);

	private static final Wave ALL = new Wave(Share.percent(100), 90);

	private final List<Node> nodes = new ArrayList<>();

	private final WatchedFiles watched = new WatchedFiles(this.files);

	RolloutWavesIT(Database database) {
		super(database);
	}

	@Override
	ChangeRooms rooms() {
		return rooms(new Node[0]);
	}

	private ChangeRooms rooms(Node... known) {
		return new ChangeRooms(this.database, this.watched, Map.of("virtwise.rollout.sweep", "200ms",
				"virtwise.jobs.poll", "100ms", "virtwise.jobs.stop-wait", "200ms"), known);
	}

	@Test
	void goesWaveByWaveToItsEnd() {
		ChangeRequest change = approved(20);

		start(change, plan("0", 4));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
		assertThat(statuses(change)).containsOnly("restart-pending");
		assertThat(this.watched.most()).as("written at the same time").isBetween(2, 4);
	}

	@Test
	void pausesWhereTheCanaryFailsAndWritesNothingElse() {
		ChangeRequest change = approved(6);
		spoil(0);

		start(change, plan("50%", 4));

		ChangeRequest paused = this.rooms.settled(change.id());
		assertThat(paused.status()).isEqualTo(ChangeStatus.PAUSED);
		assertThat(paused.statusNote()).startsWith("Wave 1: 0 of 1 nodes went as approved, and 100 % must.");
		assertThat(statuses(change)).containsExactly("failed", "pending", "pending", "pending", "pending", "pending");

		as(INES, () -> this.rooms.rollouts().resume(change.id(), null));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.FAILED);
		assertThat(statuses(change)).filteredOn("restart-pending"::equals).hasSize(5);
	}

	@Test
	void stopsEverythingWhereMoreFailThanMay() {
		ChangeRequest change = approved(20);
		spoil(3, 5, 6, 8, 11, 15);

		start(change, new RolloutPlan(List.of(ALL), Share.nodes(2), 2, null));

		ChangeRequest failed = this.rooms.settled(change.id());
		assertThat(failed.status()).isEqualTo(ChangeStatus.FAILED);
		List<String> statuses = statuses(change);
		assertThat(statuses).filteredOn("failed"::equals)
			.as("one more than may, and who was at work")
			.hasSizeBetween(3, 4);
		assertThat(statuses).contains("skipped").doesNotContain("pending");
		assertThat(failed.statusNote()).contains("More than the 2 that may", "error budget");
		assertThat(this.rooms.report(change.id()).log()).extracting((entry) -> entry.verb()).contains("stop");
	}

	@Test
	void runsAgainOnlyWhatFailed() {
		ChangeRequest change = approved(8);
		spoil(2, 4);
		start(change, new RolloutPlan(List.of(ALL), Share.percent(100), 3, null));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.FAILED);
		long opened = this.watched.opened();
		mend(2, 4);

		as(INES, () -> this.rooms.rollouts().rerun(change.id(), false));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
		assertThat(this.watched.opened() - opened).as("nodes spoken to again").isEqualTo(2);
		assertThat(statuses(change)).containsOnly("restart-pending");
		this.nodes.forEach((node) -> as(INES, () -> this.rooms.rollouts().confirmRestart(change.id(), node.id())));
		assertThat(this.rooms.report(change.id()).status()).isEqualTo("in-force");
	}

	@Test
	void runsAgainOnlyWhileTheApprovalWouldBeGood() {
		ChangeRequest change = approved(1);
		spoil(0);
		start(change, plan("0", 1));
		this.rooms.settled(change.id());
		this.rooms.later(Duration.ofDays(4));

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().rerun(change.id(), true)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("approval-too-old"));
	}

	@Test
	void rollsBackSomeAndThenTheRest() {
		ChangeRequest change = approved(5);
		start(change, plan("0", 2));
		this.rooms.settled(change.id());
		List<String> two = List.of(this.nodes.get(1).id(), this.nodes.get(3).id());

		as(INES, () -> this.rooms.rollouts().rollBack(change.id(), "their guests would not start", two));

		ChangeRequest some = this.rooms.settled(change.id());
		assertThat(some.status()).isEqualTo(ChangeStatus.FAILED);
		assertThat(some.statusNote()).isEqualTo("Rolled back on 2 of 5 nodes; the others hold what was approved.");
		assertThat(statuses(change)).containsExactly("restart-pending", "rolled-back", "restart-pending", "rolled-back",
				"restart-pending");
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().rollBack(change.id(), "again", two)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("nothing-to-roll-back"));

		as(INES, () -> this.rooms.rollouts().rollBack(change.id(), "the rest too"));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.ROLLED_BACK);
		assertThat(statuses(change)).containsOnly("rolled-back");
	}

	@Test
	void waitsForItsTimeWindow() {
		ChangeRequest change = approved(2);
		LocalTime soon = LocalTime.now(ZoneOffset.UTC).plusHours(2).withSecond(0).withNano(0);

		start(change, new RolloutPlan(List.of(ALL), Share.nodes(0), 2, TimeWindow.daily(soon, soon.plusHours(1))));

		assertThat(this.rooms.report(change.id()).status()).isEqualTo("running");
		assertThat(statuses(change)).containsOnly("pending");
		assertThat(this.watched.opened()).isZero();
		this.rooms.later(Duration.ofMinutes(130));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
	}

	@Test
	void isPlannedBeforeItIsStartedByWhoMayStartIt() {
		ChangeRequest change = approved(4);
		RolloutPlan plan = new RolloutPlan(List.of(CANARY, HALF, ALL), Share.percent(25), 3,
				TimeWindow.daily(LocalTime.of(22, 0), LocalTime.of(4, 0)));

		as(INES, () -> this.rooms.rollouts().plan(change.id(), plan));

		assertThat(as(SVEN, () -> this.rooms.rollouts().plan(change.id()))).isEqualTo(plan);
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> as(SVEN, () -> this.rooms.rollouts().plan(change.id(), plan)));
		assertThat(this.rooms.audited()).contains("change.rollout-planned");
		start(change, plan("0", 2));
		this.rooms.settled(change.id());
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().plan(change.id(), plan)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("wrong-status"));
	}

	@Test
	void anotherPortalGoesOnWhereOneDied() {
		ChangeRequest change = approved(6);
		this.watched.hangAt(3);
		start(change, new RolloutPlan(List.of(ALL), Share.nodes(0), 1, null));
		this.rooms.until(change.id(), (any) -> this.watched.hangs());
		this.rooms.close();

		// it takes up what was cut off as soon as it starts, so it knows the nodes before
		try (ChangeRooms other = rooms(this.nodes.toArray(Node[]::new))) {
			other.later(Duration.ofMinutes(4));
			assertThat(other.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
			this.watched.letGo();
			assertThat(other.report(change.id()).nodes()).extracting(NodeReport::status)
				.containsOnly("restart-pending");
		}
		assertThat(this.watched.overwrites()).as("nothing is written twice").isEqualTo(6);
	}

	private ChangeRequest approved(int count) {
		this.nodes.clear();
		for (int i = 0; i < count; i++) {
			this.nodes.add(node("wave"));
		}
		return this.rooms.approved(this.nodes.stream().map(Node::id).toArray(String[]::new));
	}

	/** Somebody changed the file on these nodes, so that a push must fail. */
	private void spoil(int... which) {
		for (int i : which) {
			this.files.put(this.nodes.get(i), PATH, "changed".getBytes(StandardCharsets.UTF_8), "0640", "64060",
					"64060");
		}
	}

	private void mend(int... which) {
		for (int i : which) {
			this.files.put(this.nodes.get(i), PATH, ChangeRooms.OLD, "0640", "64060", "64060");
		}
	}

	private RolloutPlan plan(String budget, int atOnce) {
		return new RolloutPlan(List.of(CANARY, HALF, ALL), Share.parse(budget).orElseThrow(), atOnce, null);
	}

	private void start(ChangeRequest change, RolloutPlan plan) {
		as(INES, () -> this.rooms.rollouts().start(change.id(), plan));
	}

	private List<String> statuses(ChangeRequest change) {
		return this.rooms.report(change.id()).nodes().stream().map(NodeReport::status).toList();
	}

}
