package io.virtwise.authoring.internal;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.virtwise.Corpus;
import io.virtwise.authoring.Impact;
import io.virtwise.authoring.ImpactChange;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceParts;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.FactSnapshots;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RulebaseComparison;
import io.virtwise.shared.ContentHash;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * How long a replay of a large fleet takes. Runs only where somebody asks for it:
 * {@code -Dimpact.nodes=100000 -Dimpact.different=100000} for as many nodes, and as many
 * different facts among them; {@code -Dimpact.database=H2} for one database alone.
 */
@OnBothDatabases
class ImpactScaleIT {

	private static final int NODES = Integer.getInteger("impact.nodes", 0);

	private static final int DIFFERENT = Integer.getInteger("impact.different", NODES);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Database database;

	/**
	 * H2 in files, as the portal has it: in memory it would fill the heap that is
	 * measured.
	 */
	ImpactScaleIT(Database database, @TempDir Path folder) {
		this.database = (NODES > 0 && database.name().equals("H2")) ? Database.inFiles(folder.resolve("fleet"))
				: database;
	}

	@Test
	void replaysTheFleet() throws InterruptedException {
		assumeThat(NODES).as("-Dimpact.nodes says how many").isPositive();
		assumeThat(this.database.name()).startsWith(System.getProperty("impact.database", ""));
		try (AnnotationConfigApplicationContext engine = new AnnotationConfigApplicationContext();
				HikariDataSource pool = pool(this.database.dataSource())) {
			engine.registerBean(Clock.class, Clock::systemUTC);
			engine.registerBean(JdbcClient.class, () -> JdbcClient.create(pool));
			engine.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(pool));
			engine.register(Engine.class);
			engine.refresh();
			List<NodeFacts> facts = facts(engine.getBean(FactReader.class));
			fill(facts.stream().map(JSON::writeValueAsString).toList());
			RuleWorkshop workshop = engine.getBean(RuleWorkshop.class);
			System.out.println("facts of a node: "
					+ facts.stream().mapToInt((one) -> JSON.writeValueAsString(one).length()).sum() / facts.size()
					+ " characters");
			List<RuleSource> files = workshop.shipped();
			CompiledRulebase before = workshop.build(1, files);
			for (String says : List.of("KVM is built into the kernel", mostOften(before, facts))) {
				CompiledRulebase after = workshop.build(2,
						files.stream().map((file) -> new RuleSource(file.path(), otherwise(file, says))).toList());
				replay(engine, workshop.compare(before, after), says);
			}
		}
	}

	private void replay(AnnotationConfigApplicationContext engine, RulebaseComparison rules, String says)
			throws InterruptedException {
		var workers = Executors.newFixedThreadPool(2);
		ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
		try {
			Stored stored = new Stored(
					new ImpactTable(engine.getBean(JdbcClient.class), engine.getBean(JdbcTemplate.class)));
			stored.begin();
			long cpu = cpu();
			long began = System.nanoTime();
			FleetReplay replay = new FleetReplay(engine.getBean(FactSnapshots.class), rules, stored);
			assertThat(replay.run(workers)).isTrue();
			stored.table.count(Stored.ID);
			System.out.printf(
					"%s: %d nodes, %d different facts, \"%s\" said otherwise: %d ms, %d nodes change in %d ways,"
							+ " heap %d MiB at most, processor time %d ms%n",
					this.database, NODES, DIFFERENT, says, (System.nanoTime() - began) / 1_000_000, stored.nodes,
					stored.ways, heap(), cpu() - cpu);
			assertThat(stored.nodes).as("nodes whose findings are worded anew").isPositive();
		}
		finally {
			workers.shutdownNow();
		}
	}

	/** The most that was used at once, of all parts of the heap. */
	private static long heap() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.mapToLong((pool) -> pool.getPeakUsage().getUsed())
			.sum() >> 20;
	}

	private static long cpu() {
		return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
	}

	private static HikariDataSource pool(DataSource source) {
		HikariConfig config = new HikariConfig();
		config.setDataSource(source);
		config.setMaximumPoolSize(4);
		return new HikariDataSource(config);
	}

	/** What most nodes are told, so that most of the fleet changes. */
	private static String mostOften(CompiledRulebase rulebase, List<NodeFacts> facts) {
		return facts.stream()
			.flatMap((one) -> rulebase.judge(one).findings().stream().map(Finding::title))
			.collect(Collectors.groupingBy((title) -> title, TreeMap::new, Collectors.counting()))
			.entrySet()
			.stream()
			.filter((entry) -> rulebase.rules()
				.stream()
				.anyMatch((rule) -> rule.text().contains('"' + entry.getKey() + '"')))
			.max(Map.Entry.comparingByValue())
			.orElseThrow()
			.getKey();
	}

	/** Another wording of a finding. */
	private static String otherwise(RuleSource file, String says) {
		return file.text().replace('"' + says + '"', '"' + says + ", really\"");
	}

	private List<NodeFacts> facts(FactReader reader) {
		List<NodeFacts> facts = new ArrayList<>();
		Rotating files = new Rotating();
		for (int at = 0; at < 300; at++) {
			ObjectNode body = JSON.createObjectNode();
			body.put(EvidenceKind.CPUINFO.part(), files.next("cpuinfo", at));
			body.put(EvidenceKind.CAPABILITIES.part(), files.next("capabilities", at));
			body.put(EvidenceKind.DOMAIN_CAPABILITIES.part(), files.next("domcapabilities", at));
			body.put(EvidenceKind.MODULES.part(), files.next("lsmod", at));
			body.put(EvidenceKind.DEV_KVM.part(), files.next("dev-kvm", at));
			body.put(EvidenceKind.NOVA_CONF.part(), files.next("nova.conf", at));
			body.put("release", List.of("2024.1", "train", "pike", "2023.2", "ussuri").get(at % 5));
			facts.add(reader.read(EvidenceParts.ofJson(body)));
		}
		return facts;
	}

	private void fill(List<String> facts) {
		JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
		OffsetDateTime at = OffsetDateTime.parse("2026-11-25T08:00:00Z");
		jdbc.update("insert into rule_revision (number, sha256, content_sha256, author, message, published_at)"
				+ " values (1, '', '', 'portal', '', ?)", at);
		jdbc.update("insert into rule_draft (id, number, from_revision, rests_on, message, status, status_at, author,"
				+ " created_at, version) values ('draft', 1, 1, 1, '', 'draft', ?, 'amara', ?, 0)", at, at);
		for (int from = 0; from < NODES; from += 1000) {
			List<Object[]> nodes = new ArrayList<>();
			List<Object[]> snapshots = new ArrayList<>();
			List<Object[]> assessments = new ArrayList<>();
			List<Object[]> standings = new ArrayList<>();
			for (int number = from; number < Math.min(NODES, from + 1000); number++) {
				String id = String.format("n%07d", number);
				int kind = number % DIFFERENT;
				String text = facts.get(kind % facts.size())
					.replaceFirst("\"logicalCpus\":\\d+", "\"logicalCpus\":" + (kind + 1));
				nodes.add(new Object[] { id, "cmp-" + number, at });
				snapshots.add(new Object[] { "s" + id, id, at, text, ContentHash.of(text).sha256() });
				assessments.add(new Object[] { "a" + id, id, "s" + id, at });
				standings.add(new Object[] { id, "a" + id, at });
			}
			jdbc.batchUpdate("insert into node (id, name, host, port, transport, labels, nova_conf_path, write_mode,"
					+ " version, created_at) values (?, ?, 'h', 16514, 'TLS', '{}', '/etc/nova/nova.conf', 'AUTO', 0, ?)",
					nodes);
			jdbc.batchUpdate(
					"insert into fact_snapshot (id, node_id, taken_at, source, evidence, evidence_sha256, facts,"
							+ " facts_sha256) values (?, ?, ?, 'SUBMITTED', '', '', ?, ?)",
					snapshots);
			jdbc.batchUpdate("insert into node_assessment (id, node_id, number, snapshot_id, assessed_at,"
					+ " rulebase_revision, rulebase_sha256, verdict, sentence, assessment)"
					+ " values (?, ?, 1, ?, ?, 1, '', 'READY', '', '{}')", assessments);
			jdbc.batchUpdate("insert into node_standing (node_id, assessment_id, verdict, assessed_at)"
					+ " values (?, ?, 'READY', ?)", standings);
		}
	}

	/**
	 * The corpus, over and over, each part at its own pace.
	 */
	private static final class Rotating {

		private final Map<String, List<String>> texts = new HashMap<>();

		String next(String folder, int at) {
			List<String> all = this.texts.computeIfAbsent(folder,
					(name) -> Corpus.files(name).stream().map(Corpus::text).toList());
			return all.get(at % all.size());
		}

	}

	/**
	 * Keeps what the portal keeps.
	 */
	private static final class Stored implements FleetReplay.Told {

		static final String ID = "impact";

		private final ImpactTable table;

		private long nodes;

		private long ways;

		Stored(ImpactTable table) {
			this.table = table;
		}

		void begin() {
			this.table.insert(new Impact(ID, "draft", ContentHash.of(""), 1, Impact.State.RUNNING, NODES, 0, 0, 0, null,
					"amara", Instant.EPOCH, null, null, List.of()), new FactSnapshots.Pulse(NODES, null));
		}

		@Override
		public String text(ImpactChange change) {
			return this.table.detail(change);
		}

		@Override
		public void changes(Map<Integer, ImpactChange> changes) {
			this.ways += changes.size();
			this.table.insertChanges(ID, changes);
		}

		@Override
		public void nodes(List<FactSnapshots.Head> more, List<Integer> changes) {
			this.nodes += more.size();
			this.table.insertNodes(ID, more, changes);
		}

		@Override
		public boolean goesOn(long done, long judged, long changed) {
			return this.table.progress(ID, done, judged, changed, Instant.EPOCH);
		}

	}

	/**
	 * The rooms that a replay needs.
	 */
	@Configuration(proxyBeanMethods = false)
	@ComponentScan(basePackages = { "io.virtwise.facts.internal", "io.virtwise.nova", "io.virtwise.rules",
			"io.virtwise.recommendation.internal" }, lazyInit = true)
	static class Engine {

	}

}
