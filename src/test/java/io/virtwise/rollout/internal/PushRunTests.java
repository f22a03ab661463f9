package io.virtwise.rollout.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.ChangeProgress.Step;
import io.virtwise.change.NodeStatus;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.rollout.FakeManagedFiles;
import io.virtwise.rollout.ManagedFiles;
import io.virtwise.rollout.internal.FaultyManagedFiles.Mode;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One push against a node in memory, with the journal in a real database: every call to
 * the node and every entry of the journal fails once, and each time it must be known
 * afterwards what the node holds.
 */
class PushRunTests {

	private static final JdbcDataSource dataSource = new JdbcDataSource();

	private static final byte[] OLD = bytes("[DEFAULT]\nmy_ip = 10.0.0.7\n\n[libvirt]\nvirt_type = qemu\n# end\n");

	private static final byte[] NEW = bytes("[DEFAULT]\nmy_ip = 10.0.0.7\n\n[libvirt]\nvirt_type = kvm\n# end\n\n");

	private static final byte[] LONGER = bytes(
			"[DEFAULT]\nmy_ip = 10.0.0.7\n\n[libvirt]\nvirt_type = kvm\ncpu_mode = host-model\n# end\n");

	private static final String FILE = "nova.conf";

	private static final String ACCESS = "64060:64060 0640";

	private static final RolloutProperties PROPERTIES = new RolloutProperties(Duration.ofSeconds(5),
			Duration.ofSeconds(60), 3, Duration.ZERO, Duration.ofSeconds(30), 3, 1, 10);

	private final Node node = new Node("n1", "cmp-1", "127.0.0.1", 16601, Transport.TCP, null, null, "mitaka", null,
			Map.of(), "/etc/nova/nova.conf", WriteMode.IN_PLACE, 0, Instant.EPOCH);

	private Instant now = Instant.parse("2026-11-23T08:00:00Z");

	private FakeManagedFiles disk = new FakeManagedFiles();

	private FaultyManagedFiles files = new FaultyManagedFiles(this.disk);

	private final PushTable pushes = new PushTable(JdbcClient.create(dataSource));

	private final StepTable steps = new StepTable(JdbcClient.create(dataSource));

	private final PlatformTransactionManager transactions = new DataSourceTransactionManager(dataSource);

	private byte[] target = NEW;

	private Push.Kind kind = Push.Kind.FORWARD;

	private String pushId = "";

	@BeforeAll
	static void createDatabase() {
		dataSource.setURL("jdbc:h2:mem:push-run;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
		Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
	}

	@BeforeEach
	void freshNode() {
		reset();
	}

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

	@TestFactory
	Stream<DynamicTest> knowsWhatTheNodeHoldsWhicheverCallFailsOnce() {
		return failures(false).map((failure) -> DynamicTest.dynamicTest(failure.toString(), () -> {
			reset(failure.target(), failure.kind());
			this.files.failAt(failure.call(), failure.mode(), false);

			push();

			assertThat(end().stuck()).isFalse();
			assertKnown();
		}));
	}

	@TestFactory
	Stream<DynamicTest> knowsWhatTheNodeHoldsOnceItAnswersAgain() {
		return failures(true).map((failure) -> DynamicTest.dynamicTest(failure.toString(), () -> {
			reset(failure.target(), failure.kind());
			this.files.failAt(failure.call(), failure.mode(), true);

			push();
			if (end().status() == NodeStatus.WRITING) {
				assertThat(end().stuck()).isTrue();
				assertThat(end().holds()).isEqualTo(Push.Holds.UNKNOWN);
				assertThat(end().summary()).contains("until the node answers");
				this.files.heal();
				takeUp();
			}

			assertKnown();
		}));
	}

	@TestFactory
	Stream<DynamicTest> knowsWhatTheNodeHoldsAfterThePortalDiedAtAnyEntryOfTheJournal() {
		return Stream.of(NEW, LONGER).flatMap((content) -> Stream.of(Push.Kind.values()).flatMap((way) -> {
			reset(content, way);
			int entries = entriesOfAWholePush();
			return IntStream.range(0, entries)
				.mapToObj((entry) -> DynamicTest.dynamicTest(way + " entry " + entry + " of " + entries, () -> {
					reset(content, way);
					PushJournal dying = journal(new DyingTransactions(this.transactions, entry));

					assertThat(this.pushes.begin(this.pushId, dying.runner(), this.now, this.now.plusSeconds(60)))
						.isTrue();
					assertThatExceptionOfType(CannotCreateTransactionException.class).isThrownBy(() -> run(dying));
					assertThat(this.disk.openSessions()).isZero();
					takeUp();

					assertKnown();
				}));
		}));
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

	private void assertKnown() {
		Push end = end();
		byte[] content = content(FILE);
		byte[] before = (this.kind == Push.Kind.FORWARD) ? OLD : this.target;
		byte[] after = (this.kind == Push.Kind.FORWARD) ? this.target : Task.pad(OLD, this.target.length);
		switch (end.status()) {
			case RESTART_PENDING -> {
				assertThat(this.kind).isEqualTo(Push.Kind.FORWARD);
				assertThat(content).isEqualTo(after);
			}
			case ROLLED_BACK -> assertThat(content)
				.isEqualTo((this.kind == Push.Kind.FORWARD) ? Task.pad(before, content.length) : after);
			case FAILED -> assertThat(content).isEqualTo(Task.pad(before, content.length));
			default -> throw new AssertionError("not over: " + end);
		}
		boolean isNew = java.util.Arrays.equals(content, this.target);
		assertThat(end.holds()).isIn(Push.Holds.UNKNOWN, isNew ? Push.Holds.NEW : Push.Holds.OLD);
		if (end.holds() == Push.Holds.UNKNOWN) {
			assertThat(end.summary()).startsWith("Nothing was written.");
		}
		assertThat(access()).isEqualTo(ACCESS);
		assertThat(this.pushes.busyWith("n1")).isEmpty();
		assertThat(journal()).noneMatch((step) -> step.outcome() == Outcome.RUNNING);
		assertThat(this.disk.openSessions()).isZero();
	}

	private Stream<Failure> failures(boolean forGood) {
		List<Failure> failures = new ArrayList<>();
		for (byte[] content : List.of(NEW, LONGER)) {
			for (Push.Kind way : Push.Kind.values()) {
				reset(content, way);
				push();
				List<String> calls = List.copyOf(this.files.calls());
				for (int call = 0; call < calls.size(); call++) {
					failures.add(new Failure(way, content, calls.get(call), call, Mode.BEFORE, forGood));
					failures.add(new Failure(way, content, calls.get(call), call, Mode.AFTER, forGood));
					if (calls.get(call).startsWith("overwrite") || calls.get(call).startsWith("copy")) {
						failures.add(new Failure(way, content, calls.get(call), call, Mode.TORN, forGood));
					}
				}
			}
		}
		assertThat(failures).hasSizeGreaterThan(80);
		return failures.stream();
	}

	private int entriesOfAWholePush() {
		DyingTransactions counting = new DyingTransactions(this.transactions, Integer.MAX_VALUE);
		PushJournal journal = journal(counting);
		this.pushes.begin(this.pushId, journal.runner(), this.now, this.now.plusSeconds(60));
		run(journal);
		return counting.count;
	}

	private void push() {
		PushJournal journal = journal(this.transactions);
		assertThat(this.pushes.begin(this.pushId, journal.runner(), this.now, this.now.plusSeconds(60))).isTrue();
		run(journal);
	}

	/** Another portal, or the same one after its start. */
	private void takeUp() {
		this.now = this.now.plusSeconds(120);
		PushJournal journal = journal(this.transactions);
		assertThat(journal.takeOver(this.pushId)).isTrue();
		run(journal);
	}

	private void run(PushJournal journal) {
		byte[] before = OLD;
		Task task = (this.kind == Push.Kind.FORWARD)
				? new Task(this.kind, "cmp-1", "/etc/nova", FILE, "nova.conf.virtwise-118", before, this.target)
				: new Task(this.kind, "cmp-1", "/etc/nova", FILE, "nova.conf.virtwise-118-undo", this.target,
						Task.pad(before, this.target.length));
		new PushRun(end(), this.node, task, journal, (to) -> this.files.open(to, "/etc/nova", PROPERTIES.deadline()),
				PROPERTIES)
			.run();
	}

	private PushJournal journal(PlatformTransactionManager manager) {
		Clock clock = new Clock() {
			@Override
			public java.time.ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(java.time.ZoneId zone) {
				return this;
			}

			@Override
			public Instant instant() {
				return PushRunTests.this.now;
			}
		};
		return new PushJournal(this.pushes, this.steps, PROPERTIES, clock, (event) -> {
		}, manager);
	}

	private void put(String name, byte[] content, String mode, String owner, String group) {
		this.disk.put(this.node, "/etc/nova/" + name, content, mode, owner, group);
	}

	private byte[] content(String name) {
		return this.disk.bytes(this.node, "/etc/nova/" + name);
	}

	/** Owner, group and mode of the file now. */
	private String access() {
		try (ManagedFiles.Session session = this.disk.open(this.node, "/etc/nova", PROPERTIES.deadline())) {
			ManagedFiles.RemoteFile file = session.stat(FILE);
			return file.owner() + ":" + file.group() + " " + file.octalMode();
		}
	}

	private Push end() {
		return this.pushes.find(this.pushId).orElseThrow();
	}

	private List<Step> journal() {
		return this.steps.of(end().changeId(), "n1");
	}

	private void reset() {
		reset(NEW, Push.Kind.FORWARD);
	}

	private void reset(byte[] content, Push.Kind way) {
		reset(content, way, true);
	}

	private void reset(byte[] content, Push.Kind way, boolean withFile) {
		this.target = content;
		this.kind = way;
		this.disk = new FakeManagedFiles();
		this.disk.directory(this.node, "/etc/nova");
		this.files = new FaultyManagedFiles(this.disk);
		if (withFile) {
			put(FILE, (way == Push.Kind.FORWARD) ? OLD : content, "0640", "64060", "64060");
		}
		insert();
	}

	private void insert() {
		JdbcClient.create(dataSource).sql("update push set busy_node = null").update();
		this.pushId = "push-" + UUID.randomUUID().toString().substring(0, 20);
		String change = "c-" + UUID.randomUUID().toString().substring(0, 20);
		int round = this.pushes.nextRound(change);
		this.pushes.insert(new Push(this.pushId, change, round, 0, this.kind, "n1", NodeStatus.PENDING, this.now,
				Push.Phase.WAITING, Push.Holds.UNKNOWN, null, false, 0, null, null, null, null));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * A call that fails.
	 *
	 * @param kind of the push
	 * @param target its bytes
	 * @param name the call
	 * @param call its number
	 * @param mode how it fails
	 * @param forGood whether all after it fail too
	 */
	private record Failure(Push.Kind kind, byte[] target, String name, int call, Mode mode, boolean forGood) {

		@Override
		public String toString() {
			return this.kind + " to " + this.target.length + " bytes, " + this.mode + " call " + this.call + ": "
					+ this.name;
		}

	}

	/**
	 * A database that is gone from some transaction on, as if the process died there.
	 */
	private static final class DyingTransactions implements PlatformTransactionManager {

		private final PlatformTransactionManager real;

		private final int last;

		private int count;

		DyingTransactions(PlatformTransactionManager real, int last) {
			this.real = real;
			this.last = last;
		}

		@Override
		public TransactionStatus getTransaction(@org.jspecify.annotations.Nullable TransactionDefinition definition) {
			if (this.count >= this.last) {
				throw new CannotCreateTransactionException("the portal died here");
			}
			this.count++;
			return this.real.getTransaction(definition);
		}

		@Override
		public void commit(TransactionStatus status) {
			this.real.commit(status);
		}

		@Override
		public void rollback(TransactionStatus status) {
			this.real.rollback(status);
		}

	}

}
