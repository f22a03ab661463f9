package io.virtwise.rollout;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.concurrent.locks.LockSupport;

import io.virtwise.change.Surroundings;
import io.virtwise.libvirt.DemoFleet;
import io.virtwise.node.Node;
import io.virtwise.rollout.PortalToKill.Told;
import io.virtwise.shared.ContentHash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the pushing process (kill -9) at random moments and proves from the nodes' files
 * and the journal that each push ends with the old or the new bytes, known as such, and
 * that nothing was done twice. As often as the property {@code kills} says; with
 * {@code kills.jvm} the killed process gets more options, such as an archive of classes
 * that lets it start sooner.
 */
class KilledPortalIT {

	private static final int KILLS = Integer.getInteger("kills", 4);

	private static final int LONGEST_LIFE = 1200;

	private static final List<String> OVER = List.of("in-force", "restart-pending", "rolled-back", "failed");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static DemoFleet fleet;

	@TempDir
	private static Path folder;

	private final Random random = new Random(Long.getLong("kills.seed", System.nanoTime()));

	private final Map<String, Integer> ends = new TreeMap<>();

	private final Map<String, Integer> cutOff = new TreeMap<>();

	private final Map<String, Integer> files = new TreeMap<>();

	private long lastSeen;

	@BeforeAll
	static void start() throws IOException {
		fleet = DemoFleet.start(2, null);
		// Large enough that some kills fall into the upload itself.
		put(1, "[DEFAULT]\n# " + "x".repeat(400_000) + "\n[libvirt]\ncpu_model_extra_flags = none\n");
		put(2, "[DEFAULT]\nmy_ip = 10.0.0.7\n\n[libvirt]\nvirt_type = qemu\n");
	}

	@AfterAll
	static void stop() {
		if (fleet != null) {
			fleet.close();
		}
	}

	@Test
	void everyPushEndsKnownAndWholeHoweverOftenThePortalIsKilled() throws Exception {
		for (int kill = 1; kill <= KILLS; kill++) {
			try (Life life = new Life(kill, this.lastSeen)) {
				check(life.told());
				if (kill % 10 == 1) {
					tell(kill - 1);
				}
				clean();
				life.go();
				LockSupport.parkNanos(Duration.ofMillis(this.random.nextInt(LONGEST_LIFE)).toNanos());
				life.kill();
			}
			look();
		}
		try (Life life = new Life(KILLS + 1, this.lastSeen)) {
			check(life.told());
		}
		tell(KILLS);
		assertThat(this.ends).isNotEmpty();
	}

	private void tell(int kills) {
		int pushes = this.ends.values().stream().mapToInt(Integer::intValue).sum();
		System.out
			.printf("%d of %d kills: %d pushes, each known and whole; ends %s; cut off in %s; files right after the"
					+ " kill %s%n", kills, KILLS, pushes, this.ends, this.cutOff, this.files);
	}

	/** What a portal finds at its start must be what the nodes' files say. */
	private void check(List<Told> told) throws IOException {
		Map<String, Told> last = new LinkedHashMap<>();
		for (Told change : told) {
			boolean begun = change.starts() > 0;
			if (begun) {
				last.putIfAbsent(change.node(), change);
			}
			if (begun && change.number() > this.lastSeen) {
				checkJournal(change);
			}
		}
		for (Told change : last.values()) {
			checkFile(change);
		}
		this.lastSeen = told.stream().mapToLong(Told::number).max().orElse(this.lastSeen);
	}

	private void checkJournal(Told change) {
		String all = change + "";
		assertThat(change.status()).as(all).isIn(OVER);
		assertThat(change.nodeStatus()).as(all).isIn(OVER);
		assertThat(change.starts()).as("started once: %s", all).isEqualTo(1);
		Map<String, Integer> done = new HashMap<>();
		for (String step : change.steps()) {
			String[] words = step.split(" ", 3);
			assertThat(words[1]).as(all).isNotEqualTo("running");
			if (words[1].equals("done") || words[1].equals("put-back")) {
				done.merge(words[0], 1, Integer::sum);
			}
			if (step.contains("nobody knows how this ended")) {
				this.cutOff.merge(words[0], 1, Integer::sum);
			}
		}
		for (String once : List.of("write", "put-back", "end", "publish", "remove-older")) {
			assertThat(done.getOrDefault(once, 0)).as("%s at most once: %s", once, all).isLessThanOrEqualTo(1);
		}
		this.ends.merge(change.nodeStatus(), 1, Integer::sum);
	}

	private static void checkFile(Told change) throws IOException {
		if (change.path().contains(Surroundings.FOLDER)) {
			checkFolder(change);
			return;
		}
		byte[] now = Files.readAllBytes(file(change));
		boolean isNew = change.nodeStatus().equals("restart-pending");
		String hash = isNew ? change.afterHash() : change.beforeHash();
		int size = isNew ? change.afterSize() : change.beforeSize();
		assertThat(now.length).as(change + "").isGreaterThanOrEqualTo(size);
		assertThat(ContentHash.of(Arrays.copyOf(now, size)).sha256()).as(change + "").isEqualTo(hash);
		assertThat(new String(now, size, now.length - size, StandardCharsets.UTF_8)).as(change + "").matches("\n*");
		try (DirectoryStream<Path> copies = Files.newDirectoryStream(file(change).getParent(),
				"*.virtwise-" + change.number() + "-*")) {
			assertThat(copies).as("copied once: %s", change).isEmpty();
		}
	}

	/** Exactly one drop-in of ours is there, the new or the older one, whole. */
	private static void checkFolder(Told change) throws IOException {
		boolean isNew = change.nodeStatus().equals("restart-pending");
		String path = isNew ? change.path() : change.olderPath();
		List<String> names = new ArrayList<>();
		try (DirectoryStream<Path> all = Files.newDirectoryStream(file(change).getParent())) {
			all.forEach((each) -> names.add(each.getFileName().toString()));
		}
		if (path == null) {
			assertThat(names).as(change + "").isEmpty();
			return;
		}
		Path file = etcNova(2).resolve(Surroundings.FOLDER).resolve(path.substring(path.lastIndexOf('/') + 1));
		assertThat(names).as(change + "").containsExactly(file.getFileName().toString());
		assertThat(ContentHash.of(Files.readAllBytes(file)).sha256()).as(change + "")
			.isEqualTo(isNew ? change.afterHash() : change.beforeHash());
	}

	/** What the files are like in the moment of death, for the figures. */
	private void look() throws IOException {
		Path folder = etcNova(2).resolve(Surroundings.FOLDER);
		String[] names = Files.isDirectory(folder) ? folder.toFile().list() : new String[0];
		this.files.merge(((names != null) ? names.length : 0) + " in nova.conf.d", 1, Integer::sum);
	}

	/** Old copies would make each look at the folder slower. */
	private static void clean() throws IOException {
		for (int k = 1; k <= 2; k++) {
			try (DirectoryStream<Path> copies = Files.newDirectoryStream(etcNova(k), "*.virtwise-*")) {
				for (Path copy : copies) {
					Files.delete(copy);
				}
			}
		}
	}

	private static Path file(Told change) {
		return fleet.path(Integer.parseInt(change.node().substring(4)), change.path());
	}

	private static Path etcNova(int k) {
		return fleet.path(k, "/etc/nova");
	}

	private static void put(int k, String text) throws IOException {
		Path file = etcNova(k).resolve("nova.conf");
		Files.writeString(file, text);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
	}

	/**
	 * One life of the portal, ended by kill -9.
	 */
	private static final class Life implements AutoCloseable {

		private final Process process;

		private final BufferedReader answers;

		private final Path log;

		Life(int number, long lastSeen) throws IOException {
			this.log = folder.resolve("life-" + number + ".log");
			List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
					"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djna.encoding=UTF-8"));
			String more = System.getProperty("kills.jvm", "");
			if (!more.isBlank()) {
				command.addAll(List.of(more.split(" ")));
			}
			command.addAll(List.of("-cp", System.getProperty("java.class.path"), PortalToKill.class.getName(),
					folder.resolve("db").toString(), Long.toString(lastSeen)));
			for (int k = 1; k <= 2; k++) {
				Node node = fleet.node(k);
				command.addAll(List.of("" + node.port(), (k == 1) ? "IN_PLACE" : "DROP_IN", etcNova(k).toString()));
			}
			this.process = new ProcessBuilder(command).redirectError(this.log.toFile()).start();
			this.answers = new BufferedReader(
					new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
		}

		List<Told> told() throws IOException {
			List<Told> told = new ArrayList<>();
			String line = this.answers.readLine();
			while (line != null && !line.equals("READY")) {
				if (line.startsWith("CHANGE ")) {
					told.add(JSON.readValue(line.substring(7), Told.class));
				}
				line = this.answers.readLine();
			}
			assertThat(line).as(Files.readString(this.log)).isNotNull();
			return told;
		}

		/** Lets it push, and comes back once the first pushes were started. */
		void go() throws IOException {
			BufferedWriter word = new BufferedWriter(
					new OutputStreamWriter(this.process.getOutputStream(), StandardCharsets.UTF_8));
			word.write("go\n");
			word.flush();
			String answer = this.answers.readLine();
			if (!"STARTED".equals(answer)) {
				String why = this.answers.lines().limit(12).collect(Collectors.joining("\n"));
				throw new AssertionError(answer + "\n" + why + "\n" + Files.readString(this.log));
			}
		}

		/** As {@code kill -9} does; a portal that ended by itself would prove nothing. */
		void kill() throws IOException, InterruptedException {
			assertThat(this.process.isAlive()).as(Files.readString(this.log)).isTrue();
			this.process.destroyForcibly();
			assertThat(this.process.waitFor()).isEqualTo(128 + 9);
		}

		@Override
		public void close() {
			this.process.destroyForcibly();
			this.process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
		}

	}

}
