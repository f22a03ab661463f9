package io.virtwise.upkeep.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.Setting;
import io.virtwise.rollout.ChangeRooms;
import io.virtwise.rollout.FakeManagedFiles;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import io.virtwise.upkeep.DriftWatch;
import io.virtwise.upkeep.NodeHistory;
import io.virtwise.upkeep.NodeMoment;
import io.virtwise.upkeep.NodeMoment.Approval;
import io.virtwise.upkeep.NodeMoment.Happening;
import io.virtwise.upkeep.NodeMoment.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.OLD;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What was set on a node at any date, on both databases.
 */
@OnBothDatabases
class NodeHistoryIT {

	private static final AtomicInteger count = new AtomicInteger();

	private static final String PATH = Node.DEFAULT_NOVA_CONF;

	private final FakeManagedFiles files = new FakeManagedFiles();

	private final ChangeRooms rooms;

	private final Node node;

	NodeHistoryIT(Database database) {
		this.rooms = new ChangeRooms(database, this.files,
				Map.of("rooms", "io.virtwise.upkeep.internal", "virtwise.drift.enabled", "false"));
		String id = "past" + count.incrementAndGet();
		this.node = new Node(id, "cmp-" + id, "127.0.0.1", 16601, Transport.TCP, null, null, "mitaka", null, Map.of(),
				PATH, WriteMode.AUTO, 0, Instant.EPOCH);
		this.rooms.register(this.node);
		this.files.directory(this.node, "/etc/nova");
		put(OLD);
	}

	@AfterEach
	void close() {
		this.rooms.close();
	}

	@Test
	void tellsForAnyDateWhatWasSetByWhomAndWhy() {
		assessed(new Setting("libvirt", "virt_type", "kvm"));
		Instant before = now();
		this.rooms.later(Duration.ofDays(1));
		ChangeRequest first = put(new Setting("libvirt", "virt_type", "kvm"));
		byte[] one = this.files.bytes(this.node, PATH);
		Instant written = now();
		this.rooms.later(Duration.ofHours(1));
		as(INES, () -> this.rooms.rollouts().confirmRestart(first.id(), this.node.id()));
		Instant inForce = now();
		this.rooms.later(Duration.ofDays(1));
		put("[libvirt]\nvirt_type = lxc\n".getBytes(StandardCharsets.UTF_8));
		as(INES, () -> this.rooms.get(DriftWatch.class).check(this.node.id()));
		Instant drifted = now();
		put(one);
		this.rooms.later(Duration.ofDays(1));
		as(INES, () -> this.rooms.get(DriftWatch.class).check(this.node.id()));
		ChangeRequest second = put(new Setting("libvirt", "cpu_mode", null));
		Instant later = now();
		this.rooms.later(Duration.ofDays(1));
		as(INES, () -> this.rooms.rollouts().rollBack(second.id(), "it was a try"));
		assertThat(this.rooms.settled(second.id()).status()).isEqualTo(ChangeStatus.ROLLED_BACK);

		NodeMoment moment = at(before);
		assertThat(moment.change()).isNull();
		assertThat(moment.file()).isNotNull();
		assertThat(moment.file().from()).isEqualTo("read");
		assertThat(moment.file().text()).contains("rabbit://***@mq").doesNotContain("hunter2");

		moment = at(written);
		assertThat(moment.change()).isNotNull();
		assertThat(moment.change().id()).isEqualTo(first.id());
		assertThat(moment.change().requestedBy()).isEqualTo(new NodeMoment.Ref("p-ines", "Ines Moreau"));
		assertThat(moment.change().startedBy()).isEqualTo(new NodeMoment.Ref("p-ines", "Ines Moreau"));
		assertThat(moment.change().approvals()).extracting(Approval::by)
			.containsExactly(new NodeMoment.Ref("p-tom", "Tomasz Wilk"),
					new NodeMoment.Ref("p-mara", "Mara Lindqvist"));
		assertThat(moment.change().rulebaseRevision()).isEqualTo(1);
		assertThat(moment.change().factsSha256()).isEqualTo(ContentHash.of("facts of " + this.node.id()).sha256());
		assertThat(moment.change().settings()).extracting(NodeMoment.SetOption::rule).containsExactly("P22");
		assertThat(moment.change().inForceAt()).as("nobody had restarted yet").isNull();
		assertThat(moment.file().hash()).isEqualTo(ContentHash.of(one).sha256());
		assertThat(moment.assessment()).isNotNull();
		assertThat(moment.assessment().facts()).hasSize(1);

		assertThat(changeAt(inForce).inForceAt()).isNotNull();
		assertThat(at(drifted).drift()).isNotNull();
		assertThat(changeAt(drifted).id()).as("what was approved stays so").isEqualTo(first.id());
		assertThat(at(later).drift()).isNull();
		assertThat(changeAt(later).id()).isEqualTo(second.id());
		NodeMoment present = as(INES, () -> this.rooms.get(NodeHistory.class).now(this.node.id()));
		assertThat(change(present).id()).as("after the roll back").isEqualTo(first.id());
		assertThat(present.moments()).extracting(Happening::kind)
			.containsExactly("rolled-back", "written", "drift-over", "drift", "in-force", "written");
	}

	@Test
	void refusesAMomentThatHasNotComeAndANodeThatIsNot() {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> at(now().plus(Duration.ofDays(1))))
			.satisfies((ex) -> assertThat(ex.faults().get(0).field()).isEqualTo("time"));
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.get(NodeHistory.class).now("nobody")))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.NOT_FOUND));
	}

	@Test
	void saysThatNothingIsKnownBeforeAnybodyLooked() {
		NodeMoment moment = at(now());

		assertThat(moment.file()).isNull();
		assertThat(moment.change()).isNull();
		assertThat(moment.assessment()).isNull();
		assertThat(moment.moments()).isEmpty();
	}

	private NodeMoment at(Instant at) {
		return as(INES, () -> this.rooms.get(NodeHistory.class).at(this.node.id(), at));
	}

	private Origin changeAt(Instant at) {
		return change(at(at));
	}

	private static Origin change(NodeMoment moment) {
		return Objects.requireNonNull(moment.change());
	}

	private Instant now() {
		return this.rooms.get(Clock.class).instant();
	}

	private void assessed(Setting... settings) {
		this.rooms.assessed(this.node.id(), this.files.bytes(this.node, PATH), settings);
	}

	private ChangeRequest put(Setting setting) {
		assessed(setting);
		ChangeRequest change = this.rooms.approved(this.node.id());
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
		return change;
	}

	private void put(byte[] content) {
		this.files.put(this.node, PATH, content, "0640", "64060", "64060");
	}

}
