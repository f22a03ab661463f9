package io.virtwise.libvirt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.NodeFactsReader.CheckStep;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Facts of a real node.
 */
class LibvirtNodeFactsReaderIT {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private static Room room;

	private static DemoFleet fleet;

	@BeforeAll
	static void start() {
		fleet = DemoFleet.shared();
		room = Room.plain();
	}

	@AfterAll
	static void stop() {
		room.close();
	}

	private static Node withNovaConf(String path) {
		Node node = fleet.node(1);
		return new Node(node.id(), node.name(), node.host(), node.port(), node.transport(), null, null, null, null,
				Map.of(), path, WriteMode.IN_PLACE, 0, Instant.EPOCH);
	}

	private static Node at(String host, int port) {
		return DemoFleet.node(9, Transport.TCP, host, port, null);
	}

	@Test
	void readsWhatLibvirtTells() {
		NodeReading reading = room.reader.read(fleet.node(1), DEADLINE);

		assertThat(reading.libvirtVersion()).isEqualTo(room.reader.reachability().version());
		assertThat(reading.hypervisorVersion()).matches("[0-9]+\\.[0-9]+\\.[0-9]+")
			.isEqualTo(command("qemu-system-x86_64", "--version").replaceAll("(?s).*?version ([0-9.]+).*", "$1"));
		assertThat(reading.hostname()).isEqualTo("demo-compute-1");
		assertThat(reading.cpus()).isEqualTo(Integer.parseInt(command("nproc", "--all").strip()));
		assertThat(reading.memoryKib()).isEqualTo(Long.parseLong(
				command("virsh", "-c", uri(), "nodeinfo").replaceAll("(?s).*Memory size: +([0-9]+) KiB.*", "$1")));
		assertThat(reading.evidence().release()).isEqualTo("2024.1");
		assertThat(reading.evidence().of(EvidenceKind.CAPABILITIES)).singleElement()
			.satisfies((item) -> assertThat(item.text()).startsWith("<capabilities>").contains("<host>", "<arch>"));
		assertThat(reading.evidence().of(EvidenceKind.DOMAIN_CAPABILITIES)).anySatisfy((item) -> {
			assertThat(item.source()).isEqualTo("virsh domcapabilities --virttype qemu");
			assertThat(item.text()).contains("<domainCapabilities>", "<domain>qemu</domain>", "<mode name='custom'");
		});
	}

	@Test
	void readsNovaConfByteForByte() throws IOException {
		for (int k = 1; k <= 2; k++) {
			byte[] onDisk = Files.readAllBytes(fleet.path(k, "/etc/nova/nova.conf"));

			NodeReading reading = room.reader.read(fleet.node(k), DEADLINE);

			assertThat(reading.novaConf()).isEqualTo(onDisk);
			assertThat(reading.evidence().of(EvidenceKind.NOVA_CONF)).singleElement().satisfies((item) -> {
				assertThat(item.source()).isEqualTo("/etc/nova/nova.conf");
				assertThat(item.text()).isEqualTo(new String(onDisk, StandardCharsets.UTF_8));
			});
			assertThat(reading.notes()).isEmpty();
		}
	}

	@Test
	void readsAllFilesOfNovaInItsOrder() throws IOException {
		Path folder = Files.createDirectory(fleet.path(1, "/etc/nova/nova.conf.d"));
		List<Path> files = List.of(fleet.path(1, "/etc/nova/nova-compute.conf"), folder.resolve("20-b.conf"),
				folder.resolve("10-a.conf"), folder.resolve("readme.txt"));
		try {
			for (Path file : files) {
				Files.writeString(file, "[DEFAULT]\nname = " + file.getFileName() + "\n");
			}
			NodeReading reading = room.reader.read(fleet.node(1), DEADLINE);

			assertThat(reading.notes()).isEmpty();
			assertThat(reading.evidence().of(EvidenceKind.NOVA_CONF)).extracting(Evidence.Item::source)
				.containsExactly("/etc/nova/nova.conf", "/etc/nova/nova-compute.conf",
						"/etc/nova/nova.conf.d/10-a.conf", "/etc/nova/nova.conf.d/20-b.conf");
			assertThat(reading.evidence().of(EvidenceKind.NOVA_CONF).get(2).text()).contains("name = 10-a.conf");

			Files.delete(folder.resolve("20-b.conf"));
			Files.createSymbolicLink(folder.resolve("20-b.conf"), Path.of("readme.txt"));
			NodeReading linked = room.reader.read(fleet.node(1), DEADLINE);

			assertThat(linked.evidence().of(EvidenceKind.NOVA_CONF)).isEmpty();
			assertThat(linked.novaConf()).isNotNull();
			assertThat(linked.notes()).singleElement().asString().contains("20-b.conf", "symbolic link");
		}
		finally {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
			Files.delete(folder);
		}
	}

	@Test
	void namesRunningGuests() throws IOException {
		Path xml = Files.createTempFile("guest", ".xml");
		Files.writeString(xml, """
				<domain type='qemu'>
				  <name>vm-in-the-way</name>
				  <memory unit='MiB'>32</memory>
				  <os><type>hvm</type></os>
				</domain>
				""");
		command("virsh", "-c", uri(), "create", "--paused", xml.toString());
		try {
			assertThat(room.reader.read(fleet.node(1), DEADLINE).runningGuests()).containsExactly("vm-in-the-way");
		}
		finally {
			command("virsh", "-c", uri(), "destroy", "vm-in-the-way");
			Files.delete(xml);
		}
		assertThat(room.reader.read(fleet.node(1), DEADLINE).runningGuests()).isEmpty();
	}

	@Test
	void notesWhyNovaConfCannotBeRead() throws IOException {
		Path link = fleet.path(1, "/etc/nova/link.conf");
		Files.createSymbolicLink(link, Path.of("nova.conf"));
		try {
			assertNote("/etc/nova/nothing.conf", "There is no file /etc/nova/nothing.conf on the node demo-1");
			assertNote("/etc/nothing/nova.conf", "there is no such file or directory");
			assertNote("/etc/nova/link.conf", "not a regular file but a symbolic link");
			assertNote("/etc/nova", "not a regular file but a symbolic link, a directory");
			assertNote("/proc/cpuinfo", "/proc, /sys and /dev are the kernel's");
			assertNote("/nova.conf/../../etc/shadow", "its path must be absolute");
			assertNote("nova.conf", "its path must be absolute");
		}
		finally {
			Files.delete(link);
		}
	}

	private static void assertNote(String novaConfPath, String text) {
		NodeReading reading = room.reader.read(withNovaConf(novaConfPath), DEADLINE);

		assertThat(reading.novaConf()).isNull();
		assertThat(reading.evidence().of(EvidenceKind.NOVA_CONF)).isEmpty();
		assertThat(reading.evidence().of(EvidenceKind.CAPABILITIES)).hasSize(1);
		assertThat(reading.notes()).singleElement().asString().contains(text);
	}

	@Test
	void checksStepByStep() {
		List<CheckStep> steps = room.reader.check(fleet.node(1), DEADLINE);

		assertThat(steps).allSatisfy((step) -> assertThat(step.ok()).as(step.detail()).isTrue());
		assertThat(steps).extracting(CheckStep::name)
			.containsExactly("libvirt's client library", "Settings of the connection", "Name and address", "Network",
					"Sign-in", "libvirt on the node", "nova.conf");
		assertThat(steps.get(5).detail()).contains("on demo-compute-1");
		assertThat(steps.get(6).detail()).contains("622 bytes", "0640");
	}

	@Test
	void endsTheCheckAtTheStepThatFails() {
		assertFailsAt(3, at("127.0.0.1", 1), "takes no connections");
		assertFailsAt(2, at("no-such-node.invalid", 16509), "does not know the name no-such-node.invalid");
		assertFailsAt(1, at("-oProxyCommand=x", 16509), "neither a host name nor an address");
		assertFailsAt(6, withNovaConf("/etc/nova/nothing.conf"), "There is no /etc/nova/nothing.conf");
		assertFailsAt(6, withNovaConf("/etc/nothing/nova.conf"), "there is no such file or directory");
	}

	private static void assertFailsAt(int index, Node node, String detail) {
		List<CheckStep> steps = room.reader.check(node, DEADLINE);

		assertThat(steps).hasSize(index + 1);
		assertThat(steps.subList(0, index)).allMatch(CheckStep::ok);
		assertThat(steps.get(index).ok()).isFalse();
		assertThat(steps.get(index).detail()).contains(detail);
	}

	@Test
	void leaksNothingOverTwoHundredSessions() throws IOException {
		for (int i = 0; i < 20; i++) {
			room.reader.read(fleet.node(1), DEADLINE);
		}
		long files = openFiles();
		long threads = Thread.getAllStackTraces().keySet().stream().filter(LibvirtNodeFactsReaderIT::ours).count();

		for (int i = 0; i < 200; i++) {
			NodeSession session = room.sessions.open(fleet.node(1), Deadline.in(DEADLINE));
			try (session) {
				session.call("reading its version", LibvirtConnection::libvirtVersion);
			}
			assertThat(session.referencesLeft()).isZero();
		}

		assertThat(openFiles()).isLessThanOrEqualTo(files + 3);
		assertThat(Thread.getAllStackTraces().keySet().stream().filter(LibvirtNodeFactsReaderIT::ours).count())
			.isLessThanOrEqualTo(threads + 1);
	}

	private static boolean ours(Thread thread) {
		return thread.getName().startsWith("libvirt-demo");
	}

	private static long openFiles() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.count();
		}
	}

	private static String uri() {
		return "qemu+tcp://127.0.0.1:" + fleet.node(1).port() + "/system";
	}

	private static String command(String... command) {
		DemoFleet.Result result = DemoFleet.run(new ProcessBuilder(command));
		assertThat(result.code()).as(result.output()).isZero();
		return result.output();
	}

}
