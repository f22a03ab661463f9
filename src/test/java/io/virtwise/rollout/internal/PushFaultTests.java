package io.virtwise.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.NodeStatus;
import io.virtwise.rollout.internal.FaultyManagedFiles.Mode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every call to the node and every entry of the journal fails once, and each time it must
 * be known afterwards what the node holds.
 */
class PushFaultTests extends PushBench {

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
	static final class DyingTransactions implements PlatformTransactionManager {

		private final PlatformTransactionManager real;

		private final int last;

		private int count;

		DyingTransactions(PlatformTransactionManager real, int last) {
			this.real = real;
			this.last = last;
		}

		/** How many there were. */
		int count() {
			return this.count;
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
