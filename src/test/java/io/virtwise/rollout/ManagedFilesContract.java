package io.virtwise.rollout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What everything that implements {@link ManagedFiles} does. Subclasses say how to look
 * at and change the node's files behind its back.
 */
public abstract class ManagedFilesContract {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	protected abstract ManagedFiles files();

	protected abstract Node node();

	/** An empty directory of the node, made afresh for each test. */
	protected abstract String directory();

	/** Puts a regular file of mode 0640 and group 64060 there. */
	protected abstract void put(String name, byte[] content);

	protected abstract byte[] bytes(String name);

	protected abstract boolean exists(String name);

	/** A symbolic link with this absolute target on the node. */
	protected abstract void link(String name, String target);

	protected abstract void subdirectory(String name);

	private Session open() {
		return files().open(node(), directory(), DEADLINE);
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static void assertFails(Kind kind, ThrowingCallable call) {
		assertThatExceptionOfType(NodeFailure.class).isThrownBy(call)
			.satisfies((failure) -> assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind));
	}

	@Test
	void describesRegularFile() {
		put("nova.conf", text("[DEFAULT]\n"));

		try (Session session = open()) {
			RemoteFile file = session.stat("nova.conf");

			assertThat(file.kind()).isEqualTo(RemoteFile.Kind.REGULAR);
			assertThat(file.size()).isEqualTo(10);
			assertThat(file.octalMode()).isEqualTo("0640");
			assertThat(file.owner()).isEqualTo("0");
			assertThat(file.group()).isEqualTo("64060");
		}
	}

	@Test
	void tellsMissingFromOther() {
		put("target", text("x"));
		link("link", directory() + "/target");
		subdirectory("nova.conf.d");

		try (Session session = open()) {
			assertThat(session.stat("nothing").kind()).isEqualTo(RemoteFile.Kind.MISSING);
			assertThat(session.stat("link").kind()).isEqualTo(RemoteFile.Kind.OTHER);
			assertThat(session.stat("nova.conf.d").kind()).isEqualTo(RemoteFile.Kind.OTHER);
		}
	}

	@Test
	void listsTheNames() {
		put("nova.conf", text("x"));
		put("b.conf", text("y"));
		subdirectory("nova.conf.d");

		try (Session session = open()) {
			assertThat(session.names()).contains("nova.conf", "b.conf");
			assertThat(session.names()).doesNotContain("nothing");
		}
	}

	@Test
	void readsEveryByte() {
		byte[] content = new byte[300_000];
		new Random(4711).nextBytes(content);
		Arrays.fill(content, 100_000, 200_000, (byte) 0);
		put("large", content);
		put("empty", new byte[0]);

		try (Session session = open()) {
			assertThat(session.read("large")).isEqualTo(content);
			assertThat(session.read("empty")).isEmpty();
		}
	}

	@Test
	void readsOnlyRegularFiles() {
		put("target", text("secret"));
		link("link", directory() + "/target");
		subdirectory("sub");

		try (Session session = open()) {
			assertFails(Kind.NOT_FOUND, () -> session.read("nothing"));
			assertFails(Kind.CONFLICT, () -> session.read("link"));
			assertFails(Kind.CONFLICT, () -> session.read("sub"));
		}
	}

	@Test
	void overwritesInPlaceAndKeepsOwnerAndMode() {
		put("nova.conf", text("old content\n"));

		try (Session session = open()) {
			session.overwrite("nova.conf", text("a new and longer content\n"));

			assertThat(session.stat("nova.conf"))
				.isEqualTo(new RemoteFile(RemoteFile.Kind.REGULAR, 25, "0640", "0", "64060"));
		}
		assertThat(bytes("nova.conf")).isEqualTo(text("a new and longer content\n"));
	}

	/** The reason why whoever writes something shorter has to pad it. */
	@Test
	void keepsTailWhenShorterContentIsWritten() {
		put("nova.conf", text("virt_type = kvm\n"));

		try (Session session = open()) {
			session.overwrite("nova.conf", text("short\n"));

			assertThat(session.read("nova.conf")).isEqualTo(text("short\nype = kvm\n"));
		}
	}

	@Test
	void overwritesOnlyRegularFilesAndLeavesTheTargetOfALinkAlone() {
		put("target", text("untouched"));
		link("link", directory() + "/target");
		subdirectory("sub");

		try (Session session = open()) {
			assertFails(Kind.CONFLICT, () -> session.overwrite("link", text("evil")));
			assertFails(Kind.CONFLICT, () -> session.overwrite("sub", text("evil")));
			assertFails(Kind.NOT_FOUND, () -> session.overwrite("nothing", text("evil")));
		}
		assertThat(bytes("target")).isEqualTo(text("untouched"));
	}

	@Test
	void copiesOnTheNode() {
		byte[] content = new byte[150_001];
		new Random(42).nextBytes(content);
		Arrays.fill(content, 0, 70_000, (byte) 0);
		put("nova.conf", content);

		try (Session session = open()) {
			session.copy("nova.conf", "nova.conf.backup");

			assertThat(session.stat("nova.conf.backup"))
				.isEqualTo(new RemoteFile(RemoteFile.Kind.REGULAR, content.length, "0640", "0", "64060"));
		}
		assertThat(bytes("nova.conf.backup")).isEqualTo(content);
		assertThat(bytes("nova.conf")).isEqualTo(content);
	}

	@Test
	void copiesOnlyRegularFilesToNewNames() {
		put("nova.conf", text("new"));
		put("taken", text("old"));
		link("link", directory() + "/taken");
		link("dangling", directory() + "/nowhere");

		try (Session session = open()) {
			assertFails(Kind.CONFLICT, () -> session.copy("nova.conf", "taken"));
			assertFails(Kind.CONFLICT, () -> session.copy("nova.conf", "link"));
			assertFails(Kind.CONFLICT, () -> session.copy("nova.conf", "dangling"));
			assertFails(Kind.CONFLICT, () -> session.copy("link", "fresh"));
			assertFails(Kind.NOT_FOUND, () -> session.copy("nothing", "fresh"));
		}
		assertThat(bytes("taken")).isEqualTo(text("old"));
		assertThat(exists("nowhere")).isFalse();
		assertThat(exists("dangling")).isTrue();
		assertThat(exists("fresh")).isFalse();
	}

	@Test
	void createsWithModeAndOwner() {
		try (Session session = open()) {
			session.create("90-virtwise.conf", text("[libvirt]\n"), "0640", "0", "64060");
			session.create("empty", new byte[0], "0600", null, null);

			assertThat(session.stat("90-virtwise.conf"))
				.isEqualTo(new RemoteFile(RemoteFile.Kind.REGULAR, 10, "0640", "0", "64060"));
			assertThat(session.stat("empty").octalMode()).isEqualTo("0600");
		}
		assertThat(bytes("90-virtwise.conf")).isEqualTo(text("[libvirt]\n"));
		assertThat(bytes("empty")).isEmpty();
	}

	@Test
	void createsOnlyWhatDoesNotExist() {
		put("taken", text("old"));
		link("link", directory() + "/taken");
		link("dangling", directory() + "/nowhere");
		subdirectory("sub");

		try (Session session = open()) {
			for (String name : new String[] { "taken", "link", "dangling", "sub" }) {
				assertFails(Kind.CONFLICT, () -> session.create(name, text("evil"), "0644", null, null));
			}
		}
		assertThat(bytes("taken")).isEqualTo(text("old"));
		assertThat(exists("nowhere")).isFalse();
		assertThat(exists("dangling")).isTrue();
	}

	@Test
	void deletesRegularFilesOnly() {
		put("nova.conf.backup", text("x"));
		put("target", text("y"));
		link("link", directory() + "/target");
		subdirectory("sub");

		try (Session session = open()) {
			session.delete("nova.conf.backup");

			assertThat(session.stat("nova.conf.backup").kind()).isEqualTo(RemoteFile.Kind.MISSING);
			assertFails(Kind.NOT_FOUND, () -> session.delete("nova.conf.backup"));
			assertFails(Kind.CONFLICT, () -> session.delete("link"));
			assertFails(Kind.CONFLICT, () -> session.delete("sub"));
		}
		assertThat(exists("nova.conf.backup")).isFalse();
		assertThat(exists("link")).isTrue();
		assertThat(exists("sub")).isTrue();
	}

	@Test
	void seesWhatChangedBehindItsBack() {
		put("nova.conf", text("before"));

		try (Session session = open()) {
			assertThat(session.read("nova.conf")).isEqualTo(text("before"));
			put("nova.conf", text("afterwards"));
			put("another", text("new"));

			assertThat(session.stat("nova.conf").size()).isEqualTo(10);
			assertThat(session.read("nova.conf")).isEqualTo(text("afterwards"));
			assertThat(session.stat("another").kind()).isEqualTo(RemoteFile.Kind.REGULAR);
		}
	}

	@Test
	void refusesMissingDirectoryAndFileInItsPlace() {
		put("file", text("x"));

		assertFails(Kind.NOT_FOUND, () -> files().open(node(), directory() + "/nothing", DEADLINE));
		assertFails(Kind.CONFLICT, () -> files().open(node(), directory() + "/file", DEADLINE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/proc", "/proc/self/root/etc/nova", "/sys", "/sys/kernel", "/dev", "/dev/shm",
			"relative/nova", "/etc/../proc", "" })
	void refusesDirectoriesOffLimits(String directory) {
		assertFails(Kind.DENIED, () -> files().open(node(), directory, DEADLINE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "a/b", "../nova.conf", "/etc/passwd", "new\nline", "blank name", "-dash" })
	void refusesOddNames(String name) {
		try (Session session = open()) {
			assertFails(Kind.DENIED, () -> session.stat(name));
			assertFails(Kind.DENIED, () -> session.read(name));
			assertFails(Kind.DENIED, () -> session.overwrite(name, text("evil")));
			assertFails(Kind.DENIED, () -> session.create(name, text("evil"), "0644", null, null));
			assertFails(Kind.DENIED, () -> session.delete(name));
			assertFails(Kind.DENIED, () -> session.copy(name, "fresh"));
		}
	}

}
