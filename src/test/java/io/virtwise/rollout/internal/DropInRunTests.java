package io.virtwise.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.ChangeProgress.Step;
import io.virtwise.change.NodeStatus;
import io.virtwise.change.Surroundings;
import io.virtwise.rollout.internal.DropInTask.DropIn;
import io.virtwise.rollout.internal.FaultyManagedFiles.Mode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A push by drop-in: its steps, and that each fault and each crash ends with exactly one
 * of the two files there, known as such.
 */
class DropInRunTests extends PushBench {

	private static final String FOLDER = "/etc/nova/nova.conf.d";

	private static final DropIn FRESH = new DropIn("90-virtwise-000000118.conf",
			bytes("# ours\n[libvirt]\nvirt_type = kvm\ncpu_mode = host-model\n"));

	private static final DropIn OLDER = new DropIn("90-virtwise-000000007.conf",
			bytes("# ours\n[libvirt]\nvirt_type = kvm\n"));

	private boolean withOlder;

	private boolean withFolder = true;

	private void fresh(Push.Kind way, boolean older, boolean folder) {
		this.withOlder = older;
		this.withFolder = folder;
		reset(NEW, way);
		put(FILE, OLD, "0640", "64060", "64060");
		if (folder) {
			this.disk.directory(this.node, FOLDER);
			put("nova.conf.d/50-site.conf", bytes("[DEFAULT]\ndebug = true\n"), "0644", "0", "0");
		}
		DropIn there = (way == Push.Kind.FORWARD) ? (older ? OLDER : null) : FRESH;
		if (there != null) {
			put("nova.conf.d/" + there.name(), there.content(), "0640", "64060", "64060");
		}
	}

	@Override
	void run(PushJournal journal) {
		DropIn older = this.withOlder ? OLDER : null;
		Surroundings around = new Surroundings().with("/etc/nova/nova.conf", OLD);
		if (this.withFolder) {
			around.with(FOLDER + "/50-site.conf", bytes("[DEFAULT]\ndebug = true\n"));
		}
		DropInTask task = (this.kind == Push.Kind.FORWARD)
				? new DropInTask(this.kind, "cmp-1", "/etc/nova/nova.conf", FRESH, older, around.hash())
				: new DropInTask(this.kind, "cmp-1", "/etc/nova/nova.conf", older, FRESH, null);
		new DropInRun(end(), this.node, task, journal, this.files, PROPERTIES).run();
	}

	@Test
	void stagesProvesCopiesProvesAndOnlyThenRemovesTheOlder() {
		fresh(Push.Kind.FORWARD, true, true);

		push();

		assertThat(end().status()).isEqualTo(NodeStatus.RESTART_PENDING);
		assertThat(this.files.calls()).filteredOn((call) -> call.matches("(create|copy|delete|overwrite) .*"))
			.containsExactly("create " + FRESH.staged(), "copy " + FRESH.staged() + " " + FRESH.name(),
					"delete " + FRESH.staged(), "delete " + OLDER.name());
		assertThat(journal()).extracting(Step::name)
			.containsExactly("connect", "look", "connect", "compare", "stage", "prove-staged", "publish", "prove",
					"unstage", "remove-older", "end");
		assertThat(this.disk.bytes(this.node, FOLDER + "/" + FRESH.name())).isEqualTo(FRESH.content());
		assertThat(content(FILE)).isEqualTo(OLD);
	}

	@Test
	void makesTheFolderWhereItIsMissing() {
		fresh(Push.Kind.FORWARD, false, false);

		push();

		assertThat(end().status()).isEqualTo(NodeStatus.RESTART_PENDING);
		assertThat(journal()).extracting(Step::name).contains("make-folder");
		assertThat(this.disk.bytes(this.node, FOLDER + "/" + FRESH.name())).isEqualTo(FRESH.content());
	}

	@Test
	void refusesWhereNovaConfOrAnotherFileChangedAfterPlanning() {
		fresh(Push.Kind.FORWARD, true, true);
		put(FILE, NEW, "0640", "64060", "64060");
		push();
		assertRefused("nova.conf or another file beside this one was changed");

		fresh(Push.Kind.FORWARD, true, true);
		put("nova.conf.d/60-more.conf", NEW, "0644", "0", "0");
		push();
		assertRefused("nova.conf or another file beside this one was changed");

		fresh(Push.Kind.FORWARD, true, true);
		put("nova-compute.conf", NEW, "0644", "0", "0");
		push();
		assertRefused("nova.conf or another file beside this one was changed");
	}

	@Test
	void refusesWhereOurOwnFileWasEditedOrTheNameIsTakenOrALink() {
		fresh(Push.Kind.FORWARD, true, true);
		put("nova.conf.d/" + OLDER.name(), NEW, "0640", "64060", "64060");
		push();
		assertThat(end().status()).isEqualTo(NodeStatus.FAILED);
		assertThat(end().summary()).contains(OLDER.name() + " was changed after this was planned");

		fresh(Push.Kind.FORWARD, true, true);
		put("nova.conf.d/" + FRESH.name(), NEW, "0640", "64060", "64060");
		push();
		assertThat(end().summary()).contains("There is a file " + FRESH.name() + " already");

		fresh(Push.Kind.FORWARD, true, true);
		this.disk.link(this.node, FOLDER + "/" + FRESH.name(), "/etc/nova/nova.conf");
		push();
		assertThat(end().summary()).contains("symbolic link");
		assertThat(content(FILE)).isEqualTo(OLD);
	}

	private void assertRefused(String why) {
		assertThat(end().status()).isEqualTo(NodeStatus.FAILED);
		assertThat(end().summary()).startsWith("Nothing was written that nova reads.").contains(why);
		assertThat(this.files.calls()).noneMatch((call) -> call.matches("(create|copy|delete) .*"));
	}

	@TestFactory
	Stream<DynamicTest> knowsWhatTheNodeHoldsWhicheverCallFails() {
		return failures().map((failure) -> DynamicTest.dynamicTest(failure.toString(), () -> {
			fresh(failure.kind(), failure.older(), failure.folder());
			this.files.failAt(failure.call(), failure.mode(), failure.forGood());

			push();
			if (end().status() == NodeStatus.WRITING) {
				assertThat(failure.forGood()).isTrue();
				assertThat(end().stuck()).isTrue();
				this.files.heal();
				takeUp();
			}

			assertKnown();
		}));
	}

	@TestFactory
	Stream<DynamicTest> knowsWhatTheNodeHoldsAfterThePortalDiedAtAnyEntryOfTheJournal() {
		return setUps().flatMap((setUp) -> {
			fresh(setUp.kind(), setUp.older(), setUp.folder());
			PushFaultTests.DyingTransactions counting = new PushFaultTests.DyingTransactions(this.transactions,
					Integer.MAX_VALUE);
			PushJournal whole = journal(counting);
			this.pushes.begin(this.pushId, whole.runner(), this.now, this.now.plusSeconds(60));
			run(whole);
			int entries = counting.count();
			assertThat(entries).isGreaterThan(8);
			return IntStream.range(0, entries)
				.mapToObj((entry) -> DynamicTest.dynamicTest(setUp + " entry " + entry, () -> {
					fresh(setUp.kind(), setUp.older(), setUp.folder());
					PushJournal dying = journal(new PushFaultTests.DyingTransactions(this.transactions, entry));
					assertThat(this.pushes.begin(this.pushId, dying.runner(), this.now, this.now.plusSeconds(60)))
						.isTrue();
					assertThatExceptionOfType(CannotCreateTransactionException.class).isThrownBy(() -> run(dying));
					assertThat(this.disk.openSessions()).isZero();
					takeUp();

					assertKnown();
					assertThat(end().status()).isEqualTo(
							(setUp.kind() == Push.Kind.FORWARD) ? NodeStatus.RESTART_PENDING : NodeStatus.ROLLED_BACK);
				}));
		});
	}

	private void assertKnown() {
		Push end = end();
		boolean reached = (end.kind() == Push.Kind.FORWARD) ? end.status() == NodeStatus.RESTART_PENDING
				: end.status() == NodeStatus.ROLLED_BACK;
		assertThat(end.status()).isIn(NodeStatus.RESTART_PENDING, NodeStatus.ROLLED_BACK, NodeStatus.FAILED);
		boolean isNew = (end.kind() == Push.Kind.FORWARD) == reached;
		assertFile(FRESH, isNew);
		if (this.withOlder) {
			assertFile(OLDER, !isNew);
		}
		assertThat(content(FILE)).isEqualTo(OLD);
		assertThat(end.holds()).isIn(Push.Holds.UNKNOWN, isNew ? Push.Holds.NEW : Push.Holds.OLD);
		if (end.holds() == Push.Holds.UNKNOWN) {
			assertThat(end.summary()).startsWith("Nothing was written that nova reads.");
		}
		assertThat(this.pushes.busyWith("n1")).isEmpty();
		assertThat(journal()).noneMatch((step) -> step.outcome() == Outcome.RUNNING);
		assertThat(this.disk.openSessions()).isZero();
	}

	private void assertFile(DropIn file, boolean there) {
		String path = FOLDER + "/" + file.name();
		assertThat(this.disk.exists(this.node, path)).as(file.name() + ", " + end()).isEqualTo(there);
		if (there) {
			assertThat(this.disk.bytes(this.node, path)).isEqualTo(file.content());
		}
	}

	private static Stream<SetUp> setUps() {
		return Stream.of(new SetUp(Push.Kind.FORWARD, true, true), new SetUp(Push.Kind.FORWARD, false, true),
				new SetUp(Push.Kind.FORWARD, false, false), new SetUp(Push.Kind.BACK, true, true),
				new SetUp(Push.Kind.BACK, false, true));
	}

	private Stream<Failure> failures() {
		List<Failure> failures = new ArrayList<>();
		setUps().forEach((setUp) -> {
			fresh(setUp.kind(), setUp.older(), setUp.folder());
			push();
			List<String> calls = List.copyOf(this.files.calls());
			for (int call = 0; call < calls.size(); call++) {
				for (Mode mode : Mode.values()) {
					if (mode != Mode.TORN || calls.get(call).startsWith("copy")) {
						failures.add(new Failure(setUp.kind(), setUp.older(), setUp.folder(), calls.get(call), call,
								mode, false));
						failures.add(new Failure(setUp.kind(), setUp.older(), setUp.folder(), calls.get(call), call,
								mode, true));
					}
				}
			}
		});
		assertThat(failures).hasSizeGreaterThan(200);
		return failures.stream();
	}

	/**
	 * What there is before.
	 */
	private record SetUp(Push.Kind kind, boolean older, boolean folder) {

		@Override
		public String toString() {
			return this.kind + (this.older ? " with an older file" : " alone") + (this.folder ? "" : ", no folder");
		}

	}

	/**
	 * A call that fails.
	 */
	private record Failure(Push.Kind kind, boolean older, boolean folder, String name, int call, Mode mode,
			boolean forGood) {

		@Override
		public String toString() {
			return this.kind + (this.older ? " with an older file, " : ", ") + this.mode + " call " + this.call + ": "
					+ this.name + (this.forGood ? ", and all after it" : "");
		}

	}

}
