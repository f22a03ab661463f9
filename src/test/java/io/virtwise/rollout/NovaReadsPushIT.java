package io.virtwise.rollout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.libvirt.DemoFleet;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.NovaJudge;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.NovaFile;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nova's own code with Debian's oslo.config reads a node's /etc/nova after pushes to a
 * real libvirt, started in each of the ways that decide on the order of the files.
 */
class NovaReadsPushIT {

	private static final List<String> ALONE = List.of();

	private static final List<String> WITH_FILE = List.of("--config-file=/etc/nova/nova.conf");

	/** As Debian's unit for nova-compute does. */
	private static final List<String> DEBIAN = List.of("--config-file=/etc/nova/nova.conf",
			"--config-file=/etc/nova/nova-compute.conf");

	private static DemoFleet fleet;

	private static ChangeRooms rooms;

	private static Path script;

	@TempDir
	private static Path folder;

	@BeforeAll
	static void start() throws IOException {
		NovaJudge.assumeInstalled();
		fleet = DemoFleet.start(1, null);
		rooms = new ChangeRooms(Database.inFiles(folder.resolve("db")), null,
				Map.of("virtwise.libvirt.allow-tcp", "true"));
		script = NovaJudge.script(folder, "nova_reads.py");
	}

	@AfterAll
	static void stop() {
		if (rooms != null) {
			rooms.close();
		}
		if (fleet != null) {
			fleet.close();
		}
	}

	@BeforeEach
	void clean() throws IOException {
		try (Stream<Path> old = Files.walk(etcNova())) {
			for (Path path : old.sorted(Comparator.reverseOrder()).filter((one) -> !one.equals(etcNova())).toList()) {
				Files.delete(path);
			}
		}
		put("nova-compute.conf", "[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n");
	}

	@Test
	void readsADropInHoweverItIsStarted() throws Exception {
		put("nova.conf", "[DEFAULT]\nmy_ip = 10.0.0.7\n[libvirt]\nvirt_type = kvm\n");

		NodeReport node = push(WriteMode.AUTO, new Setting("libvirt", "virt_type", "kvm"),
				new Setting("libvirt", "cpu_mode", "host-passthrough"));

		assertThat(node.writeMode()).isEqualTo("drop-in");
		assertThat(node.path()).matches("/etc/nova/nova\\.conf\\.d/90-virtwise-[0-9]{9}\\.conf");
		for (List<String> way : List.of(ALONE, WITH_FILE, DEBIAN)) {
			JsonNode read = read(way);
			assertThat(read.get("virt_type").asString()).isEqualTo("kvm");
			assertThat(read.get("cpu_mode").asString()).isEqualTo("host-passthrough");
			assertThat(read.get("my_ip").asString()).isEqualTo("10.0.0.7");
		}
		assertThat(Files.readString(etcNova().resolve("nova.conf"))).doesNotContain("cpu_mode");
		assertThat(Files.readString(dropIn())).contains("cpu_mode = host-passthrough").doesNotContain("virt_type");
		assertThat(Files.getAttribute(dropIn(), "unix:gid")).isEqualTo(64060);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dropIn()))).isEqualTo("rw-r-----");
	}

	@Test
	void aLaterDropInTakesThePlaceOfTheOlderAndRollBackBringsThatBack() throws Exception {
		put("nova.conf", "[DEFAULT]\nmy_ip = 10.0.0.7\n");
		push(WriteMode.DROP_IN, new Setting("libvirt", "cpu_mode", "host-passthrough"));
		Path first = dropIn();

		NodeReport second = push(WriteMode.DROP_IN, new Setting("libvirt", "virt_type", "qemu"));

		assertThat(second.olderPath()).isEqualTo("/etc/nova/nova.conf.d/" + first.getFileName());
		assertThat(first).doesNotExist();
		assertThat(second.diff()).contains("+virt_type = qemu").doesNotContain("-cpu_mode");
		for (List<String> way : List.of(ALONE, WITH_FILE, DEBIAN)) {
			assertThat(read(way).get("virt_type").asString()).isEqualTo("qemu");
			assertThat(read(way).get("cpu_mode").asString()).isEqualTo("host-passthrough");
		}

		String change = last;
		as(INES, () -> rooms.rollouts().rollBack(change, "a try"));

		assertThat(rooms.settled(change).status()).isEqualTo(ChangeStatus.ROLLED_BACK);
		assertThat(dropIn()).isEqualTo(first);
		assertThat(read(DEBIAN).get("virt_type").asString()).isEqualTo("kvm");
		assertThat(read(DEBIAN).get("cpu_mode").asString()).isEqualTo("host-passthrough");
	}

	@Test
	void doesNotReadAStagedFile() throws Exception {
		put("nova.conf", "[DEFAULT]\nmy_ip = 10.0.0.7\n");
		Files.createDirectory(etcNova().resolve("nova.conf.d"));
		put("nova.conf.d/90-virtwise-000000099.conf.staged", "[libvirt]\nvirt_type = lxc\n");

		for (List<String> way : List.of(ALONE, WITH_FILE, DEBIAN)) {
			assertThat(read(way).get("virt_type").asString()).isEqualTo("kvm");
		}
	}

	/** The trap: which file wins depends on how nova-compute was started. */
	@Test
	void aDropInLosesToNovaConfWhereNovaIsStartedWithThatFile() throws Exception {
		put("nova.conf", "[libvirt]\nvirt_type = qemu\n");
		Files.createDirectory(etcNova().resolve("nova.conf.d"));
		put("nova.conf.d/90-virtwise.conf", "[libvirt]\nvirt_type = kvm\n");

		assertThat(read(ALONE).get("virt_type").asString()).isEqualTo("kvm");
		assertThat(read(WITH_FILE).get("virt_type").asString()).isEqualTo("qemu");
		assertThat(read(DEBIAN).get("virt_type").asString()).isEqualTo("qemu");
	}

	@Test
	void soSuchAnOptionIsWrittenInPlaceOrRefused() throws Exception {
		put("nova.conf", "[libvirt]\nvirt_type = qemu\n");
		Setting kvm = new Setting("libvirt", "virt_type", "kvm");

		assertThatExceptionOfType(Refused.class).isThrownBy(() -> plan(WriteMode.DROP_IN, kvm))
			.withMessageContaining("virt_type stands in /etc/nova/nova.conf, line 2")
			.withMessageContaining("--config-file");
		NodeReport node = push(WriteMode.AUTO, kvm);

		assertThat(node.writeMode()).isEqualTo("in-place");
		assertThat(node.writeReason()).contains("virt_type stands in /etc/nova/nova.conf, line 2");
		for (List<String> way : List.of(ALONE, WITH_FILE, DEBIAN)) {
			assertThat(read(way).get("virt_type").asString()).isEqualTo("kvm");
		}
	}

	/** In place is no better where another file sets the option. */
	@Test
	void refusesInPlaceWhatAnotherFileMayOverrule() throws Exception {
		put("nova.conf", "[libvirt]\ncpu_mode = none\n");
		put("nova-compute.conf", "[libvirt]\ncpu_mode = custom\n");
		assertThat(read(DEBIAN).get("cpu_mode").asString()).isEqualTo("custom");

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> plan(WriteMode.IN_PLACE, new Setting("libvirt", "cpu_mode", "host-model")))
			.withMessageContaining("also set in /etc/nova/nova-compute.conf, line 2");
	}

	private static String last = "";

	private NodeReport push(WriteMode mode, Setting... settings) throws IOException {
		ChangeRequest change = rooms.approved(prepared(mode, settings));
		last = change.id();
		as(INES, () -> rooms.rollouts().start(change.id()));
		assertThat(rooms.settled(change.id()).status()).as(rooms.report(change.id()) + "")
			.isEqualTo(ChangeStatus.RESTART_PENDING);
		return rooms.report(change.id()).nodes().get(0);
	}

	private ChangeRequest plan(WriteMode mode, Setting... settings) throws IOException {
		return rooms.plan(prepared(mode, settings));
	}

	private String prepared(WriteMode mode, Setting... settings) throws IOException {
		Node plain = fleet.node(1);
		rooms.register(new Node(plain.id(), plain.name(), plain.host(), plain.port(), Transport.TCP, null, null, "zed",
				null, Map.of(), Node.DEFAULT_NOVA_CONF, mode, 0, Instant.EPOCH));
		List<NovaFile> others = new ArrayList<>();
		others
			.add(new NovaFile("/etc/nova/nova-compute.conf", Files.readString(etcNova().resolve("nova-compute.conf"))));
		Path drops = etcNova().resolve("nova.conf.d");
		if (Files.isDirectory(drops)) {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(drops, "*.conf")) {
				for (Path file : files) {
					others.add(new NovaFile("/etc/nova/nova.conf.d/" + file.getFileName(), Files.readString(file)));
				}
			}
		}
		rooms.novaFiles(plain.id(), others.toArray(NovaFile[]::new));
		rooms.assessed(plain.id(), Files.readAllBytes(etcNova().resolve("nova.conf")), settings);
		return plain.id();
	}

	private static Path dropIn() throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(etcNova().resolve("nova.conf.d"))) {
			List<Path> all = new ArrayList<>();
			files.forEach(all::add);
			assertThat(all).hasSize(1);
			return all.get(0);
		}
	}

	private static Path etcNova() {
		return fleet.path(1, "/etc/nova");
	}

	private static void put(String name, String text) throws IOException {
		Path file = Files.writeString(etcNova().resolve(name), text);
		Files.setAttribute(file, "unix:gid", 64060);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
	}

	private static JsonNode read(List<String> arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("nsenter", "-t", Long.toString(fleet.pid(1)), "-m", "--",
				"/usr/bin/python3", "-W", "ignore", script.toString()));
		command.addAll(arguments);
		Path log = folder.resolve("nova.log");
		Process nova = new ProcessBuilder(command).redirectError(log.toFile()).start();
		String answer = new String(nova.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(nova.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(nova.exitValue()).as(Files.readString(log)).isZero();
		return JsonMapper.builder().build().readTree(answer);
	}

}
