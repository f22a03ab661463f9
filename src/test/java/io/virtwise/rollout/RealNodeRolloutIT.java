package io.virtwise.rollout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeReport.StepReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.libvirt.DemoFleet;
import io.virtwise.node.Node;
import io.virtwise.nova.Setting;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pushes to real libvirt daemons: what is then in the file on the node, also when the
 * daemon freezes or dies.
 */
@OnBothDatabases
class RealNodeRolloutIT {

	private static final int GID = 64060;

	/**
	 * Large enough that an upload is still at it when something happens to the daemon.
	 */
	private static final byte[] LARGE = ("[DEFAULT]\n# " + "x".repeat(900_000) + "\n[libvirt]\nvirt_type = qemu\n")
		.getBytes(StandardCharsets.UTF_8);

	private static DemoFleet fleet;

	private final Database database;

	private ChangeRooms rooms;

	private Node node;

	private byte[] before = new byte[0];

	RealNodeRolloutIT(Database database) {
		this.database = database;
	}

	@BeforeAll
	static void startFleet() {
		fleet = DemoFleet.start(1, null);
	}

	@AfterAll
	static void stopFleet() {
		fleet.close();
	}

	@BeforeEach
	void open() throws IOException {
		this.rooms = new ChangeRooms(this.database, null,
				Map.of("virtwise.libvirt.allow-tcp", "true", "virtwise.rollout.deadline", "4s",
						"virtwise.rollout.lease", "20s", "virtwise.rollout.restore-attempts", "2"));
		this.node = fleet.node(1);
		this.rooms.register(this.node);
		put("[DEFAULT]\nmy_ip = 10.0.0.7\n\n[libvirt]\nvirt_type = qemu\ncpu_mode = custom\ncpu_model = Nehalem\n"
			.getBytes(StandardCharsets.UTF_8));
	}

	@AfterEach
	void close() {
		this.rooms.close();
		this.database.jdbc().sql("update push set busy_node = null, status = 'skipped'").update();
	}

	@Test
	void theFileHasExactlyTheApprovedBytesWithItsOwnerAndMode() throws IOException {
		Object inode = Files.getAttribute(file(), "unix:ino");
		ChangeRequest change = approved(new Setting("libvirt", "virt_type", "kvm"),
				new Setting("libvirt", "cpu_model", null));

		start(change);

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
		byte[] after = Files.readAllBytes(file());
		assertThat(after).isEqualTo(change.nodes().get(0).after()).hasSameSizeAs(this.before);
		assertThat(new String(after, StandardCharsets.UTF_8)).contains("virt_type = kvm\n").doesNotContain("Nehalem");
		assertThat(Files.getAttribute(file(), "unix:gid")).isEqualTo(GID);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-r-----");
		assertThat(Files.getAttribute(file(), "unix:ino")).isEqualTo(inode);
		assertThat(Files.readAllBytes(backup(change))).isEqualTo(this.before);
	}

	@Test
	void rollsBackAndTheOldContentIsThere() throws IOException {
		ChangeRequest change = approved(new Setting("libvirt", "virt_type", "kvm"));
		start(change);
		this.rooms.settled(change.id());

		as(INES, () -> this.rooms.rollouts().rollBack(change.id(), "a try"));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.ROLLED_BACK);
		assertThat(Files.readAllBytes(file())).startsWith(this.before);
		assertThat(new String(Files.readAllBytes(file()), StandardCharsets.UTF_8).strip())
			.isEqualTo(new String(this.before, StandardCharsets.UTF_8).strip());
	}

	@Test
	void leavesAFileAloneThatChangedBehindOurBack() throws IOException {
		ChangeRequest change = approved(new Setting("libvirt", "virt_type", "kvm"));
		put("[libvirt]\nvirt_type = lxc\n".getBytes(StandardCharsets.UTF_8));

		start(change);

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.FAILED);
		assertThat(report(change).summary())
			.startsWith("Nothing was written. The file was changed after this was planned");
		assertThat(Files.readAllBytes(file())).isEqualTo(this.before);
		assertThat(backup(change)).doesNotExist();
	}

	@Test
	void neverFollowsASymbolicLink() throws IOException {
		ChangeRequest change = approved(new Setting("libvirt", "virt_type", "kvm"));
		Path real = file().resolveSibling("real.conf");
		Files.write(real, this.before);
		Files.delete(file());
		Files.createSymbolicLink(file(), Path.of("real.conf"));
		try {
			start(change);

			assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.FAILED);
			assertThat(report(change).summary()).contains("symbolic link");
			assertThat(Files.readAllBytes(real)).isEqualTo(this.before);
		}
		finally {
			Files.delete(file());
			Files.delete(real);
		}
	}

	@Test
	void givesUpOnAFrozenDaemonInTimeAndSaysThatNothingWasWritten() throws IOException {
		ChangeRequest change = approved(new Setting("libvirt", "virt_type", "kvm"));
		fleet.freeze(1);
		try {
			long begun = System.nanoTime();
			start(change);
			assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.FAILED);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
			assertThat(report(change).summary()).startsWith("Nothing was written.");
		}
		finally {
			fleet.thaw(1);
		}
		assertThat(Files.readAllBytes(file())).isEqualTo(this.before);
	}

	@Test
	void knowsWhatTheNodeHoldsAfterItsDaemonDiedInTheMiddle() throws IOException {
		put(LARGE);
		ChangeRequest change = approved(new Setting("libvirt", "virt_type", "kvm"));
		start(change);
		waitForStep(change, "write");
		fleet.kill(1);
		try {
			waitForEndOfStep(change, "write");
		}
		finally {
			fleet.revive(1);
		}
		if (this.rooms.changes().find(change.id()).orElseThrow().status() == ChangeStatus.RUNNING) {
			this.rooms.until(change.id(), (one) -> report(change).stuck() || one.status() != ChangeStatus.RUNNING);
			if (report(change).stuck()) {
				assertThat(report(change).summary()).contains("until the node answers");
				as(INES, () -> {
					this.rooms.rollouts().retry(change.id(), this.node.id());
					return change;
				});
			}
		}

		ChangeRequest end = this.rooms.settled(change.id());

		byte[] content = Files.readAllBytes(file());
		if (end.status() == ChangeStatus.RESTART_PENDING) {
			assertThat(content).isEqualTo(change.nodes().get(0).after());
		}
		else {
			assertThat(end.status()).isEqualTo(ChangeStatus.ROLLED_BACK);
			assertThat(Arrays.copyOf(content, LARGE.length)).isEqualTo(LARGE);
			assertThat(new String(content, StandardCharsets.UTF_8).substring(LARGE.length)).isBlank();
		}
		assertThat(report(change).journal()).noneMatch((step) -> step.outcome().equals("running"));
	}

	private ChangeRequest approved(Setting... settings) {
		this.rooms.assessed(this.node.id(), this.before, settings);
		return this.rooms.approved(this.node.id());
	}

	private void start(ChangeRequest change) {
		as(INES, () -> this.rooms.rollouts().start(change.id()));
	}

	private NodeReport report(ChangeRequest change) {
		return this.rooms.report(change.id()).nodes().get(0);
	}

	private void waitForStep(ChangeRequest change, String name) {
		this.rooms.until(change.id(),
				(one) -> report(change).journal().stream().map(StepReport::step).anyMatch(name::equals));
	}

	private void waitForEndOfStep(ChangeRequest change, String name) {
		this.rooms.until(change.id(),
				(one) -> report(change).journal()
					.stream()
					.anyMatch((step) -> step.step().equals(name) && !step.outcome().equals("running")));
		LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
	}

	private void put(byte[] content) throws IOException {
		this.before = content;
		Files.deleteIfExists(file());
		Files.write(file(), content);
		Files.setAttribute(file(), "unix:gid", GID);
		Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
	}

	private Path file() {
		return fleet.path(1, Node.DEFAULT_NOVA_CONF);
	}

	private Path backup(ChangeRequest change) {
		return file().resolveSibling("nova.conf.virtwise-" + change.number());
	}

}
