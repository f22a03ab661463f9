package io.virtwise.rollout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import io.virtwise.change.ChangeFilter;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeReport.StepReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeSummary;
import io.virtwise.change.Surroundings;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.NovaFile;
import io.virtwise.shared.SliceRequest;
import io.virtwise.testing.Database;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.MARA;
import static io.virtwise.rollout.ChangeRooms.as;

/**
 * The process that {@link KilledPortalIT} kills: the rooms approval, change, rollout and
 * libvirt as the portal has them, on a database in files. It says what became of the
 * pushes that were cut off, waits for a word, and then pushes without end.
 */
final class PortalToKill {

	private static final Logger log = LoggerFactory.getLogger(PortalToKill.class);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ChangeRooms rooms;

	private final List<Target> targets;

	private final PrintStream answers;

	private PortalToKill(ChangeRooms rooms, List<Target> targets, PrintStream answers) {
		this.rooms = rooms;
		this.targets = targets;
		this.answers = answers;
	}

	/**
	 * Runs it.
	 * @param arguments the database, the number of the last change that was told about,
	 * then for each node: port, write mode, and where its /etc/nova is on this machine
	 */
	public static void main(String[] arguments) throws IOException {
		List<Target> targets = new ArrayList<>();
		for (int i = 2; i < arguments.length; i += 3) {
			String id = "node" + ((i + 1) / 3);
			Node node = new Node(id, "demo-" + id, "127.0.0.1", Integer.parseInt(arguments[i]), Transport.TCP, null,
					null, "2024.1", null, Map.of(), Node.DEFAULT_NOVA_CONF, WriteMode.valueOf(arguments[i + 1]), 0,
					Instant.EPOCH);
			targets.add(new Target(node, Path.of(arguments[i + 2])));
		}
		ChangeRooms rooms = new ChangeRooms(Database.inFiles(Path.of(arguments[0])), null,
				Map.of("virtwise.libvirt.allow-tcp", "true", "virtwise.rollout.deadline", "30s",
						"virtwise.rollout.lease", "60s", "virtwise.rollout.sweep", "1s", "virtwise.rollout.retry-after",
						"1s"),
				targets.stream().map(Target::node).toArray(Node[]::new));
		PortalToKill portal = new PortalToKill(rooms, targets, System.out);
		portal.settle();
		portal.tell(Long.parseLong(arguments[1]));
		BufferedReader words = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		words.readLine();
		endWith(words);
		try {
			for (long round = System.nanoTime();; round++) {
				portal.push(round);
			}
		}
		catch (RuntimeException | AssertionError ex) {
			log.error("Pushing came to an end", ex);
			Runtime.getRuntime().halt(3);
		}
	}

	/** Nobody shall push for ever because the test was ended. */
	private static void endWith(BufferedReader words) {
		Thread watch = new Thread(() -> {
			try {
				words.readLine();
			}
			catch (IOException ex) {
				log.error("The test is gone", ex);
			}
			Runtime.getRuntime().halt(4);
		}, "parent-watch");
		watch.setDaemon(true);
		watch.start();
	}

	/** Waits until every change that was begun is over. */
	private void settle() {
		long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
		while (as(MARA, () -> this.rooms.changes().countsByStatus()).getOrDefault(ChangeStatus.RUNNING, 0L) > 0) {
			if (System.nanoTime() > end) {
				return; // what is told says so
			}
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
	}

	private void tell(long lastTold) {
		for (ChangeSummary change : latest()) {
			if (change.number() > lastTold) {
				this.answers.println("CHANGE " + JSON.writeValueAsString(said(change)));
			}
		}
		this.answers.println("READY");
		this.answers.flush();
	}

	/** More than one life of the process can begin. */
	private List<ChangeSummary> latest() {
		return as(MARA,
				() -> this.rooms.changes()
					.list(new ChangeFilter(null, null),
							SliceRequest.of(0, 40, "number,desc", java.util.Set.of("number")))
					.items());
	}

	private Told said(ChangeSummary change) {
		NodeReport node = this.rooms.report(change.id()).nodes().get(0);
		List<String> steps = node.journal().stream().map(PortalToKill::line).toList();
		long starts = as(MARA, () -> this.rooms.changes().log(change.id())).stream()
			.filter((entry) -> entry.verb().equals("started"))
			.count();
		return new Told(change.number(), change.status().key(), starts, node.id(), node.path(), node.olderPath(),
				node.status(), node.before().hash(), node.before().size(), node.after().hash(), node.after().size(),
				steps);
	}

	private static String line(StepReport step) {
		return step.step() + " " + step.outcome() + " " + step.text();
	}

	private void push(long round) throws IOException {
		List<ChangeRequest> started = new ArrayList<>();
		for (Target target : this.targets) {
			byte[] now = Files.readAllBytes(target.folder().resolve("nova.conf"));
			this.rooms.novaFiles(target.node().id(), dropIns(target.folder().resolve(Surroundings.FOLDER)));
			this.rooms.assessed(target.node().id(), now,
					new Setting("libvirt", "cpu_model_extra_flags", "flag" + Long.toHexString(round)));
			ChangeRequest change = this.rooms.approved(target.node().id());
			started.add(as(INES, () -> this.rooms.rollouts().start(change.id())));
		}
		this.answers.println("STARTED");
		this.answers.flush();
		started.forEach((change) -> this.rooms.settled(change.id()));
	}

	/** As a probe reads them. */
	private static NovaFile[] dropIns(Path folder) throws IOException {
		List<NovaFile> found = new ArrayList<>();
		if (Files.isDirectory(folder)) {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.conf")) {
				for (Path file : files) {
					found.add(new NovaFile("/etc/nova/nova.conf.d/" + file.getFileName(), Files.readString(file)));
				}
			}
		}
		return found.toArray(NovaFile[]::new);
	}

	/**
	 * A node and where its files are.
	 */
	private record Target(Node node, Path folder) {
	}

	/**
	 * What the portal says about a change of one node.
	 */
	record Told(long number, String status, long starts, String node, String path, @Nullable String olderPath,
			String nodeStatus, String beforeHash, int beforeSize, String afterHash, int afterSize, List<String> steps) {
	}

}
