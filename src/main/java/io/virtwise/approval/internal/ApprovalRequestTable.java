package io.virtwise.approval.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.ApprovalStatus;
import io.virtwise.approval.Decision;
import io.virtwise.approval.Subject;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Ids;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The tables of requests and decisions.
 */
@Repository
class ApprovalRequestTable {

	private final JdbcClient jdbc;

	ApprovalRequestTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(ApprovalRequest request) {
		this.jdbc
			.sql("insert into approval_request (id, subject_type, subject_id, subject_name, subject_path, content_sha256,"
					+ " requested_by, last_edited_by, requested_at, expires_at, needed, status, open_subject, version)"
					+ " values (:id, :type, :subject, :name, :path, :content, :requestedBy, :lastEditedBy, :requestedAt,"
					+ " :expiresAt, :needed, :status, :open, :version)")
			.param("id", request.id())
			.param("type", request.subject().type())
			.param("subject", request.subject().id())
			.param("name", request.subject().name())
			.param("path", request.subject().path())
			.param("content", request.content().sha256())
			.param("requestedBy", request.requestedBy())
			.param("lastEditedBy", request.lastEditedBy())
			.param("requestedAt", request.requestedAt().atOffset(ZoneOffset.UTC))
			.param("expiresAt", request.expiresAt().atOffset(ZoneOffset.UTC))
			.param("needed", request.needed())
			.param("status", request.status().key())
			.param("open", openSubject(request))
			.param("version", request.version())
			.update();
	}

	/** Writes status and expiry, and says whether the row was still of this version. */
	boolean update(ApprovalRequest request) {
		return this.jdbc
			.sql("update approval_request set status = :status, expires_at = :expiresAt, open_subject = :open,"
					+ " version = version + 1 where id = :id and version = :version")
			.param("status", request.status().key())
			.param("expiresAt", request.expiresAt().atOffset(ZoneOffset.UTC))
			.param("open", openSubject(request))
			.param("id", request.id())
			.param("version", request.version())
			.update() == 1;
	}

	void insert(ApprovalRequest request, Decision decision) {
		this.jdbc.sql(
				"insert into approval_decision (id, request_id, requested_by, last_edited_by, content_sha256, decided_by,"
						+ " outcome, remark, decided_at) values (:id, :request, :requestedBy, :lastEditedBy, :content,"
						+ " :decidedBy, :outcome, :remark, :decidedAt)")
			.param("id", Ids.next())
			.param("request", request.id())
			.param("requestedBy", request.requestedBy())
			.param("lastEditedBy", request.lastEditedBy())
			.param("content", request.content().sha256())
			.param("decidedBy", decision.decidedBy())
			.param("outcome", decision.outcome().key())
			.param("remark", decision.comment())
			.param("decidedAt", decision.decidedAt().atOffset(ZoneOffset.UTC))
			.update();
	}

	/** The id of the latest request for this subject. */
	Optional<String> latestId(String subjectType, String subjectId) {
		return this.jdbc
			.sql("select id from approval_request where subject_type = :type and subject_id = :subject"
					+ " order by requested_at desc, id desc limit 1")
			.param("type", subjectType)
			.param("subject", subjectId)
			.query(String.class)
			.optional();
	}

	Optional<ApprovalRequest> find(String id) {
		return select("where id = :id", id);
	}

	/** The same, with the row locked until the transaction ends. */
	Optional<ApprovalRequest> lock(String id) {
		return select("where id = :id for update", id);
	}

	/** Open requests, oldest first. */
	List<ApprovalRequest> open(Instant now, int limit) {
		return this.jdbc
			.sql("select * from approval_request where status = 'open' and expires_at > :now"
					+ " order by requested_at, id limit :limit")
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("limit", limit)
			.query(this::map)
			.list();
	}

	/** Open requests that this person neither asked for, edited nor decided. */
	List<ApprovalRequest> openFor(String personId, Instant now, int limit) {
		return this.jdbc
			.sql("select * from approval_request r " + OPEN_FOR + " order by r.requested_at, r.id limit :limit")
			.param("person", personId)
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("limit", limit)
			.query(this::map)
			.list();
	}

	long countOpenFor(String personId, Instant now) {
		return this.jdbc.sql("select count(*) from approval_request r " + OPEN_FOR)
			.param("person", personId)
			.param("now", now.atOffset(ZoneOffset.UTC))
			.query(Long.class)
			.single();
	}

	/** Ids of what should have ended by now. */
	List<String> overdue(Instant now) {
		return this.jdbc
			.sql("select id from approval_request where status in ('open', 'granted') and expires_at <= :now limit 500")
			.param("now", now.atOffset(ZoneOffset.UTC))
			.query(String.class)
			.list();
	}

	private static final String OPEN_FOR = "where r.status = 'open' and r.expires_at > :now"
			+ " and r.requested_by <> :person and r.last_edited_by <> :person and not exists"
			+ " (select 1 from approval_decision d where d.request_id = r.id and d.decided_by = :person)";

	private Optional<ApprovalRequest> select(String where, String id) {
		return this.jdbc.sql("select * from approval_request " + where).param("id", id).query(this::map).optional();
	}

	private ApprovalRequest map(ResultSet row, int number) throws SQLException {
		String id = row.getString("id");
		return new ApprovalRequest(id,
				new Subject(row.getString("subject_type"), row.getString("subject_id"), row.getString("subject_name"),
						row.getString("subject_path")),
				new ContentHash(row.getString("content_sha256")), row.getString("requested_by"),
				row.getString("last_edited_by"), instant(row, "requested_at"), instant(row, "expires_at"),
				row.getInt("needed"), ApprovalStatus.ofKey(row.getString("status")), decisions(id),
				row.getLong("version"));
	}

	private List<Decision> decisions(String requestId) {
		return this.jdbc
			.sql("select decided_by, outcome, remark, decided_at from approval_decision where request_id = :id"
					+ " order by decided_at, id")
			.param("id", requestId)
			.query((row, number) -> new Decision(row.getString("decided_by"),
					Decision.Outcome.ofKey(row.getString("outcome")), row.getString("remark"),
					instant(row, "decided_at")))
			.list();
	}

	private static @Nullable String openSubject(ApprovalRequest request) {
		boolean open = request.status() == ApprovalStatus.OPEN || request.status() == ApprovalStatus.GRANTED;
		return open ? request.subject().type() + "/" + request.subject().id() : null;
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}
