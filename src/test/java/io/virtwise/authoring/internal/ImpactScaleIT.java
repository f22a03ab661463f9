package io.virtwise.authoring.internal;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

import io.virtwise.Corpus;
import io.virtwise.authoring.ImpactChange;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceParts;
import io.virtwise.facts.FactReader;
import io.virtwise.recommendation.FactSnapshots;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.shared.ContentHash;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.Test;
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
 * different facts among them.
 */
@OnBothDatabases
class ImpactScaleIT {

	private static final int NODES = Integer.getInteger("impact.nodes", 0);

	private static final int DIFFERENT = Integer.getInteger("impact.different", NODES);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Database database;

	ImpactScaleIT(Database database) {
		this.database = database;
	}

	@Test
	void replaysTheFleet() throws InterruptedException {
		assumeThat(NODES).as("-Dimpact.nodes says how many").isPositive();
		try (AnnotationConfigApplicationContext engine = new AnnotationConfigApplicationContext()) {
			engine.registerBean(Clock.class, Clock::systemUTC);
			engine.registerBean(JdbcClient.class, this.database::jdbc);
			engine.register(Engine.class);
			engine.refresh();
			fill(facts(engine.getBean(FactReader.class)));
			RuleWorkshop workshop = engine.getBean(RuleWorkshop.class);
			List<RuleSource> files = workshop.shipped();
			CompiledRulebase before = workshop.build(1, files);
			CompiledRulebase after = workshop.build(2,
					files.stream().map((file) -> new RuleSource(file.path(), said(file.text()))).toList());
			replay(engine.getBean(FactSnapshots.class), before, after);
		}
	}

	private void replay(FactSnapshots snapshots, CompiledRulebase before, CompiledRulebase after)
			throws InterruptedException {
		var workers = Executors.newFixedThreadPool(2);
		try {
			long[] found = new long[2];
			long began = System.nanoTime();
			FleetReplay replay = new FleetReplay(snapshots, before, after, new FleetReplay.Told() {

				@Override
				public String text(ImpactChange change) {
					return JSON.writeValueAsString(change);
				}

				@Override
				public void change(int number, ImpactChange change) {
					found[0]++;
				}

				@Override
				public void nodes(List<FactSnapshots.Head> nodes, List<Integer> changes) {
					found[1] += nodes.size();
				}

				@Override
				public boolean goesOn(long done, long judged, long changed) {
					return true;
				}

			});
			assertThat(replay.run(workers)).isTrue();
			long millis = (System.nanoTime() - began) / 1_000_000;
			System.out.printf(
					"%s: %d nodes, %d different facts: %d ms, %d nodes change in %d ways, heap %d MiB used,"
							+ " %d MiB at most, process CPU %d ms%n",
					this.database, NODES, DIFFERENT, millis, found[1], found[0],
					ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
					Runtime.getRuntime().maxMemory() >> 20,
					ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis());
			assertThat(found[1]).as("nodes whose findings are worded anew").isPositive();
		}
		finally {
			workers.shutdownNow();
		}
	}

	/** Another wording in some findings. */
	private static String said(String text) {
		return text.replace("\"KVM is built into the kernel\"", "\"The kernel has KVM built in\"");
	}

	private List<String> facts(FactReader reader) {
		List<String> facts = new ArrayList<>();
		for (String cpuinfo : Corpus.files("cpuinfo")) {
			ObjectNode body = JSON.createObjectNode();
			body.put(EvidenceKind.CPUINFO.part(), Corpus.text(cpuinfo));
			body.put(EvidenceKind.CAPABILITIES.part(), Corpus.text("capabilities/x86_64-haswell-kvm.xml"));
			body.put(EvidenceKind.MODULES.part(), "Module Size Used by\next4 1 0\n");
			body.put("release", "2024.1");
			facts.add(JSON.writeValueAsString(reader.read(EvidenceParts.ofJson(body))));
		}
		return facts;
	}

	private void fill(List<String> facts) {
		JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
		OffsetDateTime at = OffsetDateTime.parse("2026-11-25T08:00:00Z");
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
	 * The rooms that a replay needs.
	 */
	@Configuration(proxyBeanMethods = false)
	@ComponentScan(basePackages = { "io.virtwise.facts.internal", "io.virtwise.nova", "io.virtwise.rules",
			"io.virtwise.recommendation.internal" }, lazyInit = true)
	static class Engine {

	}

}
