package io.virtwise.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.rollout.ManagedFiles;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;
import io.virtwise.rollout.ManagedFilesContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files on a real node.
 */
class LibvirtManagedFilesIT extends ManagedFilesContract {

	private static final AtomicInteger count = new AtomicInteger();

	private static Room room;

	private static DemoFleet fleet;

	private String directory;

	@BeforeAll
	static void start() {
		fleet = DemoFleet.shared();
		room = Room.plain();
	}

	@AfterAll
	static void stop() {
		room.close();
	}

	@BeforeEach
	void makeDirectory() throws IOException {
		this.directory = "/etc/nova-" + count.incrementAndGet();
		Files.createDirectories(host(""));
	}

	@Override
	protected ManagedFiles files() {
		return room.files;
	}

	@Override
	protected Node node() {
		return fleet.node(1);
	}

	@Override
	protected String directory() {
		return this.directory;
	}

	@Override
	protected void put(String name, byte[] content) {
		try {
			Files.write(host(name), content);
			Files.setAttribute(host(name), "unix:gid", 64060);
			Files.setPosixFilePermissions(host(name), PosixFilePermissions.fromString("rw-r-----"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	protected byte[] bytes(String name) {
		try {
			return Files.readAllBytes(host(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	protected boolean exists(String name) {
		return Files.exists(host(name), LinkOption.NOFOLLOW_LINKS);
	}

	@Override
	protected void link(String name, String target) {
		try {
			Files.createSymbolicLink(host(name), Path.of(target));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	protected void subdirectory(String name) {
		try {
			Files.createDirectory(host(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path host(String name) {
		return fleet.path(1, this.directory + "/" + name);
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void leavesNoPoolOnTheNodeAndNoReferenceToTheConnection() {
		put("nova.conf", text("x"));
		DirectorySession session = room.files.open(node(), this.directory, Duration.ofSeconds(20));
		session.stat("nova.conf");
		session.stat("nothing");
		session.read("nova.conf");
		session.copy("nova.conf", "copy");
		session.overwrite("copy", text("y"));
		session.create("new", text("z"), "0600", null, null);
		session.delete("new");
		assertThat(pools()).contains("virtwise-");

		session.close();

		assertThat(session.referencesLeft()).isZero();
		assertThat(pools()).doesNotContain("virtwise-");
	}

	@Test
	void takesDownPoolsThatACrashLeftBehind() throws IOException {
		Path xml = Files.createTempFile("pool", ".xml");
		Files.writeString(xml, StorageXml.pool("virtwise-1000000000-0123456789abcdefghjk", this.directory));
		virsh("pool-create", xml.toString());
		Files.writeString(xml, StorageXml.pool("somebody-elses", "/etc/nova"));
		virsh("pool-create", xml.toString());
		assertThat(pools()).contains("virtwise-1000000000-0123456789abcdefghjk", "somebody-elses");

		files().open(node(), "/etc/nova", Duration.ofSeconds(20)).close();

		assertThat(pools()).doesNotContain("virtwise-").contains("somebody-elses");
		virsh("pool-destroy", "somebody-elses");
		Files.delete(xml);
	}

	@Test
	void severalSessionsOnOneDirectoryDoNotDisturbEachOther() {
		put("nova.conf", text("same for all"));

		try (Session first = files().open(node(), this.directory, Duration.ofSeconds(20))) {
			try (Session second = files().open(node(), this.directory, Duration.ofSeconds(20))) {
				assertThat(first.read("nova.conf")).isEqualTo(second.read("nova.conf"));
			}
			assertThat(first.read("nova.conf")).isEqualTo(text("same for all"));
		}
	}

	@Test
	void refusesALinkPutThereBetweenLookAndWrite() throws Exception {
		put("target", text("untouched"));
		put("nova.conf", text("plain"));

		try (NodeSession session = room.sessions.open(node(), Deadline.in(Duration.ofSeconds(20)))) {
			session.call("opening", (connection) -> {
				DirectoryPool pool = DirectoryPool.refusingLinks(connection, DirectoryPath.of(node(), this.directory),
						2_000_000_000L);
				try (Volume volume = pool.find("nova.conf")) {
					assertThat(volume).isNotNull();
					swapForLink();
					LibvirtFault fault = org.assertj.core.api.Assertions.catchThrowableOfType(LibvirtFault.class,
							() -> volume.upload(connection, text("evil"), () -> false));
					assertThat(fault.errno()).isEqualTo(LibvirtErrors.ELOOP);
				}
				return pool;
			});
		}
		assertThat(bytes("target")).isEqualTo(text("untouched"));
	}

	private void swapForLink() {
		try {
			Files.delete(host("nova.conf"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		link("nova.conf", this.directory + "/target");
	}

	@Test
	void opensADirectoryThatIsReachedThroughLinks() throws IOException {
		put("nova.conf", text("behind a link"));
		put("target", text("untouched"));
		link("link", this.directory + "/target");
		String alias = this.directory + "-alias";
		Files.createSymbolicLink(fleet.path(1, alias), Path.of(this.directory));

		try (Session session = files().open(node(), alias, Duration.ofSeconds(20))) {
			assertThat(session.read("nova.conf")).isEqualTo(text("behind a link"));
			assertThat(session.stat("link").kind()).isEqualTo(RemoteFile.Kind.OTHER);
			assertThatExceptionOfType(NodeFailure.class).isThrownBy(() -> session.overwrite("link", text("evil")));
		}
		assertThat(bytes("target")).isEqualTo(text("untouched"));
	}

	@Test
	void doesNotReadMoreThanItsLimit() {
		put("huge", new byte[1024 * 1024 + 1]);
		put("largest", new byte[1024 * 1024]);

		try (Session session = files().open(node(), this.directory, Duration.ofSeconds(20))) {
			assertThat(session.read("largest")).hasSize(1024 * 1024);
			assertThatExceptionOfType(NodeFailure.class).isThrownBy(() -> session.read("huge"))
				.withMessageContaining("larger than 1048576 bytes")
				.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Kind.CONFLICT));
			assertThat(session.read("largest")).hasSize(1024 * 1024);
		}
	}

	@Test
	void sizesAFileThatLooksLikeADiskImageByItsBytes() {
		byte[] image = new byte[4096];
		System.arraycopy(new byte[] { 'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3 }, 0, image, 0, 8);
		image[24] = 0x10; // a disk of 2^60 bytes
		put("nova.conf", image);

		try (Session session = files().open(node(), this.directory, Duration.ofSeconds(20))) {
			assertThat(session.stat("nova.conf").size()).isEqualTo(4096);
			assertThat(session.read("nova.conf")).isEqualTo(image);
		}
	}

	@Test
	void saysThatAFileSystemIsReadOnly() {
		put("nova.conf", text("fixed"));
		onNode("mount", "--bind", this.directory, this.directory);
		onNode("mount", "-o", "remount,bind,ro", this.directory);

		try (Session session = files().open(node(), this.directory, Duration.ofSeconds(20))) {
			assertThat(session.read("nova.conf")).isEqualTo(text("fixed"));
			for (org.assertj.core.api.ThrowableAssert.ThrowingCallable write : new org.assertj.core.api.ThrowableAssert.ThrowingCallable[] {
					() -> session.overwrite("nova.conf", text("no")),
					() -> session.create("new", text("no"), "0600", null, null),
					() -> session.copy("nova.conf", "copy"), () -> session.delete("nova.conf") }) {
				assertThatExceptionOfType(NodeFailure.class).isThrownBy(write)
					.satisfies((failure) -> assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.DENIED));
			}
		}
		finally {
			onNode("umount", this.directory);
		}
		assertThat(bytes("nova.conf")).isEqualTo(text("fixed"));
	}

	@Test
	void keepsFailuresFreeOfTheNodesOwnWords() {
		assertThatExceptionOfType(NodeFailure.class)
			.isThrownBy(() -> files().open(node(), "/etc/passwd/nova", Duration.ofSeconds(20)))
			.withMessageContaining("demo-1")
			.withMessageNotContaining("errno")
			.withMessageNotContaining("cannot open directory");
	}

	private static void onNode(String... command) {
		String[] all = new String[command.length + 5];
		all[0] = "nsenter";
		all[1] = "-t";
		all[2] = Long.toString(fleet.pid(1));
		all[3] = "-m";
		all[4] = "--";
		System.arraycopy(command, 0, all, 5, command.length);
		DemoFleet.Result result = DemoFleet.run(new ProcessBuilder(all));
		assertThat(result.code()).as(result.output()).isZero();
	}

	private static String pools() {
		return virsh("pool-list", "--all", "--name");
	}

	private static String virsh(String... command) {
		String[] all = new String[command.length + 3];
		all[0] = "virsh";
		all[1] = "-c";
		all[2] = "qemu+tcp://127.0.0.1:" + fleet.node(1).port() + "/system";
		System.arraycopy(command, 0, all, 3, command.length);
		DemoFleet.Result result = DemoFleet.run(new ProcessBuilder(all));
		assertThat(result.code()).as(result.output()).isZero();
		return result.output();
	}

}
