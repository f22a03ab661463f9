package io.virtwise.rollout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.libvirt.DemoFleet;
import io.virtwise.node.Node;
import io.virtwise.nova.Setting;
import io.virtwise.rollout.RolloutPlan.Wave;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.OLD;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A rollout over real libvirt daemons, several nodes in directories of each: a failing
 * tenth stops it by its budget, and two portals on one PostgreSQL share the work.
 * {@code -Drollout.nodes=200} makes it the full size; it prints how long each took.
 */
@OnBothDatabases
class FleetRolloutIT {

	private static final int DAEMONS = 2;

	private static final int NODES = Integer.getInteger("rollout.nodes", 20);

	/** One portal writes so many at once; the plan allows twice that. */
	private static final int THREADS = Integer.getInteger("rollout.threads", 2);

	private static final int TENTH = 10;

	private static DemoFleet fleet;

	private final Database database;

	private final List<Node> nodes = new ArrayList<>();

	private ChangeRooms rooms;

	FleetRolloutIT(Database database) {
		this.database = database;
	}

	@BeforeAll
	static void startFleet() {
		fleet = DemoFleet.start(DAEMONS, null);
	}

	@AfterAll
	static void stopFleet() {
		fleet.close();
	}

	@BeforeEach
	void open() {
		this.rooms = portal();
		for (int i = 0; i < NODES; i++) {
			Node daemon = fleet.node(1 + i % DAEMONS);
			Node node = new Node("fleet-%03d".formatted(i), "cmp-%03d".formatted(i), daemon.host(), daemon.port(),
					daemon.transport(), null, null, "2024.1", null, Map.of(), "/etc/nova-%03d/nova.conf".formatted(i),
					daemon.writeMode(), 0, daemon.createdAt());
			this.nodes.add(node);
			write(i, OLD);
			known(this.rooms, node);
		}
	}

	@AfterEach
	void close() {
		this.rooms.close();
		this.database.jdbc().sql("update push set busy_node = null, status = 'skipped'").update();
	}

	@Test
	void aFailingTenthStopsItByItsBudget() {
		stopsByItsBudget(approved(), "one portal");
	}

	@Test
	void aFailingTenthStopsTwoPortalsToo() {
		assumeThat(this.database.name()).as("only one portal at a time can have an H2 file").isEqualTo("PostgreSQL");
		ChangeRequest change = approved();
		try (ChangeRooms second = portal()) {
			this.nodes.forEach((node) -> known(second, node));
			stopsByItsBudget(change, "two portals");
			long bySecond = second.audited().stream().filter("change.node-restart-pending"::equals).count();
			System.out.printf("%s: of these the second portal wrote %d%n", this.database, bySecond);
			if (NODES >= 100) {
				assertThat(bySecond).as("nodes that the second portal wrote").isPositive();
			}
		}
	}

	private void stopsByItsBudget(ChangeRequest change, String portals) {
		for (int i = TENTH / 2; i < NODES; i += TENTH) {
			write(i, "[libvirt]\nvirt_type = lxc\n".getBytes(StandardCharsets.UTF_8));
		}
		// the nodes that fail are a tenth, and half of them may
		Share budget = Share.percent(TENTH / 2);

		as(INES, () -> this.rooms.rollouts().start(change.id(), plan(budget, 60)));

		assertThat(finished(change)).isEqualTo(ChangeStatus.FAILED);
		List<NodeReport> reports = this.rooms.report(change.id()).nodes();
		int allowed = budget.of(NODES);
		long failed = reports.stream().filter((node) -> node.status().equals("failed")).count();
		long skipped = reports.stream().filter((node) -> node.status().equals("skipped")).count();
		assertThat(failed).as("one more than may, and who was at work").isBetween(allowed + 1L, allowed + 2L * THREADS);
		assertThat(skipped).isPositive();
		for (int i = 0; i < NODES; i++) {
			String text = read(i);
			switch (reports.get(i).status()) {
				case "restart-pending" -> assertThat(text).contains("virt_type = kvm");
				case "failed" -> assertThat(text).isEqualTo("[libvirt]\nvirt_type = lxc\n");
				default -> assertThat(text).containsAnyOf("virt_type = qemu", "virt_type = lxc");
			}
		}
		System.out.printf("%s, %s: of %d nodes a tenth fails, %d may: %d written, %d failed, %d never begun; %s%n",
				this.database, portals, NODES, allowed, NODES - failed - skipped, failed, skipped,
				this.rooms.report(change.id()).statusNote());
	}

	@Test
	void aSecondPortalMakesItFaster() {
		assumeThat(this.database.name()).as("only one portal at a time can have an H2 file").isEqualTo("PostgreSQL");
		ChangeRequest change = approved();
		long one = timed(change);
		for (int i = 0; i < NODES; i++) {
			write(i, OLD);
		}
		ChangeRequest again = approved();
		long two;
		long bySecond;
		try (ChangeRooms second = portal()) {
			this.nodes.forEach((node) -> known(second, node));
			two = timed(again);
			bySecond = second.audited().stream().filter("change.node-restart-pending"::equals).count();
		}

		assertThat(bySecond).as("nodes that the second portal wrote").isBetween(1L, NODES - 1L);
		System.out.printf(
				"%s: %d nodes, %d at a time per portal: one portal %.1f s, two portals %.1f s, %.2f times as fast, %d by the second%n",
				this.database, NODES, THREADS, one / 1e9, two / 1e9, (double) one / two, bySecond);
		if (NODES >= 100) {
			assertThat(two).as("faster with two").isLessThan(one);
		}
	}

	private long timed(ChangeRequest change) {
		long begun = System.nanoTime();
		as(INES, () -> this.rooms.rollouts().start(change.id(), plan(Share.nodes(0), 100)));
		assertThat(finished(change)).as(() -> wrong(change)).isEqualTo(ChangeStatus.RESTART_PENDING);
		long took = System.nanoTime() - begun;
		assertThat(this.rooms.report(change.id()).nodes()).extracting(NodeReport::status)
			.containsOnly("restart-pending");
		return took;
	}

	private String wrong(ChangeRequest change) {
		return this.rooms.report(change.id())
			.nodes()
			.stream()
			.filter((node) -> node.status().equals("failed"))
			.map((node) -> node.name() + ": " + node.summary())
			.collect(Collectors.joining("\n"));
	}

	private static RolloutPlan plan(Share budget, int threshold) {
		return new RolloutPlan(
				List.of(new Wave(Share.nodes(1), 100), new Wave(Share.percent(10), threshold),
						new Wave(Share.percent(50), threshold), new Wave(Share.percent(100), threshold)),
				budget, 2 * THREADS, null);
	}

	/**
	 * Asks seldom: reading a change of so many nodes is work that the push would feel.
	 */
	private ChangeStatus finished(ChangeRequest change) {
		long end = System.nanoTime() + Duration.ofMinutes(15).toNanos();
		while (true) {
			ChangeStatus status = this.rooms.changes().find(change.id()).orElseThrow().status();
			if (status != ChangeStatus.RUNNING) {
				return status;
			}
			if (System.nanoTime() > end) {
				throw new AssertionError("still running: " + this.rooms.report(change.id()).nodes());
			}
			LockSupport.parkNanos(Duration.ofMillis(5L * Math.max(10, NODES)).toNanos());
		}
	}

	private ChangeRequest approved() {
		this.nodes.forEach((node) -> known(this.rooms, node));
		return this.rooms.approved(this.nodes.stream().map(Node::id).toArray(String[]::new));
	}

	private ChangeRooms portal() {
		return new ChangeRooms(this.database, null,
				Map.of("virtwise.libvirt.allow-tcp", "true", "virtwise.jobs.threads", THREADS, "virtwise.jobs.poll",
						"200ms", "virtwise.rollout.sweep", "1s", "virtwise.rollout.deadline", Duration.ofSeconds(30)));
	}

	private static void known(ChangeRooms rooms, Node node) {
		rooms.register(node);
		rooms.assessed(node.id(), OLD, new Setting("libvirt", "virt_type", "kvm"));
	}

	private static Path file(int i) {
		return fleet.path(1 + i % DAEMONS, "/etc/nova-%03d/nova.conf".formatted(i));
	}

	private static void write(int i, byte[] content) {
		try {
			Files.createDirectories(file(i).getParent());
			Files.write(file(i), content);
			Files.setPosixFilePermissions(file(i), PosixFilePermissions.fromString("rw-r-----"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(int i) {
		try {
			return Files.readString(file(i));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
