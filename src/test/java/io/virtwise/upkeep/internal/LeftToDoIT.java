package io.virtwise.upkeep.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.NodeTasks.Task;
import io.virtwise.rollout.ChangeRooms;
import io.virtwise.rollout.FakeManagedFiles;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import io.virtwise.upkeep.LeftToDo;
import io.virtwise.upkeep.WorkStep;
import io.virtwise.upkeep.WorkStep.Closing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.OLD;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is left to do after a change, on both databases.
 */
@OnBothDatabases
class LeftToDoIT {

	private static final AtomicInteger count = new AtomicInteger();

	private static final String PATH = Node.DEFAULT_NOVA_CONF;

	private static final Task LOAD = new Task("Load the kernel module kvm_intel", List.of("modprobe -a kvm_intel"),
			List.of("S19"), false);

	private static final Task BOOT = new Task("Load kvm_intel at every boot", List.of("echo kvm_intel > …"),
			List.of("S23"), false);

	private final FakeManagedFiles files = new FakeManagedFiles();

	private final ChangeRooms rooms;

	private final Node node;

	LeftToDoIT(Database database) {
		this.rooms = new ChangeRooms(database, this.files, Map.of("rooms", "io.virtwise.upkeep.internal",
				"virtwise.drift.enabled", "false", "virtwise.drift.sweep", "1h"));
		String id = "work" + count.incrementAndGet();
		this.node = new Node(id, "cmp-" + id, "127.0.0.1", 16601, Transport.TCP, null, null, "mitaka", null, Map.of(),
				PATH, WriteMode.AUTO, 0, Instant.EPOCH);
		this.rooms.register(this.node);
		this.files.directory(this.node, "/etc/nova");
		this.files.put(this.node, PATH, OLD, "0640", "64060", "64060");
		this.rooms.assessed(id, OLD, new Setting("libvirt", "virt_type", "kvm"));
		this.rooms.asks(id, LOAD, BOOT);
	}

	@AfterEach
	void close() {
		this.rooms.close();
	}

	@Test
	void stepsStandThereOnceTheFileIsWrittenAndCloseByThemselvesWhenFactsShowTheirEffect() {
		ChangeRequest change = written();

		assertThat(steps(change)).extracting(WorkStep::title)
			.containsExactly(LOAD.title(), BOOT.title(), "Restart nova-compute");
		assertThat(steps(change)).allMatch(WorkStep::open);
		this.rooms.factsCameIn(this.node.id());
		assertThat(steps(change)).as("the rules still ask for them").allMatch(WorkStep::open);

		String first = steps(change).get(0).id();
		WorkStep ticked = as(INES, () -> left().tick(change.id(), first, true));
		assertThat(ticked.tickedBy()).isEqualTo("p-ines");
		assertThat(ticked.open()).as("nobody has seen it yet").isTrue();
		assertThat(as(INES, () -> left().tick(change.id(), ticked.id(), false)).tickedBy()).isNull();

		this.rooms.asks(this.node.id(), BOOT);
		this.rooms.factsCameIn(this.node.id());

		assertThat(steps(change)).extracting(WorkStep::closing).containsExactly(Closing.EVIDENCE, null, null);
		assertThat(steps(change).get(0).evidence()).contains("the rules do not ask for it any more");
		assertThat(this.rooms.audited()).contains("work.ticked", "work.unticked", "work.closed");
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> left().tick(change.id(), ticked.id(), true)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("step-over"));
	}

	@Test
	void aRestartIsNotClosedBecauseNothingAsksForItButWhenItIsSeen() {
		ChangeRequest change = written();
		this.rooms.asks(this.node.id());
		this.rooms.started(this.node.id(), now().minus(Duration.ofDays(1)));
		this.rooms.later(Duration.ofMinutes(5));
		this.rooms.factsCameIn(this.node.id());
		assertThat(prove()).as("it was started before the write").isZero();
		assertThat(steps(change).get(2).open()).isTrue();
		assertThat(status(change)).isEqualTo(ChangeStatus.RESTART_PENDING);

		this.rooms.started(this.node.id(), now().minus(Duration.ofMinutes(1)));
		this.rooms.factsCameIn(this.node.id());
		assertThat(prove()).isEqualTo(1);

		assertThat(steps(change)).noneMatch(WorkStep::open);
		assertThat(status(change)).isEqualTo(ChangeStatus.IN_FORCE);
		assertThat(this.rooms.report(change.id()).nodes().get(0).summary())
			.startsWith("In force: the file holds the approved bytes, read just now, and the collector saw");
	}

	@Test
	void aRestartProvesNothingWhereTheFileIsNotTheApprovedOneAnyMore() {
		ChangeRequest change = written();
		this.files.put(this.node, PATH, "[libvirt]\n".getBytes(StandardCharsets.UTF_8), "0640", "64060", "64060");
		this.rooms.later(Duration.ofMinutes(5));
		this.rooms.started(this.node.id(), now().minus(Duration.ofMinutes(1)));
		this.rooms.factsCameIn(this.node.id());

		assertThat(prove()).isEqualTo(1);

		assertThat(status(change)).isEqualTo(ChangeStatus.RESTART_PENDING);
		assertThat(steps(change).get(2).open()).isTrue();
		assertThat(prove()).as("until the next facts").isZero();
	}

	@Test
	void aPersonsConfirmationStillCountsAndARollBackTakesAllAway() {
		ChangeRequest change = written();
		as(INES, () -> this.rooms.rollouts().confirmRestart(change.id(), this.node.id()));
		assertThat(steps(change)).extracting(WorkStep::closing).containsExactly(null, null, Closing.PERSON);

		as(INES, () -> this.rooms.rollouts().rollBack(change.id(), "a try"));
		this.rooms.settled(change.id());

		assertThat(steps(change)).extracting(WorkStep::closing)
			.containsExactly(Closing.ROLLED_BACK, Closing.ROLLED_BACK, Closing.PERSON);
	}

	private ChangeRequest written() {
		ChangeRequest change = this.rooms.approved(this.node.id());
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
		return change;
	}

	private ChangeStatus status(ChangeRequest change) {
		return this.rooms.changes().find(change.id()).orElseThrow().status();
	}

	private List<WorkStep> steps(ChangeRequest change) {
		return as(INES, () -> left().of(change.id()));
	}

	private LeftToDo left() {
		return this.rooms.get(LeftToDo.class);
	}

	private int prove() {
		RestartProof proof = this.rooms.get(RestartProof.class);
		int proved = 0;
		while (proof.doNext()) {
			proved++;
		}
		return proved;
	}

	private Instant now() {
		return this.rooms.get(Clock.class).instant();
	}

}
