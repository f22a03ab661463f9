package io.virtwise.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.Setting;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static io.virtwise.rollout.ChangeRooms.OLD;

/**
 * The rooms of a change on one database, with two nodes in memory.
 */
abstract class ChangeBench {

	static final AtomicInteger count = new AtomicInteger();

	static final String PATH = "/etc/nova/nova.conf";

	final Database database;

	final FakeManagedFiles files = new FakeManagedFiles();

	ChangeRooms rooms;

	Node one;

	Node two;

	ChangeBench(Database database) {
		this.database = database;
	}

	@BeforeEach
	void open() {
		this.rooms = rooms();
		this.one = node("one");
		this.two = node("two");
	}

	/** A portal on this database. */
	ChangeRooms rooms() {
		return new ChangeRooms(this.database, this.files, Map.of());
	}

	@AfterEach
	void close() {
		this.rooms.close();
		this.database.jdbc().sql("update push set busy_node = null, status = 'skipped'").update();
	}

	Node node(String name) {
		String id = name + count.incrementAndGet();
		Node node = new Node(id, "cmp-" + id, "127.0.0.1", 16601, Transport.TCP, null, null, "mitaka", null, Map.of(),
				PATH, WriteMode.AUTO, 0, Instant.EPOCH);
		this.rooms.register(node);
		this.rooms.assessed(id, OLD, new Setting("libvirt", "virt_type", "kvm"),
				new Setting("libvirt", "cpu_mode", "host-model"));
		this.files.directory(node, "/etc/nova");
		this.files.put(node, PATH, OLD, "0640", "64060", "64060");
		return node;
	}

	/** How many of these do not fail when all are let go at the same moment. */
	static int successes(List<Callable<Boolean>> attempts) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(attempts.size());
		CountDownLatch ready = new CountDownLatch(attempts.size());
		try {
			List<Future<Boolean>> results = new ArrayList<>();
			for (Callable<Boolean> attempt : attempts) {
				results.add(threads.submit(() -> {
					ready.countDown();
					ready.await();
					try {
						return attempt.call();
					}
					catch (Refused ex) {
						return false;
					}
				}));
			}
			int successes = 0;
			for (Future<Boolean> result : results) {
				successes += result.get() ? 1 : 0;
			}
			return successes;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
