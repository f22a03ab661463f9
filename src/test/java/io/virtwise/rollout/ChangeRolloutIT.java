package io.virtwise.rollout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.virtwise.access.Person;
import io.virtwise.change.ChangeReport.CheckReport;
import io.virtwise.change.ChangeReport.LogReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.Seen;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.nova.Setting;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.Test;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.MARA;
import static io.virtwise.rollout.ChangeRooms.OLD;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Changes from their start on, on both databases, with nodes in memory.
 */
@OnBothDatabases
class ChangeRolloutIT extends ChangeBench {

	ChangeRolloutIT(Database database) {
		super(database);
	}

	@Test
	void ofManyStartsAtOnceExactlyOneCounts() throws Exception {
		ChangeRequest change = this.rooms.approved(this.one.id());
		List<Callable<Boolean>> attempts = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			attempts.add(() -> {
				as(INES, () -> this.rooms.rollouts().start(change.id()));
				return true;
			});
		}

		assertThat(successes(attempts)).isEqualTo(1);

		this.rooms.settled(change.id());
		assertThat(this.files.calls().stream().filter((call) -> call.equals("overwrite nova.conf"))).hasSize(1);
	}

	@Test
	void refusesASecondPushToANodeThatIsTaken() {
		ChangeRequest first = this.rooms.approved(this.one.id(), this.two.id());
		ChangeRequest second = this.rooms.approved(this.two.id());
		this.files.failNext("open", NodeFailure.Kind.UNREACHABLE, 0);
		as(INES, () -> this.rooms.rollouts().start(first.id()));
		assertThat(this.rooms.settled(first.id()).status()).isEqualTo(ChangeStatus.PAUSED);

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().start(second.id())))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("node-busy"))
			.withMessageContaining(first.name());
		assertThat(this.rooms.report(second.id()).status()).as("the approval is not spent").isEqualTo("approved");

		as(INES, () -> this.rooms.rollouts().stop(first.id(), "enough of it"));
		assertThat(this.rooms.settled(first.id()).status()).isEqualTo(ChangeStatus.FAILED);
		assertThat(this.rooms.report(first.id()).nodes()).extracting(NodeReport::status)
			.containsExactly("failed", "skipped");
		assertThat(this.rooms.report(first.id()).log()).extracting(LogReport::note).contains("enough of it");
		as(INES, () -> this.rooms.rollouts().start(second.id()));
		assertThat(this.rooms.settled(second.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
	}

	@Test
	void goesOnAfterAPauseWithTheNodesThatAreLeft() {
		ChangeRequest change = this.rooms.approved(this.one.id(), this.two.id());
		this.files.failNext("open", NodeFailure.Kind.UNREACHABLE, 0);
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.PAUSED);

		as(INES, () -> this.rooms.rollouts().resume(change.id(), " the cable is back "));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.FAILED);
		assertThat(this.rooms.report(change.id()).nodes()).extracting(NodeReport::status)
			.containsExactly("failed", "restart-pending");
		assertThat(this.rooms.report(change.id()).log()).extracting(LogReport::note).contains("the cable is back");
		assertThat(this.rooms.report(change.id()).nodes().get(0).summary()).startsWith("Nothing was written.");
	}

	@Test
	void refusesToStartWhatWasTamperedWithInTheDatabase() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		this.database.jdbc()
			.sql("update change_node set after_bytes = :bytes where change_id = :id")
			.param("bytes",
					(new String(OLD, StandardCharsets.UTF_8) + "debug = true\n").getBytes(StandardCharsets.UTF_8))
			.param("id", change.id())
			.update();

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().start(change.id())))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("content-changed"));
		assertThat(this.files.bytes(this.one, PATH)).isEqualTo(OLD);
	}

	@Test
	void rollsBackToTheBytesFromBefore() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		this.rooms.settled(change.id());

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().rollBack(change.id(), " ")));
		as(INES, () -> this.rooms.rollouts().rollBack(change.id(), "guests would not start"));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.ROLLED_BACK);
		assertThat(new String(this.files.bytes(this.one, PATH), StandardCharsets.UTF_8).strip())
			.isEqualTo(new String(OLD, StandardCharsets.UTF_8).strip());
		assertThat(this.rooms.report(change.id()).nodes().get(0).status()).isEqualTo("rolled-back");
	}

	@Test
	void doesNotConfirmAFileThatChangedAfterThePush() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		this.rooms.settled(change.id());
		this.files.put(this.one, PATH, OLD, "0640", "64060", "64060");

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().confirmRestart(change.id(), this.one.id())))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("changed-since"));
		assertThat(this.rooms.report(change.id()).status()).isEqualTo("restart-pending");
	}

	@Test
	void dryRunSaysWhatWouldHappenAndWritesNothing() {
		this.rooms.guests(this.one.id(), "instance-1");
		this.rooms.assessed(this.one.id(), OLD, new Setting("libvirt", "virt_type", "kvm"),
				new Setting("libvirt", "cpu_mode", "host-model"));
		ChangeRequest change = this.rooms.plan(this.one.id(), this.two.id());
		this.files.put(this.two, PATH, "changed".getBytes(StandardCharsets.UTF_8), "0640", "64060", "64060");

		as(INES, () -> {
			this.rooms.rollouts().dryRun(change.id());
			return change;
		});

		List<NodeReport> nodes = this.rooms.report(change.id()).nodes();
		assertThat(nodes.get(0).dryRun()).satisfies((run) -> assertThat(run.outcome()).isEqualTo("would-work"));
		assertThat(nodes.get(0).dryRun()).satisfies((run) -> assertThat(run.checks()).extracting(CheckReport::name)
			.containsExactly("plan", "diff", "file", "libvirt", "guests"));
		assertThat(nodes.get(0).dryRun()).satisfies((run) -> assertThat(run.text()).contains("the same to the byte",
				"libvirt offers kvm. It can do the CPU mode host-model. 2 guests run there now, 1 when it was planned."));
		assertThat(nodes.get(1).dryRun()).satisfies((run) -> assertThat(run.outcome()).isEqualTo("would-fail"));
		assertThat(this.files.calls()).noneMatch((call) -> call.startsWith("overwrite") || call.startsWith("copy")
				|| call.startsWith("create") || call.startsWith("delete"));
	}

	@Test
	void anApproverDryRunsWhatIsWaitingAndIsToldWhatCouldNotBeChecked() {
		ChangeRequest change = this.rooms.plan(this.one.id(), this.two.id(), three().id());
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		this.rooms.offers(this.one.id(), null);
		this.rooms.offers(this.two.id(), "qemu");
		this.rooms.facts(change.nodes().get(2).nodeId(), "other facts");

		dryRun(MARA, change);

		List<NodeReport> nodes = this.rooms.report(change.id()).nodes();
		assertThat(nodes.get(0).dryRun()).satisfies((run) -> {
			assertThat(run.outcome()).isEqualTo("not-checked");
			assertThat(run.text()).contains("did not answer in time");
		});
		assertThat(nodes.get(1).dryRun()).satisfies((run) -> {
			assertThat(run.outcome()).isEqualTo("would-fail");
			assertThat(run.text()).contains("libvirt offers qemu here, not kvm");
		});
		assertThat(nodes.get(2).dryRun()).satisfies((run) -> {
			assertThat(run.outcome()).isEqualTo("would-fail");
			assertThat(run.text()).contains("Not up to date: facts of");
		});
		assertThat(this.rooms.changes().find(change.id()).orElseThrow().version()).as("nothing moved").isEqualTo(1);
	}

	@Test
	void dryRunsAtAnyTime() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		this.rooms.settled(change.id());

		dryRun(MARA, change);

		assertThat(this.rooms.report(change.id()).nodes().get(0).dryRun())
			.satisfies((run) -> assertThat(run.checks().get(2).text()).contains("there already"));
	}

	private void dryRun(Person person, ChangeRequest change) {
		as(person, () -> {
			this.rooms.rollouts().dryRun(change.id());
			return change;
		});
	}

	private Node three() {
		return node("three");
	}

	@Test
	void refusesToStartWhereANodeWasRemovedMeanwhile() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		this.rooms.remove(this.one.id());

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().start(change.id())))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("content-changed"))
			.withMessageContaining("is no longer registered");
	}

}
