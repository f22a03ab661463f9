package io.virtwise.recommendation.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.recommendation.FactSource;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Verdict;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps snapshots, assessments and standings in the database.
 */
@Repository
class AssessmentStore {

	private static final String SELECT = """
			select a.id, a.node_id, a.snapshot_id, a.assessed_at, a.assessment, a.counterfactuals,
				s.source, s.evidence, s.evidence_sha256, s.facts, s.host_reading
			from node_assessment a join fact_snapshot s on s.id = a.snapshot_id
			where a.node_id = :nodeId order by a.number desc limit :limit""";

	private static final String SELECT_AT = SELECT.replace("where a.node_id = :nodeId",
			"where a.node_id = :nodeId and a.assessed_at <= :at");

	/** What a list can be sorted by, and the column that stands for it. */
	private static final Map<String, String> SORTABLE = Map.of("assessedAt", "a.number");

	private static final TypeReference<List<Counterfactual>> COUNTERFACTUALS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	/** Its own mapper: what is stored must not change with how the web is set up. */
	private final JsonMapper json = JsonMapper.builder().build();

	AssessmentStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The newest assessments of a node, newest first. */
	List<StoredAssessment> newest(String nodeId, int limit) {
		return this.jdbc.sql(SELECT).param("nodeId", nodeId).param("limit", limit).query(this::assessment).list();
	}

	Optional<StoredAssessment> latest(String nodeId) {
		return newest(nodeId, 1).stream().findFirst();
	}

	/** The newest assessment that the node had at this moment. */
	Optional<StoredAssessment> at(String nodeId, Instant at) {
		return this.jdbc.sql(SELECT_AT)
			.param("nodeId", nodeId)
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("limit", 1)
			.query(this::assessment)
			.optional();
	}

	/** One page of a node's assessments without what they rest on, newest first. */
	List<HistoryEntry> history(String nodeId, SliceRequest request) {
		return this.jdbc.sql("""
				select a.id, a.assessed_at, s.source, s.evidence_sha256, a.rulebase_revision, a.verdict, a.sentence
				from node_assessment a join fact_snapshot s on s.id = a.snapshot_id
				where a.node_id = :nodeId""" + request.order(SORTABLE, "a.number desc") + " limit :size offset :offset")
			.param("nodeId", nodeId)
			.param("size", request.size())
			.param("offset", request.offset())
			.query((row, number) -> new HistoryEntry(row.getString("id"),
					row.getObject("assessed_at", OffsetDateTime.class).toInstant(),
					FactSource.valueOf(row.getString("source")), row.getString("evidence_sha256"),
					row.getInt("rulebase_revision"), Verdict.valueOf(row.getString("verdict")),
					row.getString("sentence")))
			.list();
	}

	/** How many assessments of a node are stored. */
	long count(String nodeId) {
		return this.jdbc.sql("select count(*) from node_assessment where node_id = :nodeId")
			.param("nodeId", nodeId)
			.query(Long.class)
			.single();
	}

	Map<Verdict, Long> countsByVerdict() {
		Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
		for (Verdict verdict : Verdict.values()) {
			counts.put(verdict, 0L);
		}
		// counted from the index, less the few that were removed
		this.jdbc.sql("""
				select verdict, count(*) as nodes from node_standing where verdict is not null group by verdict
				union all
				select s.verdict, -count(*) as nodes from node n join node_standing s on s.node_id = n.id
				where n.name_key is null and s.verdict is not null group by s.verdict""").query((row) -> {
			counts.merge(Verdict.valueOf(row.getString("verdict")), row.getLong("nodes"), Long::sum);
		});
		return counts;
	}

	/** Where the node stands. */
	NodeStanding standing(String nodeId) {
		return this.jdbc.sql("select * from node_standing where node_id = :nodeId")
			.param("nodeId", nodeId)
			.query(AssessmentStore::standing)
			.optional()
			.orElse(NodeStanding.NONE);
	}

	/**
	 * Makes the caller's transaction the only one that may add to this node's facts: two
	 * of them at once would each merge with what the other has not stored yet.
	 */
	void lock(String nodeId) {
		this.jdbc.sql("insert into node_standing (node_id) values (:nodeId) on conflict do nothing")
			.param("nodeId", nodeId)
			.update();
		this.jdbc.sql("select node_id from node_standing where node_id = :nodeId for update")
			.param("nodeId", nodeId)
			.query(String.class)
			.single();
	}

	/** Adds an assessment with its snapshot; the caller holds the node's lock. */
	void add(StoredAssessment stored, @Nullable Integer differing) {
		OffsetDateTime at = stored.assessedAt().atOffset(ZoneOffset.UTC);
		Assessment assessment = stored.assessment();
		String facts = this.json.writeValueAsString(stored.facts());
		this.jdbc
			.sql("""
					insert into fact_snapshot (id, node_id, taken_at, source, evidence, evidence_sha256, facts, facts_sha256,
						host_reading)
					values (:id, :nodeId, :at, :source, :evidence, :hash, :facts, :factsHash, :reading)""")
			.param("id", stored.snapshotId())
			.param("nodeId", stored.nodeId())
			.param("at", at)
			.param("source", stored.source().name())
			.param("evidence", this.json.writeValueAsString(stored.evidence()))
			.param("hash", stored.evidenceHash().sha256())
			.param("facts", facts)
			.param("factsHash", ContentHash.of(facts).sha256())
			.param("reading", (stored.reading() != null) ? this.json.writeValueAsString(stored.reading()) : null)
			.update();
		this.jdbc.sql("""
				insert into node_assessment (id, node_id, number, snapshot_id, assessed_at, rulebase_revision,
					rulebase_sha256, verdict, sentence, assessment, counterfactuals)
				values (:id, :nodeId, :number, :snapshotId, :at, :revision, :sha256, :verdict, :sentence,
					:assessment, :counterfactuals)""")
			.param("id", stored.id())
			.param("nodeId", stored.nodeId())
			.param("number", count(stored.nodeId()) + 1)
			.param("snapshotId", stored.snapshotId())
			.param("at", at)
			.param("revision", assessment.rulebase().revision())
			.param("sha256", assessment.rulebase().sha256())
			.param("verdict", assessment.verdict().name())
			.param("sentence", assessment.sentence())
			.param("assessment", this.json.writeValueAsString(assessment))
			.param("counterfactuals", this.json.writeValueAsString(stored.counterfactuals()))
			.update();
		this.jdbc.sql("""
				update node_standing set assessment_id = :id, verdict = :verdict, assessed_at = :at,
					sentence = :sentence, differing = :differing where node_id = :nodeId""")
			.param("id", stored.id())
			.param("verdict", assessment.verdict().name())
			.param("at", at)
			.param("sentence", assessment.sentence())
			.param("differing", differing)
			.param("nodeId", stored.nodeId())
			.update();
	}

	/** Notes how a try to read the node ended; {@code null} clears an earlier failure. */
	void failure(String nodeId, @Nullable String message, Instant at) {
		this.jdbc.sql("update node_standing set failure = :message, failed_at = :at where node_id = :nodeId")
			.param("message", message)
			.param("at", (message != null) ? at.atOffset(ZoneOffset.UTC) : null)
			.param("nodeId", nodeId)
			.update();
	}

	static NodeStanding standing(ResultSet row, int number) throws SQLException {
		String verdict = row.getString("verdict");
		int differing = row.getInt("differing");
		boolean unknown = row.wasNull();
		return new NodeStanding((verdict != null) ? Verdict.valueOf(verdict) : null, instant(row, "assessed_at"),
				row.getString("sentence"), unknown ? null : Integer.valueOf(differing), row.getString("failure"),
				instant(row, "failed_at"));
	}

	private StoredAssessment assessment(ResultSet row, int number) throws SQLException {
		String reading = row.getString("host_reading");
		return new StoredAssessment(row.getString("id"), row.getString("node_id"), row.getString("snapshot_id"),
				row.getObject("assessed_at", OffsetDateTime.class).toInstant(),
				FactSource.valueOf(row.getString("source")),
				this.json.readValue(row.getString("evidence"), HeldEvidence.class),
				new ContentHash(row.getString("evidence_sha256")),
				this.json.readValue(row.getString("facts"), NodeFacts.class),
				(reading != null) ? this.json.readValue(reading, HostReading.class) : null,
				this.json.readValue(row.getString("assessment"), Assessment.class),
				this.json.readValue(row.getString("counterfactuals"), COUNTERFACTUALS));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

}
