package io.virtwise.recommendation.internal;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.virtwise.recommendation.FactSnapshots;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StoredSnapshots} on both databases.
 */
@OnBothDatabases
class StoredSnapshotsIT {

	private static final int NODES = 3000;

	private static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-22T14:02:00Z");

	private final JdbcClient jdbc;

	private final JdbcTemplate statements;

	StoredSnapshotsIT(Database database) {
		this.jdbc = database.jdbc();
		this.statements = new JdbcTemplate(database.dataSource());
	}

	/** Else each page of a large fleet reads and sorts all of it. */
	@Test
	void aPageIsReadInTheOrderOfNodes() {
		List<String> ids = IntStream.range(0, NODES).mapToObj("n%05d"::formatted).toList();
		fill("insert into node (id, name, name_key, created_at, host, port, transport, labels, nova_conf_path, write_mode, version)"
				+ " values (?, ?, ?, ?, 'h', 16514, 'TLS', '{}', '/etc/nova/nova.conf', 'AUTO', 0)", ids,
				(id) -> new Object[] { id, id, id, AT });
		fill("insert into fact_snapshot (id, node_id, taken_at, source, evidence, evidence_sha256, facts, facts_sha256)"
				+ " values (?, ?, ?, 'SUBMITTED', '', '', '{}', 'x')", ids, (id) -> new Object[] { id, id, AT });
		fill("insert into node_assessment (id, node_id, snapshot_id, assessed_at, number, rulebase_revision,"
				+ " rulebase_sha256, verdict, sentence, assessment) values (?, ?, ?, ?, 1, 1, '', 'READY', '', '{}')",
				ids, (id) -> new Object[] { id, id, id, AT });
		fill("insert into node_standing (node_id, assessment_id, assessed_at, verdict) values (?, ?, ?, 'READY')", ids,
				(id) -> new Object[] { id, id, AT });
		this.statements.execute("analyze");

		String plan = this.jdbc.sql("explain " + StoredSnapshots.PAGE)
			.param("after", "n00100")
			.param("limit", 1000)
			.query(String.class)
			.list()
			.toString()
			.toLowerCase(Locale.ROOT);

		assertThat(plan).as("H2, PostgreSQL").containsAnyOf("id > ?1 */", "node_pkey on node n");
		assertThat(new StoredSnapshots(this.jdbc).page("n00100", 2)).extracting(FactSnapshots.Head::nodeId)
			.containsExactly("n00101", "n00102");
	}

	private void fill(String sql, List<String> ids, Function<String, Object[]> row) {
		this.statements.batchUpdate(sql, ids.stream().map(row).toList());
	}

}
