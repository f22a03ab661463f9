package io.virtwise.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Paths under which pools are made.
 */
class DirectoryPathTests {

	private static final Node NODE = DemoFleet.node(1, Transport.TCP, "192.0.2.1", 16509, null);

	@Test
	void splitsAFilesPath() {
		DirectoryPath parent = DirectoryPath.parent(NODE, "/etc/kolla/nova-compute/nova.conf");

		assertThat(parent.text()).isEqualTo("/etc/kolla/nova-compute");
		assertThat(DirectoryPath.name(NODE, parent, "/etc/kolla/nova-compute/nova.conf")).isEqualTo("nova.conf");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "etc/nova", "/etc/nova/", "/etc//nova", "/etc/./nova", "/etc/nova/..", "/..",
			"/etc/no\nva", "/etc/no va", "/etc/<nova>", "/proc", "/proc/1", "/sys", "/dev/shm" })
	void refusesOddDirectories(String directory) {
		assertThatExceptionOfType(NodeFailure.class).isThrownBy(() -> DirectoryPath.of(NODE, directory));
	}

	@Test
	void leavesAlikeNamesOfKernelDirectoriesAlone() {
		assertThat(DirectoryPath.of(NODE, "/process/nova").text()).isEqualTo("/process/nova");
	}

	/** The kernel of the machine that runs the tests is asked. */
	@Test
	void spendsEveryLinkThatTheKernelFollows(@TempDir Path temp) throws IOException {
		Path directory = temp.toRealPath();
		Files.writeString(directory.resolve("file"), "x");
		Files.createSymbolicLink(directory.resolve("link"), directory.resolve("file"));
		String spent = new DirectoryPath(directory.toString()).spendingLinks(DirectoryPath.KERNEL_LIMIT);
		String some = new DirectoryPath(directory.toString()).spendingLinks(DirectoryPath.KERNEL_LIMIT - 1);

		assertThat(new java.io.File(spent + "/file")).exists();
		assertThat(new java.io.File(spent + "/link")).doesNotExist();
		assertThat(new java.io.File(some + "/link")).exists();
	}

	@Test
	void spellsTheSameDirectoryDifferentlyEachTime() {
		Set<String> spellings = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			spellings.add(new DirectoryPath("/etc/nova").spendingLinks(DirectoryPath.KERNEL_LIMIT));
		}

		assertThat(spellings).hasSize(100)
			.allSatisfy(
					(spelling) -> assertThat(DirectoryPath.plain("at " + spelling + "/x")).isEqualTo("at /etc/nova/x"));
	}

}
