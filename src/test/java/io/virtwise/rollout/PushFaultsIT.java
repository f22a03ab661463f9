package io.virtwise.rollout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.libvirt.DemoFleet;
import io.virtwise.node.Node;
import io.virtwise.nova.Setting;
import io.virtwise.testing.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults during pushes to a real libvirt: what the user sees, what is on the node, and
 * what the next attempt does. Each test is a row of {@code docs/push-faults.md}; what it
 * saw goes to {@code target/push-faults.md}.
 */
class PushFaultsIT {

	private static final byte[] LARGE = ("[DEFAULT]\n# " + "x".repeat(900_000) + "\n[libvirt]\nvirt_type = qemu\n")
		.getBytes(StandardCharsets.UTF_8);

	private static final byte[] SMALL = "[DEFAULT]\nmy_ip = 10.0.0.7\n[libvirt]\nvirt_type = qemu\n"
		.getBytes(StandardCharsets.UTF_8);

	private static final List<String> ROWS = new ArrayList<>();

	private static DemoFleet fleet;

	@TempDir
	private static Path folder;

	private static int count;

	private ChangeRooms rooms;

	private Relay relay;

	private Node node;

	private byte[] before = SMALL;

	private String row = "";

	@BeforeAll
	static void startFleet() {
		fleet = DemoFleet.start(1, null);
	}

	@AfterAll
	static void stopFleet() throws IOException {
		if (fleet != null) {
			fleet.close();
		}
		String table = "| fault | what the user sees | what is on the node | the next attempt |\n|---|---|---|---|\n"
				+ String.join("\n", ROWS.stream().sorted().toList()) + "\n";
		Files.writeString(Files.createDirectories(Path.of("target")).resolve("push-faults.md"), table);
		String documented = Files.readString(Path.of("docs/push-faults.md"));
		for (String each : ROWS) {
			assertThat(documented).contains(each.substring(0, each.indexOf('|', 2)));
		}
	}

	@BeforeEach
	void open(TestInfo info) throws IOException {
		this.row = info.getDisplayName();
		Node direct = fleet.node(1);
		this.relay = new Relay(direct.port());
		this.node = new Node("node1", "demo-1", "127.0.0.1", this.relay.port(), direct.transport(), null, null,
				"2024.1", null, Map.of(), Node.DEFAULT_NOVA_CONF, direct.writeMode(), 0, Instant.EPOCH);
		this.rooms = new ChangeRooms(Database.inFiles(folder.resolve("db" + count++)), null,
				Map.of("virtwise.libvirt.allow-tcp", "true", "virtwise.rollout.deadline", "4s",
						"virtwise.rollout.lease", "20s", "virtwise.rollout.restore-attempts", "1",
						"virtwise.rollout.retry-after", "1h", "virtwise.libvirt.max-hung-opens", "20"),
				this.node);
		try (DirectoryStream<Path> copies = Files.newDirectoryStream(etcNova(), "*.virtwise-*")) {
			for (Path copy : copies) {
				Files.delete(copy);
			}
		}
		put(SMALL);
	}

	@AfterEach
	void close() throws IOException {
		this.rooms.close();
		this.relay.close();
	}

	@Test
	@DisplayName("file changed between approval and push")
	void changed() throws IOException {
		ChangeRequest change = approved();
		byte[] theirs = "[libvirt]\nvirt_type = lxc\n".getBytes(StandardCharsets.UTF_8);
		Files.write(file(), theirs);

		NodeReport seen = push(change, ChangeStatus.FAILED, "Nothing was written. The file was changed after");

		assertThat(Files.readAllBytes(file())).isEqualTo(theirs);
		this.before = theirs;
		row(seen, "their bytes, untouched", next());
	}

	@Test
	@DisplayName("symbolic link in place of the file")
	void link() throws IOException {
		ChangeRequest change = approved();
		Path real = file().resolveSibling("real.conf");
		Files.move(file(), real);
		Files.createSymbolicLink(file(), Path.of("real.conf"));

		NodeReport seen = push(change, ChangeStatus.FAILED, "symbolic link");

		assertThat(Files.readAllBytes(real)).isEqualTo(SMALL);
		Files.delete(file());
		Files.move(real, file());
		row(seen, "the link and the old bytes behind it", next());
	}

	@Test
	@DisplayName("directory missing")
	void missing() throws IOException {
		ChangeRequest change = approved();
		Path away = etcNova().resolveSibling("nova-away");
		Files.move(etcNova(), away);

		NodeReport seen = push(change, ChangeStatus.FAILED, "Nothing was written.");

		Files.move(away, etcNova());
		assertOld();
		row(seen, "nothing, no directory was made", next());
	}

	@Test
	@DisplayName("read-only directory")
	void readOnly() throws IOException {
		ChangeRequest change = approved();
		onNode("mount", "--bind", "/etc/nova", "/etc/nova");
		onNode("mount", "-o", "remount,bind,ro", "/etc/nova");
		NodeReport seen;
		try {
			seen = push(change, ChangeStatus.FAILED, "Nothing was written.");
		}
		finally {
			onNode("umount", "/etc/nova");
		}
		assertOld();
		row(seen, "the old bytes, no copy", next());
	}

	@Test
	@DisplayName("full disk")
	void full() throws IOException {
		put(LARGE);
		ChangeRequest change = approved();
		onNode("sh", "-c", "mkdir -p /run/full && mount -t tmpfs -o size=1000k tmpfs /run/full"
				+ " && cp -p /etc/nova/nova.conf /run/full && mount --bind /run/full /etc/nova");
		NodeReport seen;
		try {
			seen = push(change, ChangeStatus.FAILED, "Nothing was written.");
			onNode("sh", "-c",
					"cmp /etc/nova/nova.conf /run/full/nova.conf && test $(stat -c %s /etc/nova/nova.conf) = "
							+ LARGE.length + " && tail -n 1 /etc/nova/nova.conf | grep -qx 'virt_type = qemu'");
		}
		finally {
			onNode("sh", "-c", "umount /etc/nova && umount /run/full");
		}
		row(seen, "the old bytes; the copy did not fit", next());
	}

	@Test
	@DisplayName("a pool of somebody else on the same directory")
	void foreignPool() throws IOException {
		ChangeRequest change = approved();
		virsh("pool-create-as", "theirs", "dir", "--target", "/etc/nova");
		NodeReport seen;
		try {
			seen = push(change, ChangeStatus.RESTART_PENDING, "Written and proved.");
			assertThat(virsh("pool-list", "--name").lines().map(String::strip)).contains("theirs");
		}
		finally {
			virsh("pool-destroy", "theirs");
		}
		row(seen, "the new bytes; their pool is as it was", "not needed");
	}

	@Test
	@DisplayName("daemon frozen before the push")
	void frozen() throws IOException {
		ChangeRequest change = approved();
		fleet.freeze(1);
		NodeReport seen;
		try {
			seen = push(change, ChangeStatus.FAILED, "Nothing was written.");
		}
		finally {
			fleet.thaw(1);
		}
		assertOld();
		row(seen, "the old bytes", next());
	}

	@Test
	@DisplayName("connection falls silent while the file is copied")
	void silentEarly() throws IOException {
		silence(40_000, false);
	}

	@Test
	@DisplayName("connection falls silent in the middle of the upload")
	void silentInTheMiddle() throws IOException {
		silence(500_000, true);
	}

	private void silence(long afterBytes, boolean inUpload) throws IOException {
		put(LARGE);
		ChangeRequest change = approved();
		this.relay.silentAfter(inUpload ? afterBytes : 3_000);

		as(INES, () -> this.rooms.rollouts().start(change.id()));
		this.rooms.until(change.id(), (one) -> report(change).stuck() || one.status() != ChangeStatus.RUNNING);
		NodeReport seen = report(change);
		this.relay.heal();

		if (!inUpload) {
			assertThat(seen.summary()).startsWith("Nothing was written.");
			assertOld();
			row(seen, "the old bytes", next());
			return;
		}
		assertThat(seen.stuck()).as(seen + "").isTrue();
		assertThat(seen.summary()).contains("may hold old, new or half written content");
		as(INES, () -> {
			this.rooms.rollouts().retry(change.id(), this.node.id());
			return change;
		});
		ChangeRequest end = this.rooms.until(change.id(),
				(one) -> !report(change).stuck() && !report(change).status().equals("writing"));
		String status = report(change).status();
		assertThat(status).as(end + "").isIn("rolled-back", "restart-pending");
		byte[] now = Files.readAllBytes(file());
		byte[] expected = status.equals("rolled-back") ? LARGE : change.nodes().get(0).after();
		assertThat(Arrays.copyOf(now, expected.length)).isEqualTo(expected);
		row(seen, "perhaps half of the new bytes, until it answers", status.replace('-', ' ') + ", proved");
	}

	private void row(NodeReport seen, String holds, String next) {
		String text = String.valueOf(seen.summary())
			.replaceAll("127\\.0\\.0\\.1:\\d+", "HOST")
			.replaceAll("\\d{3,}", "N")
			.replace("|", "/");
		ROWS.add("| " + this.row + " | " + text + " | " + holds + " | " + next + " |");
	}

	/** What a second change does once the fault is gone. */
	private String next() throws IOException {
		this.before = Files.readAllBytes(file());
		ChangeRequest again = approved();
		as(INES, () -> this.rooms.rollouts().start(again.id()));
		assertThat(this.rooms.settled(again.id()).status()).as(report(again) + "")
			.isEqualTo(ChangeStatus.RESTART_PENDING);
		assertThat(Files.readAllBytes(file())).isEqualTo(again.nodes().get(0).after());
		return "planned anew: written and proved";
	}

	private NodeReport push(ChangeRequest change, ChangeStatus status, String says) {
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).as(report(change) + "").isEqualTo(status);
		assertThat(report(change).summary()).contains(says);
		assertThat(report(change).journal()).noneMatch((step) -> step.outcome().equals("running"));
		return report(change);
	}

	private ChangeRequest approved() {
		this.rooms.assessed(this.node.id(), this.before, new Setting("libvirt", "virt_type", "kvm"));
		return this.rooms.approved(this.node.id());
	}

	private NodeReport report(ChangeRequest change) {
		return this.rooms.report(change.id()).nodes().get(0);
	}

	private void assertOld() throws IOException {
		assertThat(Files.readAllBytes(file())).isEqualTo(this.before);
	}

	private void put(byte[] content) throws IOException {
		this.before = content;
		Files.deleteIfExists(file());
		Files.write(file(), content);
		Files.setAttribute(file(), "unix:gid", 64060);
		Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
	}

	private static Path etcNova() {
		return fleet.path(1, "/etc/nova");
	}

	private static Path file() {
		return fleet.path(1, Node.DEFAULT_NOVA_CONF);
	}

	private static void onNode(String... command) throws IOException {
		List<String> all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(fleet.pid(1)), "-m", "--"));
		all.addAll(List.of(command));
		run(all);
	}

	private static String virsh(String... command) throws IOException {
		List<String> all = new ArrayList<>(
				List.of("virsh", "-c", "qemu+tcp://127.0.0.1:" + fleet.node(1).port() + "/system"));
		all.addAll(List.of(command));
		return run(all);
	}

	private static String run(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.onExit().join().exitValue()).as(command + "\n" + output).isZero();
		return output;
	}

	/**
	 * A wire to the node that can fall silent, as when a cable is pulled: nothing gets
	 * through any more, and nobody is told.
	 */
	private static final class Relay implements AutoCloseable {

		private final ServerSocket server;

		private final int target;

		private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

		Relay(int target) throws IOException {
			this.target = target;
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			thread(this::accept);
		}

		int port() {
			return this.server.getLocalPort();
		}

		void silentAfter(long bytes) {
			this.left.set(bytes);
		}

		void heal() {
			this.left.set(Long.MAX_VALUE);
		}

		private void accept() {
			while (!this.server.isClosed()) {
				try {
					Socket from = this.server.accept();
					Socket to = new Socket(InetAddress.getLoopbackAddress(), this.target);
					thread(() -> pump(from, to, true));
					thread(() -> pump(to, from, false));
				}
				catch (IOException ex) {
					return; // closed
				}
			}
		}

		/** Bytes that come while it is silent are lost for ever. */
		private void pump(Socket from, Socket to, boolean counts) {
			byte[] buffer = new byte[16 * 1024];
			try (from; to) {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				boolean lost = false;
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					if (counts && this.left.get() != Long.MAX_VALUE) {
						this.left.addAndGet(-read);
					}
					lost |= this.left.get() <= 0;
					if (!lost) {
						out.write(buffer, 0, read);
					}
				}
			}
			catch (IOException ex) {
				return; // one of both ends is gone
			}
		}

		private static void thread(Runnable task) {
			Thread thread = new Thread(task, "relay");
			thread.setDaemon(true);
			thread.start();
		}

		@Override
		public void close() {
			try {
				this.server.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
