package io.virtwise.rollout.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.virtwise.change.ChangeProgress.Step;
import io.virtwise.change.NodeStatus;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.rollout.FakeManagedFiles;
import io.virtwise.rollout.ManagedFiles;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A push, a node in memory that can be made to fail, and a journal in a real database.
 */
abstract class PushBench {

	static final JdbcDataSource dataSource = new JdbcDataSource();

	static final byte[] OLD = bytes("[DEFAULT]\nmy_ip = 10.0.0.7\n\n[libvirt]\nvirt_type = qemu\n# end\n");

	static final byte[] NEW = bytes("[DEFAULT]\nmy_ip = 10.0.0.7\n\n[libvirt]\nvirt_type = kvm\n# end\n\n");

	static final byte[] LONGER = bytes(
			"[DEFAULT]\nmy_ip = 10.0.0.7\n\n[libvirt]\nvirt_type = kvm\ncpu_mode = host-model\n# end\n");

	static final String FILE = "nova.conf";

	static final String ACCESS = "64060:64060 0640";

	static final RolloutProperties PROPERTIES = new RolloutProperties(Duration.ofSeconds(5), Duration.ofSeconds(60), 3,
			Duration.ZERO, Duration.ofSeconds(30), 3, Duration.ofSeconds(10), 10);

	final Node node = new Node("n1", "cmp-1", "127.0.0.1", 16601, Transport.TCP, null, null, "mitaka", null, Map.of(),
			"/etc/nova/nova.conf", WriteMode.IN_PLACE, 0, Instant.EPOCH);

	Instant now = Instant.parse("2026-11-23T08:00:00Z");

	FakeManagedFiles disk = new FakeManagedFiles();

	FaultyManagedFiles files = new FaultyManagedFiles(this.disk);

	final PushTable pushes = new PushTable(JdbcClient.create(dataSource));

	final StepTable steps = new StepTable(JdbcClient.create(dataSource));

	final PlatformTransactionManager transactions = new DataSourceTransactionManager(dataSource);

	byte[] target = NEW;

	Push.Kind kind = Push.Kind.FORWARD;

	String pushId = "";

	@BeforeAll
	static void createDatabase() {
		dataSource.setURL("jdbc:h2:mem:push-run;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
		Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
	}

	@BeforeEach
	void freshNode() {
		reset();
	}

	void push() {
		PushJournal journal = journal(this.transactions);
		assertThat(this.pushes.begin(this.pushId, journal.runner(), this.now, this.now.plusSeconds(60))).isTrue();
		run(journal);
	}

	/** Another portal, or the same one after its start. */
	void takeUp() {
		this.now = this.now.plusSeconds(120);
		PushJournal journal = journal(this.transactions);
		assertThat(journal.takeOver(this.pushId)).isTrue();
		run(journal);
	}

	void run(PushJournal journal) {
		byte[] before = OLD;
		Task task = (this.kind == Push.Kind.FORWARD)
				? new Task(this.kind, "cmp-1", "/etc/nova", FILE, "nova.conf.virtwise-118", before, this.target)
				: new Task(this.kind, "cmp-1", "/etc/nova", FILE, "nova.conf.virtwise-118-undo", this.target,
						Task.pad(before, this.target.length));
		new PushRun(end(), this.node, task, journal, (to) -> this.files.open(to, "/etc/nova", PROPERTIES.deadline()),
				PROPERTIES)
			.run();
	}

	PushJournal journal(PlatformTransactionManager manager) {
		Clock clock = new Clock() {
			@Override
			public java.time.ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(java.time.ZoneId zone) {
				return this;
			}

			@Override
			public Instant instant() {
				return PushBench.this.now;
			}
		};
		return new PushJournal(this.pushes, this.steps, PROPERTIES, clock, (event) -> {
		}, manager);
	}

	void put(String name, byte[] content, String mode, String owner, String group) {
		this.disk.put(this.node, "/etc/nova/" + name, content, mode, owner, group);
	}

	byte[] content(String name) {
		return this.disk.bytes(this.node, "/etc/nova/" + name);
	}

	/** Owner, group and mode of the file now. */
	String access() {
		try (ManagedFiles.Session session = this.disk.open(this.node, "/etc/nova", PROPERTIES.deadline())) {
			ManagedFiles.RemoteFile file = session.stat(FILE);
			return file.owner() + ":" + file.group() + " " + file.octalMode();
		}
	}

	Push end() {
		return this.pushes.find(this.pushId).orElseThrow();
	}

	List<Step> journal() {
		return this.steps.of(end().changeId()).getOrDefault("n1", List.of());
	}

	void reset() {
		reset(NEW, Push.Kind.FORWARD);
	}

	void reset(byte[] content, Push.Kind way) {
		reset(content, way, true);
	}

	void reset(byte[] content, Push.Kind way, boolean withFile) {
		this.target = content;
		this.kind = way;
		this.disk = new FakeManagedFiles();
		this.disk.directory(this.node, "/etc/nova");
		this.files = new FaultyManagedFiles(this.disk);
		if (withFile) {
			put(FILE, (way == Push.Kind.FORWARD) ? OLD : content, "0640", "64060", "64060");
		}
		insert();
	}

	void insert() {
		JdbcClient.create(dataSource).sql("update push set busy_node = null").update();
		this.pushId = "push-" + UUID.randomUUID().toString().substring(0, 20);
		String change = "c-" + UUID.randomUUID().toString().substring(0, 20);
		int round = this.pushes.nextRound(change);
		this.pushes.insert(new Push(this.pushId, change, round, 0, this.kind, "n1", NodeStatus.PENDING, this.now,
				Push.Phase.WAITING, Push.Holds.UNKNOWN, null, false, 0, null, null, null, null));
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
