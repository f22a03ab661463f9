package io.virtwise.upkeep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.Seen;
import io.virtwise.libvirt.DemoFleet;
import io.virtwise.node.Node;
import io.virtwise.nova.Setting;
import io.virtwise.rollout.ChangeRooms;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import io.virtwise.upkeep.DriftWatch.Which;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.MARA;
import static io.virtwise.rollout.ChangeRooms.TOM;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The watch by itself, on a real libvirt daemon: somebody edits the file behind the
 * portal, the watch finds it, and putting it back restores it.
 */
@OnBothDatabases
class DriftOnRealNodeIT {

	private static final Setting KVM = new Setting("libvirt", "virt_type", "kvm");

	private static DemoFleet fleet;

	private final Database database;

	private ChangeRooms rooms;

	private Node node;

	DriftOnRealNodeIT(Database database) {
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
		this.rooms = new ChangeRooms(this.database, null, Map.of("virtwise.libvirt.allow-tcp", "true", "rooms",
				"io.virtwise.upkeep.internal", "virtwise.drift.sweep", "200ms", "virtwise.drift.every", "1s"));
		this.node = fleet.node(1);
		this.rooms.register(this.node);
		this.rooms.onRenewal(this.node.id(), () -> this.rooms.assessed(this.node.id(), read(), KVM));
		edit("[DEFAULT]\nmy_ip = 10.0.0.7\n[libvirt]\nvirt_type = qemu\n");
	}

	@AfterEach
	void close() {
		this.rooms.close();
		this.database.jdbc().sql("update push set busy_node = null, status = 'skipped'").update();
	}

	@Test
	void findsAnEditByItselfAndPuttingItBackRestoresTheFile() throws Exception {
		this.rooms.assessed(this.node.id(), read(), KVM);
		start(this.rooms.approved(this.node.id()));
		byte[] approved = read();
		assertThat(new String(approved, StandardCharsets.UTF_8)).contains("virt_type = kvm");

		edit("[DEFAULT]\nmy_ip = 10.0.0.8\n[libvirt]\nvirt_type = lxc\n");
		DriftFinding found = await(Which.OPEN);
		assertThat(found.actual()).isEqualTo(read());
		assertThat(found.approved()).isEqualTo(approved);
		assertThat(this.rooms.audited()).contains("drift.found");

		ChangeRequest back = as(INES,
				() -> this.rooms.get(DriftWatch.class).putBack(found.id(), "nobody asked for this"));
		carriedOut(back, approved);
		assertThat(await(Which.CLOSED).closing()).isEqualTo(DriftFinding.Closing.BACK);

		aPersonMakesAFileThatIsGoneAndTheRestIsPutBack(approved);

		edit("[libvirt]\nvirt_type = lxc\n");
		await(Which.OPEN);
		fleet.freeze(1);
		try {
			as(INES, () -> until(() -> this.rooms.get(DriftWatch.class).standing().notChecked() == 1));
			assertThat(await(Which.OPEN).open()).as("what was seen stays so until somebody looks").isTrue();
		}
		finally {
			fleet.thaw(1);
		}
	}

	/** By the very command that the page shows. */
	private void aPersonMakesAFileThatIsGoneAndTheRestIsPutBack(byte[] approved) throws Exception {
		Files.delete(file());
		this.rooms.onRenewal(this.node.id(), () -> this.rooms.assessed(this.node.id(), null));
		DriftFinding gone = await(Which.OPEN);
		assertThat(gone.kind()).isEqualTo(DriftFinding.Kind.MISSING);
		DriftWatch.Remains remains = as(INES, () -> this.rooms.get(DriftWatch.class).remains(gone)).orElseThrow();
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.get(DriftWatch.class).putBack(gone.id(), "it is gone")))
			.withMessageContaining(String.valueOf(remains.copy()));

		Process copied = new ProcessBuilder("nsenter", "-t", Long.toString(fleet.pid(1)), "-m", "--", "cp", "-pn",
				String.valueOf(remains.copy()), Node.DEFAULT_NOVA_CONF)
			.inheritIO()
			.start();
		assertThat(copied.waitFor()).isZero();
		this.rooms.onRenewal(this.node.id(), () -> this.rooms.assessed(this.node.id(), read(), KVM));
		as(INES, () -> this.rooms.get(DriftWatch.class).check(this.node.id()));
		DriftFinding older = await(Which.OPEN);
		ChangeRequest back = as(INES, () -> this.rooms.get(DriftWatch.class).putBack(older.id(), "as it was approved"));
		carriedOut(back, approved);
	}

	/** By everybody whom it takes, and then the file is as it was approved once. */
	private void carriedOut(ChangeRequest change, byte[] approved) throws Exception {
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		as(TOM, () -> this.rooms.changes().approve(change.id(), Seen.of(change.content()), "right"));
		as(MARA, () -> this.rooms.changes().approve(change.id(), Seen.of(change.content()), "right"));
		start(change);
		assertThat(new String(read(), StandardCharsets.UTF_8).strip())
			.isEqualTo(new String(approved, StandardCharsets.UTF_8).strip());
	}

	private void start(ChangeRequest change) {
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).as(this.rooms.report(change.id()).nodes().toString())
			.isEqualTo(ChangeStatus.RESTART_PENDING);
	}

	private DriftFinding await(Which which) {
		DriftFinding[] found = new DriftFinding[1];
		until(() -> {
			found[0] = as(INES,
					() -> this.rooms.get(DriftWatch.class)
						.list(which, SliceRequest.of(null, null, null, Set.of()))
						.items()
						.stream()
						.findFirst()
						.orElse(null));
			return found[0] != null;
		});
		return found[0];
	}

	private static boolean until(java.util.function.BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("nothing came of it within a minute").isLessThan(end);
			LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
		}
		return true;
	}

	private static byte[] read() {
		try {
			return Files.readAllBytes(file());
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static void edit(String content) throws IOException {
		Files.writeString(file(), content);
		Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
	}

	private static Path file() {
		return fleet.path(1, Node.DEFAULT_NOVA_CONF);
	}

}
