package io.virtwise.libvirt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.rollout.ManagedFiles.Session;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A node that hangs or dies, on the second node of the fleet.
 */
class NodeFailuresIT {

	private static DemoFleet fleet;

	private Room room;

	@BeforeAll
	static void start() {
		fleet = DemoFleet.start(2, null);
	}

	@AfterAll
	static void stop() {
		fleet.close();
	}

	@BeforeEach
	void makeRoom() {
		fleet.revive(2);
		this.room = Room.plain();
	}

	@AfterEach
	void closeRoom() {
		this.room.close();
	}

	private static void assertFails(Kind kind, String text, ThrowingCallable call) {
		assertThatExceptionOfType(NodeFailure.class).isThrownBy(call)
			.withMessageContaining(text)
			.satisfies((failure) -> assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind));
	}

	/** How long something took, in milliseconds. */
	private static long timed(Runnable task) {
		long begun = System.nanoTime();
		task.run();
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
			Thread.onSpinWait();
		}
	}

	@Test
	void givesUpOpeningAFrozenNodeAtTheDeadlineAndThenRefusesAtOnce() {
		fleet.freeze(2);
		try {
			for (int i = 0; i < 2; i++) {
				long took = timed(() -> assertFails(Kind.TIMED_OUT, "did not answer within 700 ms",
						() -> this.room.reader.read(fleet.node(2), Duration.ofMillis(700))));
				assertThat(took).isBetween(700L, 2_500L);
			}
			assertThat(this.room.sessions.hungOpens()).isEqualTo(2);

			long took = timed(() -> assertFails(Kind.UNREACHABLE, "2 earlier attempts to connect still hang",
					() -> this.room.reader.read(fleet.node(2), Duration.ofSeconds(10))));
			assertThat(took).isLessThan(500);
			assertThat(this.room.reader.read(fleet.node(1), Duration.ofSeconds(20)).hostname())
				.isEqualTo("demo-compute-1");
		}
		finally {
			fleet.thaw(2);
		}

		await(() -> this.room.sessions.hungOpens() == 0);
		assertThat(this.room.reader.read(fleet.node(2), Duration.ofSeconds(20)).hostname()).isEqualTo("demo-compute-2");
	}

	@Test
	void givesUpInTheMiddleOfACallAtTheDeadlineAndCleansUpAlone() {
		NodeSession session = this.room.sessions.open(fleet.node(2), Deadline.in(Duration.ofMillis(1_500)));
		session.call("reading its version", LibvirtConnection::libvirtVersion);
		fleet.freeze(2);
		try {
			long took = timed(() -> assertFails(Kind.TIMED_OUT, "given up while reading its capabilities",
					() -> session.call("reading its capabilities", LibvirtConnection::capabilities)));
			assertThat(took).isLessThan(2_500);
			assertFails(Kind.TIMED_OUT, "given up while reading its version",
					() -> session.call("reading its version", LibvirtConnection::libvirtVersion));
			assertThat(timed(session::close)).isLessThan(500);

			// The connection's own sign of life ends the call, and with it thread and
			// connection.
			await(() -> session.referencesLeft() == 0);
		}
		finally {
			fleet.thaw(2);
		}
	}

	@Test
	void noticesALostNodeLongBeforeALongDeadline() {
		try (NodeSession session = this.room.sessions.open(fleet.node(2), Deadline.in(Duration.ofMinutes(5)))) {
			fleet.freeze(2);
			long took = timed(() -> assertFails(Kind.CONNECTION_LOST, "What the node did last is not known",
					() -> session.call("reading its capabilities", LibvirtConnection::capabilities)));
			assertThat(took).isBetween(20_000L, 60_000L);
		}
		finally {
			fleet.thaw(2);
		}
	}

	@Test
	void saysThatTheConnectionBrokeWhenTheNodeDies() {
		NodeSession session = this.room.sessions.open(fleet.node(2), Deadline.in(Duration.ofSeconds(20)));
		fleet.kill(2);

		assertFails(Kind.CONNECTION_LOST, "The connection to the node demo-2 broke while reading its version",
				() -> session.call("reading its version", LibvirtConnection::libvirtVersion));
		session.close();
		assertThat(session.referencesLeft()).isZero();
		// "nothing listens on", or "no libvirt answers on" where the kernel is still
		// closing the port
		assertFails(Kind.UNREACHABLE, " on 127.0.0.1 port " + fleet.node(2).port(),
				() -> this.room.reader.read(fleet.node(2), Duration.ofSeconds(20)));
	}

	@Test
	void saysThatTheConnectionBrokeWhenTheNodeDiesInTheMiddleOfAWrite() throws Exception {
		Path file = fleet.path(2, "/etc/nova/scratch");
		Files.writeString(file, "before");
		DirectorySession session = this.room.files.open(fleet.node(2), "/etc/nova", Duration.ofSeconds(20));
		try (session) {
			assertThat(session.read("scratch")).isEqualTo("before".getBytes(StandardCharsets.UTF_8));
			fleet.freeze(2);
			CompletableFuture<Void> writing = CompletableFuture
				.runAsync(() -> session.overwrite("scratch", new byte[8 * 1024 * 1024]));
			fleet.kill(2);

			assertFails(Kind.CONNECTION_LOST, "writing its file /etc/nova/scratch", () -> {
				try {
					writing.get(20, TimeUnit.SECONDS);
				}
				catch (java.util.concurrent.ExecutionException ex) {
					throw ex.getCause();
				}
			});
		}
		assertThat(session.referencesLeft()).isZero();

		fleet.revive(2);
		try (Session again = this.room.files.open(fleet.node(2), "/etc/nova", Duration.ofSeconds(20))) {
			assertThat(again.stat("scratch").size()).isPositive();
			again.delete("scratch");
		}
	}

	@Test
	void saysThatAnotherThanLibvirtAnswers() throws IOException {
		try (java.net.ServerSocket other = new java.net.ServerSocket(0)) {
			CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> {
				try (java.net.Socket socket = other.accept()) {
					socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
				}
				catch (IOException ex) {
					throw new java.io.UncheckedIOException(ex);
				}
			});

			assertFails(Kind.UNREACHABLE, "no libvirt answers on 127.0.0.1 port " + other.getLocalPort(),
					() -> this.room.reader.read(
							DemoFleet.node(2, io.virtwise.node.Transport.TCP, "127.0.0.1", other.getLocalPort(), null),
							Duration.ofSeconds(10)));
			answer.join();
		}
	}

}
