package io.virtwise.upkeep.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import io.virtwise.upkeep.DriftFinding;
import io.virtwise.upkeep.DriftWatch.Unreachable;
import io.virtwise.upkeep.DriftWatch.Which;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The tables of the watch for drift.
 */
@Repository
class DriftTable {

	private static final String SELECT = "select f.*, c.number as change_number from drift_finding f"
			+ " join change_request c on c.id = f.change_id";

	/** What a list can be sorted by, and the column that stands for it. */
	private static final Map<String, String> SORTABLE = Map.of("foundAt", "f.found_at", "seenAt", "f.seen_at");

	/** Others may take the one that was picked; then the next one is tried. */
	private static final int TRIES = 10;

	private static final int NAMED = 20;

	private final JdbcClient jdbc;

	DriftTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The node is watched from now on, and looked at soon. */
	void watch(String nodeId, String nodeName, Instant nextAt) {
		this.jdbc
			.sql("insert into drift_watch (node_id, node_name, next_at) values (:node, :name, :next)"
					+ " on conflict do nothing")
			.param("node", nodeId)
			.param("name", nodeName)
			.param("next", utc(nextAt))
			.update();
		dueAt(nodeId, nextAt);
	}

	void dueAt(String nodeId, Instant nextAt) {
		this.jdbc.sql("update drift_watch set next_at = :next where node_id = :node")
			.param("next", utc(nextAt))
			.param("node", nodeId)
			.update();
	}

	void unwatch(String nodeId) {
		this.jdbc.sql("delete from drift_watch where node_id = :node").param("node", nodeId).update();
	}

	/** Makes the caller's transaction the only one that writes about this node. */
	boolean lock(String nodeId) {
		return this.jdbc.sql("select node_id from drift_watch where node_id = :node for update")
			.param("node", nodeId)
			.query(String.class)
			.optional()
			.isPresent();
	}

	boolean anyDue(Instant now) {
		return this.jdbc.sql("select count(*) from drift_watch where next_at <= :now")
			.param("now", utc(now))
			.query(Long.class)
			.single() > 0;
	}

	/** Takes the node that waits longest; nobody else takes it before its next time. */
	Optional<String> takeDue(Instant now, Instant nextAt) {
		for (int i = 0; i < TRIES; i++) {
			Optional<Due> due = this.jdbc
				.sql("select node_id, next_at from drift_watch where next_at <= :now order by next_at, node_id limit 1")
				.param("now", utc(now))
				.query((row, number) -> new Due(row.getString("node_id"),
						row.getObject("next_at", OffsetDateTime.class)))
				.optional();
			if (due.isEmpty()) {
				return Optional.empty();
			}
			int taken = this.jdbc.sql("update drift_watch set next_at = :next where node_id = :node and next_at = :was")
				.param("next", utc(nextAt))
				.param("node", due.get().nodeId())
				.param("was", due.get().at())
				.update();
			if (taken == 1) {
				return Optional.of(due.get().nodeId());
			}
		}
		return Optional.empty();
	}

	/** The node was read and compared. */
	void checked(String nodeId, String nodeName, Instant at) {
		this.jdbc
			.sql("update drift_watch set node_name = :name, checked_at = :at, failure = null, failed_at = null"
					+ " where node_id = :node")
			.param("name", nodeName)
			.param("at", utc(at))
			.param("node", nodeId)
			.update();
	}

	/** The node could not be read; what was seen earlier stays as it is. */
	void failed(String nodeId, String failure, Instant at) {
		this.jdbc.sql("update drift_watch set failure = :failure, failed_at = :at where node_id = :node")
			.param("failure", cut(failure))
			.param("at", utc(at))
			.param("node", nodeId)
			.update();
	}

	Optional<Row> row(String nodeId) {
		return this.jdbc.sql("select * from drift_watch where node_id = :node")
			.param("node", nodeId)
			.query((row, number) -> new Row(instant(row, "next_at"), instant(row, "checked_at"),
					row.getString("failure"), instant(row, "failed_at")))
			.optional();
	}

	Counts counts() {
		return this.jdbc.sql("select count(*) as watched, count(failure) as failed, count(checked_at) as checked,"
				+ " min(checked_at) as oldest, (select count(*) from drift_finding where closed_at is null) as open_now"
				+ " from drift_watch")
			.query((row, number) -> new Counts(row.getLong("watched"), row.getLong("open_now"), row.getLong("failed"),
					(row.getLong("checked") == row.getLong("watched")) ? instant(row, "oldest") : null))
			.single();
	}

	/** Nodes that could not be read, those first that were not compared for longest. */
	List<Unreachable> unreachable() {
		return this.jdbc
			.sql("select * from drift_watch where failure is not null order by checked_at, node_name limit :most")
			.param("most", NAMED)
			.query((row, number) -> new Unreachable(row.getString("node_id"), row.getString("node_name"),
					instant(row, "checked_at"), row.getString("failure"),
					row.getObject("failed_at", OffsetDateTime.class).toInstant()))
			.list();
	}

	void insert(DriftFinding finding) {
		this.jdbc
			.sql("insert into drift_finding (id, node_id, node_name, path, kind, change_id, approved_bytes, actual_bytes,"
					+ " found_at, seen_at, open_file, detail) values (:id, :node, :name, :path, :kind, :change, :approved, :actual,"
					+ " :found, :seen, :file, :detail)")
			.param("detail", cut(finding.detail()))
			.param("id", finding.id())
			.param("node", finding.nodeId())
			.param("name", finding.nodeName())
			.param("path", finding.path())
			.param("kind", finding.kind().key())
			.param("change", finding.changeId())
			.param("approved", finding.approved())
			.param("actual", finding.actual(), Types.BINARY)
			.param("found", utc(finding.foundAt()))
			.param("seen", utc(finding.seenAt()))
			.param("file", finding.nodeId() + " " + finding.path())
			.update();
	}

	/** It is still so, perhaps with other bytes. */
	void seen(DriftFinding finding) {
		this.jdbc
			.sql("update drift_finding set kind = :kind, change_id = :change, approved_bytes = :approved,"
					+ " actual_bytes = :actual, seen_at = :seen, detail = :detail where id = :id")
			.param("detail", cut(finding.detail()))
			.param("kind", finding.kind().key())
			.param("change", finding.changeId())
			.param("approved", finding.approved())
			.param("actual", finding.actual(), Types.BINARY)
			.param("seen", utc(finding.seenAt()))
			.param("id", finding.id())
			.update();
	}

	void close(String id, DriftFinding.Closing closing, Instant at) {
		this.jdbc
			.sql("update drift_finding set closed_at = :at, closing = :closing, open_file = null where id = :id"
					+ " and closed_at is null")
			.param("at", utc(at))
			.param("closing", closing.key())
			.param("id", id)
			.update();
	}

	List<DriftFinding> open(String nodeId) {
		return this.jdbc.sql(SELECT + " where f.node_id = :node and f.closed_at is null order by f.found_at")
			.param("node", nodeId)
			.query(DriftTable::finding)
			.list();
	}

	/** Everything that was ever found on this node, oldest first. */
	List<DriftFinding> all(String nodeId) {
		return this.jdbc.sql(SELECT + " where f.node_id = :node order by f.found_at")
			.param("node", nodeId)
			.query(DriftTable::finding)
			.list();
	}

	Optional<DriftFinding> find(String id) {
		return this.jdbc.sql(SELECT + " where f.id = :id").param("id", id).query(DriftTable::finding).optional();
	}

	Slice<DriftFinding> list(Which which, SliceRequest request) {
		String where = switch (which) {
			case OPEN -> " where f.closed_at is null";
			case CLOSED -> " where f.closed_at is not null";
			case ALL -> "";
		};
		long total = this.jdbc.sql("select count(*) from drift_finding f" + where).query(Long.class).single();
		List<DriftFinding> items = this.jdbc
			.sql(SELECT + where + request.order(SORTABLE, "f.found_at desc, f.id") + " limit :size offset :offset")
			.param("size", request.size())
			.param("offset", request.offset())
			.query(DriftTable::finding)
			.list();
		return new Slice<>(items, request.page(), request.size(), total);
	}

	private static DriftFinding finding(ResultSet row, int number) throws SQLException {
		String closing = row.getString("closing");
		return new DriftFinding(row.getString("id"), row.getString("node_id"), row.getString("node_name"),
				row.getString("path"), DriftFinding.Kind.ofKey(row.getString("kind")), row.getString("change_id"),
				row.getLong("change_number"), row.getBytes("approved_bytes"), row.getBytes("actual_bytes"),
				row.getObject("found_at", OffsetDateTime.class).toInstant(),
				row.getObject("seen_at", OffsetDateTime.class).toInstant(), instant(row, "closed_at"),
				(closing != null) ? DriftFinding.Closing.ofKey(closing) : null, row.getString("detail"));
	}

	private static @Nullable String cut(@Nullable String text) {
		return (text == null || text.length() <= 2000) ? text : text.substring(0, 2000);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	private record Due(String nodeId, OffsetDateTime at) {
	}

	/**
	 * When a node was and is looked at.
	 */
	record Row(@Nullable Instant nextAt, @Nullable Instant checkedAt, @Nullable String failure,
			@Nullable Instant failedAt) {
	}

	/**
	 * How many nodes are watched and how they stand.
	 */
	record Counts(long watched, long open, long failed, @Nullable Instant oldest) {
	}

}
