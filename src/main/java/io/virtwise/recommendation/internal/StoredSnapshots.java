package io.virtwise.recommendation.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.FactSnapshots;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Snapshots as they are in the database.
 */
@Repository
class StoredSnapshots implements FactSnapshots {

	private static final String LATEST = " from node n join node_standing t on t.node_id = n.id"
			+ " join node_assessment a on a.id = t.assessment_id join fact_snapshot s on s.id = a.snapshot_id"
			+ " where n.removed_at is null";

	private static final String HEAD = "select n.id, n.name, s.id as snapshot_id, s.facts_sha256" + LATEST;

	static final String PAGE = HEAD + " and n.id > :after order by n.id limit :limit";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final ObjectReader FACTS = JSON.readerFor(NodeFacts.class);

	private final SharedParts parts = new SharedParts(JSON);

	private final JdbcClient jdbc;

	StoredSnapshots(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public Pulse pulse() {
		return this.jdbc.sql("select count(*) as nodes, max(t.assessed_at) as newest" + LATEST).query((row, number) -> {
			OffsetDateTime newest = row.getObject("newest", OffsetDateTime.class);
			return new Pulse(row.getLong("nodes"), (newest != null) ? newest.toInstant() : null);
		}).single();
	}

	@Override
	public List<Head> page(@Nullable String after, int limit) {
		return this.jdbc.sql(PAGE)
			.param("after", Objects.requireNonNullElse(after, ""))
			.param("limit", limit)
			.query(StoredSnapshots::head)
			.list();
	}

	@Override
	public List<Held> facts(Collection<String> snapshotIds) {
		if (snapshotIds.isEmpty()) {
			return List.of();
		}
		return this.jdbc.sql("select id, facts from fact_snapshot where id in (:ids)")
			.param("ids", snapshotIds)
			.query((row, number) -> (Held) new Text(row.getString("id"), row.getString("facts"), this.parts))
			.list();
	}

	@Override
	public @Nullable Head of(String nodeId) {
		return this.jdbc.sql(HEAD + " and n.id = :id")
			.param("id", nodeId)
			.query(StoredSnapshots::head)
			.optional()
			.orElse(null);
	}

	@Override
	public @Nullable Head at(String nodeId, Instant at) {
		return this.jdbc
			.sql("select n.id, n.name, s.id as snapshot_id, s.facts_sha256 from node n"
					+ " join node_assessment a on a.node_id = n.id join fact_snapshot s on s.id = a.snapshot_id"
					+ " where n.removed_at is null and n.id = :id and a.assessed_at <= :at"
					+ " order by a.number desc limit 1")
			.param("id", nodeId)
			.param("at", at.atOffset(ZoneOffset.UTC))
			.query(StoredSnapshots::head)
			.optional()
			.orElse(null);
	}

	/** What was stored before there were hashes is like nothing else. */
	private static Head head(ResultSet row, int number) throws SQLException {
		String id = row.getString("snapshot_id");
		return new Head(row.getString("id"), row.getString("name"), id,
				Objects.requireNonNullElse(row.getString("facts_sha256"), id));
	}

	/**
	 * Facts as the text that is stored.
	 */
	private record Text(String snapshotId, String text, SharedParts parts) implements Held {

		@Override
		public NodeFacts facts() {
			return FACTS.readValue(this.text);
		}

		@Override
		public NodeFacts bare() {
			return this.parts.read(this.text);
		}

	}

}
