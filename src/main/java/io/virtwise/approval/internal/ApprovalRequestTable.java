package io.virtwise.approval.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.ApprovalStatus;
import io.virtwise.approval.Decision;
import io.virtwise.approval.Demand;
import io.virtwise.approval.Grounds;
import io.virtwise.approval.Review;
import io.virtwise.approval.Risk;
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
					+ " requested_by, last_edited_by, requested_at, expires_at, needed, because,"
					+ " approver_groups, emergency, risk_options, risk_reboot, risk_nodes, risk_groups, risk_guests, risk_breaking,"
					+ " rulebase_revision, rules, status, open_subject, version) values (:id, :type, :subject, :name,"
					+ " :path, :content, :requestedBy, :lastEditedBy, :requestedAt, :expiresAt, :needed, :because,"
					+ " :groups, :emergency, :options, :reboot, :nodes, :nodeGroups, :guests, :breaking, :revision, :rules, :status,"
					+ " :open, :version)")
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
			.param("because", lines(request.demand().because()))
			.param("groups", groupLines(request.demand()))
			.param("emergency", request.emergency())
			.param("options", lines(request.grounds().risk().options()))
			.param("reboot", request.grounds().risk().reboot())
			.param("nodes", request.grounds().risk().nodes())
			.param("nodeGroups", lines(request.grounds().risk().groups()))
			.param("guests", request.grounds().risk().unchecked())
			.param("breaking", request.grounds().risk().breaking())
			.param("revision", request.grounds().rulebaseRevision())
			.param("rules", lines(request.grounds().rules()))
			.param("status", request.status().key())
			.param("open", openSubject(request))
			.param("version", request.version())
			.update();
	}

	/** Writes where it stands, and says whether the row was still of this version. */
	boolean update(ApprovalRequest request) {
		return this.jdbc
			.sql("update approval_request set status = :status, expires_at = :expiresAt, open_subject = :open,"
					+ " needed = :needed, because = :because, approver_groups = :groups, risk_guests = :guests,"
					+ " risk_breaking = :breaking, version = version + 1 where id = :id and version = :version")
			.param("guests", request.grounds().risk().unchecked())
			.param("breaking", request.grounds().risk().breaking())
			.param("needed", request.needed())
			.param("because", lines(request.demand().because()))
			.param("groups", groupLines(request.demand()))
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

	void insert(ApprovalRequest request, Review review) {
		this.jdbc
			.sql("insert into approval_review (request_id, requested_by, last_edited_by, content_sha256, decided_by,"
					+ " reviewed_by, remark, reviewed_at) values (:request, :requestedBy, :lastEditedBy, :content,"
					+ " :decidedBy, :reviewedBy, :remark, :at)")
			.param("request", request.id())
			.param("requestedBy", request.requestedBy())
			.param("lastEditedBy", request.lastEditedBy())
			.param("content", request.content().sha256())
			.param("decidedBy", request.decisions().get(request.decisions().size() - 1).decidedBy())
			.param("reviewedBy", review.reviewedBy())
			.param("remark", review.comment())
			.param("at", review.reviewedAt().atOffset(ZoneOffset.UTC))
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
	List<ApprovalRequest> openFor(String personId, Instant now) {
		return this.jdbc
			.sql("select * from approval_request r where r.status = 'open' and r.expires_at > :now"
					+ " and r.requested_by <> :person and r.last_edited_by <> :person and not exists"
					+ " (select 1 from approval_decision d where d.request_id = r.id and d.decided_by = :person)"
					+ " order by r.requested_at, r.id limit 500")
			.param("person", personId)
			.param("now", now.atOffset(ZoneOffset.UTC))
			.query(this::map)
			.list();
	}

	/** Emergencies that were started and that nobody has looked back at, oldest first. */
	List<ApprovalRequest> awaitingReview(int limit) {
		return this.jdbc
			.sql("select * from approval_request r where r.status = 'used' and r.emergency is not null and"
					+ " not exists (select 1 from approval_review v where v.request_id = r.id)"
					+ " order by r.requested_at, r.id limit :limit")
			.param("limit", limit)
			.query(this::map)
			.list();
	}

	/** Ids of what should have ended by now. */
	List<String> overdue(Instant now) {
		return this.jdbc
			.sql("select id from approval_request where status in ('open', 'granted') and expires_at <= :now limit 500")
			.param("now", now.atOffset(ZoneOffset.UTC))
			.query(String.class)
			.list();
	}

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
				new Demand(row.getInt("needed"), list(row, "because"), groups(row)),
				new Grounds(
						new Risk(list(row, "risk_options"), row.getBoolean("risk_reboot"), row.getInt("risk_nodes"),
								list(row, "risk_groups"), row.getInt("risk_guests"), row.getInt("risk_breaking")),
						row.getInt("rulebase_revision"), list(row, "rules")),
				row.getString("emergency"), ApprovalStatus.ofKey(row.getString("status")), decisions(id),
				(row.getString("emergency") != null) ? review(id) : null, row.getLong("version"));
	}

	private @Nullable Review review(String requestId) {
		return this.jdbc.sql("select reviewed_by, remark, reviewed_at from approval_review where request_id = :id")
			.param("id", requestId)
			.query((row, number) -> new Review(row.getString("reviewed_by"), row.getString("remark"),
					instant(row, "reviewed_at")))
			.optional()
			.orElse(null);
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

	private static String lines(List<String> words) {
		return String.join("\n", words);
	}

	private static List<String> list(ResultSet row, String column) throws SQLException {
		return row.getString(column).lines().toList();
	}

	/**
	 * A line per node group: the approver group that it demands, a tabulator, its name.
	 */
	private static String groupLines(Demand demand) {
		List<String> lines = new ArrayList<>();
		demand.groups().forEach((group, nodes) -> nodes.forEach((node) -> lines.add(group + "\t" + node)));
		return lines(lines);
	}

	private static Map<String, List<String>> groups(ResultSet row) throws SQLException {
		Map<String, List<String>> groups = new TreeMap<>();
		list(row, "approver_groups").forEach((line) -> {
			int tab = line.indexOf('\t');
			groups.computeIfAbsent(line.substring(0, tab), (key) -> new ArrayList<>()).add(line.substring(tab + 1));
		});
		return groups;
	}

	private static @Nullable String openSubject(ApprovalRequest request) {
		boolean open = request.status() == ApprovalStatus.OPEN || request.status() == ApprovalStatus.GRANTED;
		return open ? request.subject().type() + "/" + request.subject().id() : null;
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}
