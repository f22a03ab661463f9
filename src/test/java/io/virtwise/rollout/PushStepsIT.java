package io.virtwise.rollout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.libvirt.DemoFleet;
import io.virtwise.libvirt.RealFiles;
import io.virtwise.node.Node;
import io.virtwise.node.WriteMode;
import io.virtwise.recommendation.NovaFile;
import io.virtwise.nova.Setting;
import io.virtwise.testing.Database;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What happens at each step of a push to a real libvirt when its daemon freezes there,
 * when its network is taken away, when two portals are at it, and what goes wrong with a
 * drop-in. By default only some of the steps freeze; {@code -Dfreezes=all} takes all.
 * What was seen goes to {@code target/push-steps.md}.
 */
class PushStepsIT {

	private static final byte[] NOVA_CONF = "[DEFAULT]\nmy_ip = 10.0.0.7\n[libvirt]\nvirt_type = qemu\n"
		.getBytes(StandardCharsets.UTF_8);

	private static final byte[] LARGE = ("[DEFAULT]\n# " + "x".repeat(900_000) + "\n[libvirt]\nvirt_type = qemu\n")
		.getBytes(StandardCharsets.UTF_8);

	private static final List<String> ROWS = new ArrayList<>();

	private static DemoFleet fleet;

	@TempDir
	private static Path folder;

	private static int count;

	private final List<AutoCloseable> open = new ArrayList<>();

	@BeforeAll
	static void startFleet() {
		fleet = DemoFleet.start(1, null);
	}

	@AfterAll
	static void stopFleet() throws IOException {
		if (fleet != null) {
			fleet.close();
		}
		Files.writeString(Files.createDirectories(Path.of("target")).resolve("push-steps.md"),
				String.join("\n", ROWS.stream().sorted().toList()) + "\n");
		String documented = Files.readString(Path.of("docs/push-faults.md"));
		for (String each : ROWS) {
			assertThat(documented).contains(each.substring(0, each.indexOf('|', 2)));
		}
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable one : this.open) {
			one.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "IN_PLACE", "DROP_IN" })
	void aFreezeAtAnyStepEndsWellOnceTheDaemonGoesOn(WriteMode mode) throws IOException {
		SteppedFiles files = files();
		clean(fleet);
		ChangeRooms rooms = rooms(files, mode, fleet.node(1));
		ChangeRequest whole = approved(rooms, mode, NOVA_CONF);
		files.before((step) -> {
		});
		push(rooms, whole, ChangeStatus.RESTART_PENDING);
		List<String> steps = files.steps();
		rooms.close();
		assertThat(steps).contains((mode == WriteMode.DROP_IN) ? "create" : "overwrite").hasSizeGreaterThan(8);

		List<String> seen = new ArrayList<>();
		for (int step : chosen(steps)) {
			seen.add(freezeAt(mode, files, step, steps.get(step - 1)));
		}
		ROWS.add("| daemon frozen at a step, " + key(mode) + " | at " + seen.size() + " of " + steps.size() + " steps: "
				+ String.join("; ", seen.stream().distinct().toList())
				+ " | old or new, never torn, proved after it went on | not needed, or planned anew |");
	}

	private static String key(WriteMode mode) {
		return mode.key();
	}

	/** Those at which something is written, and one before; or all. */
	private static List<Integer> chosen(List<String> steps) {
		if (System.getProperty("freezes", "").equals("all")) {
			return IntStream.rangeClosed(1, steps.size()).boxed().toList();
		}
		int copy = steps.lastIndexOf("copy") + 1;
		int write = Math.max(steps.indexOf("overwrite"), steps.indexOf("create")) + 1;
		return Stream.of(copy, write, steps.size() - 1).filter((step) -> step > 0).distinct().toList();
	}

	private String freezeAt(WriteMode mode, SteppedFiles files, int step, String name) throws IOException {
		clean(fleet);
		ChangeRooms rooms = rooms(files, mode, fleet.node(1));
		ChangeRequest change = approved(rooms, mode, NOVA_CONF);
		AtomicBoolean frozen = new AtomicBoolean();
		files.before((number) -> {
			if (number == step && frozen.compareAndSet(false, true)) {
				fleet.freeze(1);
			}
		});
		try {
			as(INES, () -> rooms.rollouts().start(change.id()));
			rooms.until(change.id(), (one) -> report(rooms, change).stuck() || one.status() != ChangeStatus.RUNNING);
		}
		finally {
			fleet.thaw(1);
		}
		assertThat(frozen).as("step " + step).isTrue();
		NodeReport report = report(rooms, change);
		String first = report.stuck() ? "stuck" : report.status();
		if (report.stuck()) {
			as(INES, () -> {
				rooms.rollouts().retry(change.id(), report.id());
				return change;
			});
			rooms.until(change.id(), (one) -> !report(rooms, change).stuck() && one.status() != ChangeStatus.RUNNING);
		}
		NodeReport end = report(rooms, change);
		assertThat(end.status()).as("frozen at step " + step + ", " + name + ": " + end)
			.isIn("failed", "rolled-back", "restart-pending");
		assertThat(end.journal()).noneMatch((line) -> line.outcome().equals("running"));
		assertProved(mode, change, end);
		rooms.close();
		return name + ": " + first + (first.equals("stuck") ? ", then " + end.status() : "");
	}

	/** What is on the node is what the report says. */
	private static void assertProved(WriteMode mode, ChangeRequest change, NodeReport end) throws IOException {
		byte[] after = change.nodes().get(0).after();
		boolean written = end.status().equals("restart-pending");
		if (mode == WriteMode.IN_PLACE) {
			byte[] expected = written ? after : NOVA_CONF;
			assertThat(Arrays.copyOf(Files.readAllBytes(novaConf(fleet)), expected.length)).as(end + "")
				.isEqualTo(expected);
			return;
		}
		assertThat(Files.readAllBytes(novaConf(fleet))).isEqualTo(NOVA_CONF);
		List<Path> read = new ArrayList<>();
		if (Files.isDirectory(novaConf(fleet).resolveSibling("nova.conf.d"))) {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(novaConf(fleet).resolveSibling("nova.conf.d"),
					"*.conf")) {
				files.forEach(read::add);
			}
		}
		assertThat(read).as(end + "").hasSize(written ? 1 : 0);
		if (written) {
			assertThat(Files.readAllBytes(read.get(0))).isEqualTo(after);
		}
	}

	@Test
	void aNetworkThatIsTakenAwayInTheMiddleOfAnUploadEndsWellOnceItIsBack() throws Exception {
		try (NodeNamespace namespace = NodeNamespace.make()) {
			assumeThat(namespace.refusal()).as("no network namespaces here").isNull();
			try (DemoFleet far = DemoFleet.startIn(namespace.name())) {
				Node plain = far.node(1);
				Node node = new Node(plain.id(), plain.name(), namespace.address(), plain.port(), plain.transport(),
						null, null, "zed", null, Map.of(), Node.DEFAULT_NOVA_CONF, WriteMode.IN_PLACE, 0,
						Instant.EPOCH);
				put(far, LARGE);
				SteppedFiles files = files();
				ChangeRooms rooms = rooms(files, WriteMode.IN_PLACE, node);
				ChangeRequest change = approved(rooms, WriteMode.IN_PLACE, LARGE);
				AtomicBoolean cut = new AtomicBoolean();
				files.before((step) -> {
					if (files.steps().get(step - 1).equals("overwrite") && cut.compareAndSet(false, true)) {
						namespace.downSoon();
					}
				});
				as(INES, () -> rooms.rollouts().start(change.id()));
				rooms.until(change.id(),
						(one) -> report(rooms, change).stuck() || one.status() != ChangeStatus.RUNNING);
				NodeReport seen = report(rooms, change);
				namespace.up();
				assertThat(cut).isTrue();
				if (seen.stuck()) {
					assertThat(seen.summary()).contains("may hold old, new or half written content");
					as(INES, () -> {
						rooms.rollouts().retry(change.id(), node.id());
						return change;
					});
				}
				rooms.until(change.id(),
						(one) -> !report(rooms, change).stuck() && one.status() != ChangeStatus.RUNNING);
				NodeReport end = report(rooms, change);
				assertThat(end.status()).as(end + "").isIn("rolled-back", "restart-pending");
				byte[] expected = end.status().equals("rolled-back") ? LARGE : change.nodes().get(0).after();
				assertThat(Arrays.copyOf(Files.readAllBytes(novaConf(far)), expected.length)).isEqualTo(expected);
				ROWS.add("| network of the node down (namespace) in the middle of the upload | "
						+ (seen.stuck() ? "did not answer in time; may hold old, new or half written content"
								: seen.status())
						+ " | perhaps half of the new bytes, until it is back | " + end.status().replace('-', ' ')
						+ ", proved |");
				rooms.close();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "IN_PLACE", "DROP_IN" })
	void twoPortalsWriteOnce(WriteMode mode) throws IOException {
		clean(fleet);
		Database database = Database.inFiles(folder.resolve("db" + count++));
		SteppedFiles one = files();
		SteppedFiles two = files();
		ChangeRooms first = rooms(database, one, mode, fleet.node(1));
		ChangeRooms second = rooms(database, two, mode, fleet.node(1));
		ChangeRequest change = approved(first, mode, NOVA_CONF);
		for (SteppedFiles each : List.of(one, two)) {
			each.before((step) -> {
			});
		}
		AtomicReference<@Nullable Throwable> late = new AtomicReference<>();
		Thread other = new Thread(() -> {
			try {
				as(INES, () -> second.rollouts().start(change.id()));
			}
			catch (RuntimeException ex) {
				late.set(ex);
			}
		});
		other.start();
		try {
			as(INES, () -> first.rollouts().start(change.id()));
		}
		catch (RuntimeException ex) {
			late.set(ex);
		}
		join(other);
		assertThat(late.get()).as("one of the two starts came second").isNotNull();
		assertThat(first.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
		String written = (mode == WriteMode.DROP_IN) ? "create" : "overwrite";
		assertThat(Stream.concat(one.steps().stream(), two.steps().stream()).filter(written::equals)).hasSize(1);
		assertProved(mode, change, report(first, change));
		ROWS.add("| two portals at once, " + key(mode)
				+ " | the second start is refused; written and proved | the new bytes, written once | not needed |");
	}

	private static void join(Thread thread) {
		try {
			thread.join(30_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void faultsOfADropInLeaveNothingThatNovaReads() throws IOException {
		fault("directory of drop-ins read-only",
				"mkdir -p /etc/nova/nova.conf.d" + " && mount --bind /etc/nova/nova.conf.d /etc/nova/nova.conf.d"
						+ " && mount -o remount,bind,ro /etc/nova/nova.conf.d",
				"umount /etc/nova/nova.conf.d", true);
		fault("full disk under the drop-ins",
				"mkdir -p /run/small /etc/nova/nova.conf.d && mount -t tmpfs -o size=4k,nr_inodes=2 tmpfs /run/small"
						+ " && echo x >/run/small/full; mount --bind /run/small /etc/nova/nova.conf.d",
				"umount /etc/nova/nova.conf.d && umount /run/small", true);
		fault("symbolic link in place of the directory of drop-ins",
				"rm -rf /etc/nova/nova.conf.d && mkdir -p /etc/elsewhere && ln -s /etc/elsewhere /etc/nova/nova.conf.d",
				"rm -r /etc/nova/nova.conf.d /etc/elsewhere", false);
		fault("nova.conf changed between approval and push of a drop-in", "echo '[libvirt]' >>/etc/nova/nova.conf",
				"true", true);
	}

	private void fault(String name, String make, String mend, boolean refused) throws IOException {
		clean(fleet);
		SteppedFiles files = files();
		ChangeRooms rooms = rooms(files, WriteMode.DROP_IN, fleet.node(1));
		ChangeRequest change = approved(rooms, WriteMode.DROP_IN, NOVA_CONF);
		onNode(make);
		NodeReport seen;
		try {
			as(INES, () -> rooms.rollouts().start(change.id()));
			rooms.until(change.id(), (one) -> report(rooms, change).stuck() || one.status() != ChangeStatus.RUNNING);
			seen = report(rooms, change);
			if (refused) {
				assertThat(seen.status()).as(name + ": " + seen).isEqualTo("failed");
				assertThat(String.valueOf(seen.summary())).startsWith("Nothing");
			}
		}
		finally {
			onNode(mend);
		}
		ROWS.add("| " + name + " | " + seen.summary() + " | "
				+ (seen.status().equals("failed") ? "no drop-in" : "the drop-in, proved") + " | planned anew |");
		rooms.close();
	}

	private static void onNode(String command) throws IOException {
		Process process = new ProcessBuilder("nsenter", "-t", Long.toString(fleet.pid(1)), "-m", "--", "sh", "-c",
				command)
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.onExit().join().exitValue()).as(command + "\n" + output).isZero();
	}

	private SteppedFiles files() {
		RealFiles real = new RealFiles();
		this.open.add(real);
		return new SteppedFiles(real.files());
	}

	private ChangeRooms rooms(SteppedFiles files, WriteMode mode, Node node) {
		return rooms(Database.inFiles(folder.resolve("db" + count++)), files, mode, node);
	}

	private ChangeRooms rooms(Database database, SteppedFiles files, WriteMode mode, Node node) {
		Node known = new Node(node.id(), node.name(), node.host(), node.port(), node.transport(), null, null, "zed",
				null, Map.of(), Node.DEFAULT_NOVA_CONF, mode, 0, Instant.EPOCH);
		ChangeRooms rooms = new ChangeRooms(database, files,
				Map.of("virtwise.rollout.deadline", "3s", "virtwise.rollout.lease", "20s",
						"virtwise.rollout.restore-attempts", "1", "virtwise.rollout.retry-after", "1h"),
				known);
		this.open.add(0, rooms);
		return rooms;
	}

	private static ChangeRequest approved(ChangeRooms rooms, WriteMode mode, byte[] novaConf) {
		String id = fleet.node(1).id();
		rooms.novaFiles(id, new NovaFile[0]);
		rooms.assessed(id, novaConf, (mode == WriteMode.DROP_IN)
				? new Setting("libvirt", "cpu_mode", "host-passthrough") : new Setting("libvirt", "virt_type", "kvm"));
		return rooms.approved(id);
	}

	private static void push(ChangeRooms rooms, ChangeRequest change, ChangeStatus status) {
		as(INES, () -> rooms.rollouts().start(change.id()));
		assertThat(rooms.settled(change.id()).status()).as(report(rooms, change) + "").isEqualTo(status);
	}

	private static NodeReport report(ChangeRooms rooms, ChangeRequest change) {
		return rooms.report(change.id()).nodes().get(0);
	}

	private static Path novaConf(DemoFleet of) {
		return of.path(1, Node.DEFAULT_NOVA_CONF);
	}

	private static void clean(DemoFleet of) throws IOException {
		Path etc = of.path(1, "/etc/nova");
		try (Stream<Path> old = Files.walk(etc)) {
			for (Path path : old.sorted(Comparator.reverseOrder()).filter((one) -> !one.equals(etc)).toList()) {
				Files.delete(path);
			}
		}
		put(of, NOVA_CONF);
	}

	private static void put(DemoFleet of, byte[] content) {
		try {
			Files.write(novaConf(of), content);
			Files.setAttribute(novaConf(of), "unix:gid", 64060);
			Files.setPosixFilePermissions(novaConf(of), PosixFilePermissions.fromString("rw-r-----"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
