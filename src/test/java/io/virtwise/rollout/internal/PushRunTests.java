package io.virtwise.rollout.internal;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.ChangeProgress.Step;
import io.virtwise.change.NodeStatus;
import io.virtwise.rollout.internal.FaultyManagedFiles.Mode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One push against a node in memory, with the journal in a real database.
 */
class PushRunTests extends PushBench {

	@Test
	void writesExactlyTheApprovedBytesAndProvesThem() {
		push();

		assertThat(content(FILE)).isEqualTo(NEW);
		assertThat(access()).isEqualTo(ACCESS);
		assertThat(content("nova.conf.virtwise-118")).isEqualTo(OLD);
		assertThat(end().status()).isEqualTo(NodeStatus.RESTART_PENDING);
		assertThat(end().holds()).isEqualTo(Push.Holds.NEW);
		assertThat(journal()).extracting(Step::name)
			.containsExactly("connect", "look", "compare", "back-up", "write", "prove", "end");
		assertThat(journal()).extracting(Step::outcome).containsOnly(Outcome.DONE);
		assertThat(this.disk.openSessions()).isZero();
	}

	@Test
	void overwritesOnceAndNeverDeletesOrCreatesTheFile() {
		push();

		assertThat(this.files.calls().stream().filter((call) -> call.startsWith("overwrite"))).hasSize(1);
		assertThat(this.files.calls()).noneMatch((call) -> call.startsWith("delete") || call.startsWith("create"));
	}

	@Test
	void refusesAFileThatChangedAfterPlanning() {
		put(FILE, bytes("somebody was here\n"), "0640", "64060", "64060");

		push();

		assertThat(end().status()).isEqualTo(NodeStatus.FAILED);
		assertThat(end().holds()).isEqualTo(Push.Holds.OTHER);
		assertThat(end().summary()).startsWith("Nothing was written. The file was changed after this was planned");
		assertThat(content(FILE)).isEqualTo(bytes("somebody was here\n"));
		assertThat(this.files.calls()).noneMatch((call) -> call.startsWith("copy") || call.startsWith("overwrite"));
	}

	@Test
	void refusesASymbolicLink() {
		this.disk.link(this.node, "/etc/nova/nova.conf", "/etc/nova/real.conf");
		put("real.conf", OLD, "0640", "64060", "64060");

		push();

		assertThat(end().status()).isEqualTo(NodeStatus.FAILED);
		assertThat(end().summary()).contains("symbolic link");
		assertThat(this.files.calls()).noneMatch((call) -> call.startsWith("overwrite") || call.startsWith("copy"));
	}

	@Test
	void refusesAFileThatIsNotThere() {
		reset(NEW, Push.Kind.FORWARD, false);

		push();

		assertThat(end().status()).isEqualTo(NodeStatus.FAILED);
		assertThat(end().summary()).contains("is not there any more");
	}

	@Test
	void takesTheNewContentThatIsThereAlreadyAsDone() {
		put(FILE, NEW, "0640", "64060", "64060");

		push();

		assertThat(end().status()).isEqualTo(NodeStatus.RESTART_PENDING);
		assertThat(this.files.calls()).noneMatch((call) -> call.startsWith("overwrite"));
	}

	@Test
	void usesAnEarlierCopyOnlyIfItIsTheSame() {
		put("nova.conf.virtwise-118", bytes("another copy"), "0600", "0", "0");

		push();

		assertThat(content("nova.conf.virtwise-118")).isEqualTo(bytes("another copy"));
		assertThat(content("nova.conf.virtwise-118-2")).isEqualTo(OLD);
		assertThat(end().backupName()).isEqualTo("nova.conf.virtwise-118-2");
		assertThat(end().status()).isEqualTo(NodeStatus.RESTART_PENDING);
	}

	@Test
	void makesACopyAnewThatWasCutOffWithThePortal() {
		assertThat(this.pushes.begin(this.pushId, "a portal that died", this.now, this.now.plusSeconds(60))).isTrue();
		put("nova.conf.virtwise-118", java.util.Arrays.copyOf(OLD, 20), "0640", "64060", "64060");

		takeUp();

		assertThat(end().status()).isEqualTo(NodeStatus.RESTART_PENDING);
		assertThat(content("nova.conf.virtwise-118")).isEqualTo(OLD);
		assertThat(this.disk.exists(this.node, "/etc/nova/nova.conf.virtwise-118-2")).isFalse();
	}

	@Test
	void putsTheOldContentBackWhereSomethingElseWritesToo() {
		int[] times = new int[1];
		this.files.afterOverwrite(() -> {
			if (times[0]++ == 0) {
				put(FILE, bytes("# managed by something else\n"), "0640", "64060", "64060");
			}
		});

		push();

		assertThat(end().status()).isEqualTo(NodeStatus.ROLLED_BACK);
		assertThat(content(FILE)).isEqualTo(OLD);
		assertThat(end().summary()).contains("The node is as it was before.");
		assertThat(journal()).extracting(Step::outcome).contains(Outcome.FAILED, Outcome.PUT_BACK);
	}

	@Test
	void saysWhatIsKnownWhereSomethingElseWritesAgainAndAgain() {
		this.files.afterOverwrite(() -> put(FILE, bytes("# managed by something else\n"), "0640", "64060", "64060"));

		push();

		assertThat(end().status()).isEqualTo(NodeStatus.FAILED);
		assertThat(end().holds()).isEqualTo(Push.Holds.OTHER);
		assertThat(end().summary()).contains("neither old nor new", "Find out who else writes");
	}

	@Test
	void rollsBackAndProvesIt() {
		put(FILE, LONGER, "0640", "64060", "64060");
		this.target = LONGER;
		this.kind = Push.Kind.BACK;
		insert();

		push();

		assertThat(end().status()).isEqualTo(NodeStatus.ROLLED_BACK);
		assertThat(end().holds()).isEqualTo(Push.Holds.OLD);
		assertThat(content(FILE)).isEqualTo(Task.pad(OLD, LONGER.length));
		assertThat(content("nova.conf.virtwise-118-undo")).isEqualTo(LONGER);
	}

	@Test
	void leavesTheNodeAloneOnceAnotherPortalHasTakenOver() {
		PushJournal late = journal(this.transactions);
		assertThat(this.pushes.begin(this.pushId, late.runner(), this.now, this.now)).isTrue();
		PushJournal other = journal(this.transactions);
		assertThat(other.takeOver(this.pushId)).isTrue();

		assertThatExceptionOfType(PushJournal.LeaseLost.class).isThrownBy(() -> run(late));

		assertThat(this.files.calls()).isEmpty();
	}

	@Test
	void keepsWhatSomebodyElseWroteWhileThePushWasCutOff() {
		push();
		int overwrite = this.files.calls().indexOf("overwrite " + FILE);
		reset();
		this.files.failAt(overwrite, Mode.TORN, true);
		push();
		assertThat(end().stuck()).isTrue();
		this.files.heal();
		put(FILE, bytes("repaired by hand\n"), "0640", "64060", "64060");

		takeUp();

		assertThat(end().status()).isEqualTo(NodeStatus.ROLLED_BACK);
		assertThat(content(FILE)).startsWith(OLD);
		assertThat(content("nova.conf.virtwise-118-found")).isEqualTo(bytes("repaired by hand\n"));
	}

	@Test
	void givesUpBeginningAgainAfterSomeTimes() {
		PushJournal journal = journal(this.transactions);
		this.pushes.begin(this.pushId, journal.runner(), this.now, this.now);
		this.pushes.phase(this.pushId, Push.Phase.WRITING);
		for (int i = 0; i < PROPERTIES.rewriteAttempts(); i++) {
			this.pushes.endAllLeases(this.now);
			assertThat(journal.takeOver(this.pushId)).isTrue();
		}

		run(journal);

		assertThat(end().status()).isEqualTo(NodeStatus.FAILED);
		assertThat(end().holds()).isEqualTo(Push.Holds.OLD);
		assertThat(end().summary()).contains("Begun 3 times and cut off each time");
		assertThat(this.files.calls()).noneMatch((call) -> call.startsWith("overwrite"));
	}

}
