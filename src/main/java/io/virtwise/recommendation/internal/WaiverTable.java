package io.virtwise.recommendation.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.recommendation.Waiver;
import io.virtwise.recommendation.Waivers.Which;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of waivers.
 */
@Repository
class WaiverTable {

	private static final String SELECT = "select w.*, n.name as node_name from waiver w join node n on n.id = w.node_id";

	/** What a list can be sorted by, and the column that stands for it. */
	private static final Map<String, String> SORTABLE = Map.of("createdAt", "w.created_at", "until", "w.until_day");

	private final JdbcClient jdbc;

	WaiverTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Adds it; a duplicate key says that the finding is waived already. */
	void insert(Waiver waiver) {
		this.jdbc
			.sql("insert into waiver (id, node_id, rule, title, reason, owner, until_day, facts_sha256, created_by,"
					+ " created_at, open_finding) values (:id, :node, :rule, :title, :reason, :owner, :until, :facts, :by, :at,"
					+ " :finding)")
			.param("id", waiver.id())
			.param("node", waiver.nodeId())
			.param("rule", waiver.rule())
			.param("title", waiver.title())
			.param("reason", waiver.reason())
			.param("owner", waiver.owner())
			.param("until", waiver.until())
			.param("facts", waiver.facts().sha256())
			.param("by", waiver.createdBy())
			.param("at", waiver.createdAt().atOffset(ZoneOffset.UTC))
			.param("finding", waiver.nodeId() + " " + ContentHash.of(waiver.rule() + "\n" + waiver.title()).sha256())
			.update();
	}

	/** Ends it, and says whether it had not ended yet. */
	boolean end(String id, Waiver.Ending ending, @Nullable String personId, Instant at) {
		return this.jdbc
			.sql("update waiver set ended_at = :at, ended_by = :by, ending = :ending, open_finding = null"
					+ " where id = :id and ended_at is null")
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("by", personId)
			.param("ending", ending.key())
			.param("id", id)
			.update() == 1;
	}

	Optional<Waiver> find(String id) {
		return this.jdbc.sql(SELECT + " where w.id = :id").param("id", id).query(WaiverTable::waiver).optional();
	}

	/** Those of the node that were not ended. */
	List<Waiver> open(String nodeId) {
		return this.jdbc.sql(SELECT + " where w.node_id = :node and w.ended_at is null order by w.created_at")
			.param("node", nodeId)
			.query(WaiverTable::waiver)
			.list();
	}

	/** Those that were not ended although their last day is before this one. */
	List<Waiver> overdue(LocalDate today) {
		return this.jdbc.sql(SELECT + " where w.ended_at is null and w.until_day < :today")
			.param("today", today)
			.query(WaiverTable::waiver)
			.list();
	}

	Slice<Waiver> list(Which which, @Nullable String nodeId, LocalDate today, SliceRequest request) {
		String where = " where (cast(:node as varchar) is null or w.node_id = :node) and " + switch (which) {
			case ACTIVE -> "w.ended_at is null and w.until_day >= :today";
			case ENDED -> "(w.ended_at is not null or w.until_day < :today)";
			case ALL -> "(w.until_day >= :today or w.until_day < :today)";
		};
		long total = this.jdbc.sql("select count(*) from waiver w" + where)
			.param("node", nodeId)
			.param("today", today)
			.query(Long.class)
			.single();
		List<Waiver> items = this.jdbc
			.sql(SELECT + where + request.order(SORTABLE, "w.created_at desc, w.id") + " limit :size offset :offset")
			.param("node", nodeId)
			.param("today", today)
			.param("size", request.size())
			.param("offset", request.offset())
			.query(WaiverTable::waiver)
			.list();
		return new Slice<>(items, request.page(), request.size(), total);
	}

	private static Waiver waiver(ResultSet row, int number) throws SQLException {
		OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
		String ending = row.getString("ending");
		return new Waiver(row.getString("id"), row.getString("node_id"), row.getString("node_name"),
				row.getString("rule"), row.getString("title"), row.getString("reason"), row.getString("owner"),
				row.getObject("until_day", LocalDate.class), new ContentHash(row.getString("facts_sha256")),
				row.getString("created_by"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
				(ended != null) ? ended.toInstant() : null, row.getString("ended_by"),
				(ending != null) ? Waiver.Ending.ofKey(ending) : null);
	}

}
