package io.virtwise.change.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.change.ChangeFilter;
import io.virtwise.change.ChangeLogEntry;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeSummary;
import io.virtwise.change.Changes;
import io.virtwise.change.DriftAnswer;
import io.virtwise.change.Placement;
import io.virtwise.change.PlannedNode;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The tables of changes.
 */
@Repository
class ChangeTable {

	/** What lists can be sorted by, and the column for it. */
	static final Map<String, String> SORTABLE = Map.of("number", "number", "status", "status", "createdAt",
			"planned_at", "updatedAt", "status_at");

	private static final int NAMES_SHOWN = 3;

	private final JdbcClient jdbc;

	ChangeTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	long nextNumber() {
		return this.jdbc.sql("select nextval('change_number')").query(Long.class).single();
	}

	void insert(ChangeRequest change) {
		this.jdbc
			.sql("insert into change_request (id, number, title, reason, status, status_at, status_note, planned_by,"
					+ " planned_at, requested_by, submitted_at, rulebase_revision, rulebase_sha256, content_sha256, version)"
					+ " values (:id, :number, :title, :reason, :status, :statusAt, :note, :plannedBy, :plannedAt,"
					+ " :requestedBy, :submittedAt, :revision, :rulebase, :content, :version)")
			.param("id", change.id())
			.param("number", change.number())
			.param("title", change.title())
			.param("reason", change.reason())
			.param("status", change.status().key())
			.param("statusAt", utc(change.statusAt()))
			.param("note", change.statusNote())
			.param("plannedBy", change.plannedBy())
			.param("plannedAt", utc(change.plannedAt()))
			.param("requestedBy", change.requestedBy())
			.param("submittedAt", utc(change.submittedAt()))
			.param("revision", change.rulebaseRevision())
			.param("rulebase", change.rulebaseSha256())
			.param("content", change.content().sha256())
			.param("version", change.version())
			.update();
		for (int i = 0; i < change.nodes().size(); i++) {
			insert(change.id(), i, change.nodes().get(i));
		}
	}

	private void insert(String changeId, int position, PlannedNode node) {
		ContentHash around = node.placement().around();
		DriftAnswer answer = node.answer();
		this.jdbc
			.sql("insert into change_node (change_id, position, node_id, node_name, target, path, release_name, running_guests,"
					+ " facts_sha256, before_sha256, after_sha256, before_bytes, after_bytes, write_mode, write_reason,"
					+ " nova_conf, older_path, around_sha256, drift_answer, drift_approved) values (:change, :position, :node, :name, :target, :path, :release,"
					+ " :guests, :facts, :beforeHash, :afterHash, :before, :after, :mode, :modeReason, :novaConf, :older,"
					+ " :around, :answer, :approved)")
			.param("change", changeId)
			.param("position", position)
			.param("node", node.nodeId())
			.param("name", node.nodeName())
			.param("target", node.target())
			.param("path", node.path())
			.param("release", node.release())
			.param("guests", node.runningGuests())
			.param("facts", node.facts().sha256())
			.param("beforeHash", node.beforeHash().sha256())
			.param("afterHash", node.afterHash().sha256())
			.param("before", node.before())
			.param("after", node.after())
			.param("mode", node.placement().mode().key())
			.param("modeReason", node.placement().reason())
			.param("novaConf", node.placement().novaConf())
			.param("older", node.placement().olderPath())
			.param("around", (around != null) ? around.sha256() : null)
			.param("answer", (answer != null) ? answer.kind().key() : null)
			.param("approved", (answer != null) ? answer.approved() : null, Types.BINARY)
			.update();
		for (int i = 0; i < node.settings().size(); i++) {
			ReasonedSetting setting = node.settings().get(i);
			this.jdbc.sql(
					"insert into change_setting (change_id, node_id, position, section, option_name, option_value, rule,"
							+ " reason) values (:change, :node, :position, :section, :option, :value, :rule, :reason)")
				.param("change", changeId)
				.param("node", node.nodeId())
				.param("position", i)
				.param("section", setting.setting().section())
				.param("option", setting.setting().option())
				.param("value", setting.setting().value())
				.param("rule", setting.rule())
				.param("reason", setting.reason())
				.update();
		}
	}

	/**
	 * Writes where the change stands, and says whether the row was still of this version.
	 */
	boolean update(ChangeRequest change) {
		return this.jdbc
			.sql("update change_request set status = :status, status_at = :statusAt, status_note = :note,"
					+ " requested_by = :requestedBy, submitted_at = :submittedAt, version = version + 1"
					+ " where id = :id and version = :version")
			.param("status", change.status().key())
			.param("statusAt", utc(change.statusAt()))
			.param("note", change.statusNote())
			.param("requestedBy", change.requestedBy())
			.param("submittedAt", utc(change.submittedAt()))
			.param("id", change.id())
			.param("version", change.version())
			.update() == 1;
	}

	void insertLog(String changeId, ChangeLogEntry entry) {
		this.jdbc
			.sql("insert into change_log (id, change_id, position, happened_at, person_id, verb, status, note, change_version)"
					+ " values (:id, :change, (select count(*) from change_log where change_id = :change), :at, :person,"
					+ " :verb, :status, :note, (select version from change_request where id = :change))")
			.param("id", Ids.next())
			.param("change", changeId)
			.param("at", utc(entry.at()))
			.param("person", entry.personId())
			.param("verb", entry.verb())
			.param("status", entry.status().key())
			.param("note", entry.note())
			.update();
	}

	/** What happened since the change was of this version. */
	List<ChangeLogEntry> logSince(String changeId, long version) {
		return this.jdbc
			.sql("select * from change_log where change_id = :id and change_version > :version" + " order by position")
			.param("id", changeId)
			.param("version", version)
			.query((row, number) -> logEntry(row))
			.list();
	}

	List<ChangeLogEntry> log(String changeId) {
		return this.jdbc.sql("select * from change_log where change_id = :id order by position")
			.param("id", changeId)
			.query((row, number) -> logEntry(row))
			.list();
	}

	private static ChangeLogEntry logEntry(ResultSet row) throws SQLException {
		return new ChangeLogEntry(instant(row, "happened_at"), row.getString("person_id"), row.getString("verb"),
				status(row), row.getString("note"));
	}

	Optional<ChangeRequest> find(String id) {
		return this.jdbc.sql("select * from change_request where id = :id").param("id", id).query(this::map).optional();
	}

	Optional<ChangeRequest> findByNumber(long number) {
		return this.jdbc.sql("select * from change_request where number = :number")
			.param("number", number)
			.query(this::map)
			.optional();
	}

	long version(String id) {
		return this.jdbc.sql("select version from change_request where id = :id")
			.param("id", id)
			.query(Long.class)
			.single();
	}

	ChangeStatus status(String id) {
		return this.jdbc.sql("select status from change_request where id = :id")
			.param("id", id)
			.query((row, number) -> status(row))
			.single();
	}

	/** Changes of these statuses that concern this node. */
	List<ChangeRequest> concerning(String nodeId, List<ChangeStatus> statuses) {
		return this.jdbc
			.sql("select * from change_request c where status in (:statuses) and exists"
					+ " (select 1 from change_node n where n.change_id = c.id and n.node_id = :node) order by number")
			.param("statuses", statuses.stream().map(ChangeStatus::key).toList())
			.param("node", nodeId)
			.query(this::map)
			.list();
	}

	Instant since(String id) {
		return this.jdbc.sql("select status_at from change_request where id = :id")
			.param("id", id)
			.query((row, number) -> instant(row, "status_at"))
			.single();
	}

	List<String> idsWith(List<ChangeStatus> statuses) {
		return this.jdbc.sql("select id from change_request where status in (:statuses) order by number")
			.param("statuses", statuses.stream().map(ChangeStatus::key).toList())
			.query(String.class)
			.list();
	}

	Slice<ChangeSummary> list(ChangeFilter filter, SliceRequest request) {
		String where = " where (cast(:status as varchar) is null or c.status = :status) and (cast(:node as varchar) is null"
				+ " or exists (select 1 from change_node n where n.change_id = c.id and n.node_id = :node))";
		String status = (filter.status() != null) ? filter.status().key() : null;
		String column = (request.sortBy() != null) ? SORTABLE.get(request.sortBy()) : null;
		String order = (column != null) ? column + (request.descending() ? " desc" : " asc") + ", number desc"
				: "number desc";
		List<ChangeSummary> items = this.jdbc
			.sql("select c.*, (select count(*) from change_node n where n.change_id = c.id) as node_count"
					+ " from change_request c" + where + " order by " + order + " limit :size offset :offset")
			.param("status", status)
			.param("node", filter.nodeId())
			.param("size", request.size())
			.param("offset", request.offset())
			.query(ChangeTable::summary)
			.list();
		long total = this.jdbc.sql("select count(*) from change_request c" + where)
			.param("status", status)
			.param("node", filter.nodeId())
			.query(Long.class)
			.single();
		return new Slice<>(named(items), request.page(), request.size(), total);
	}

	Map<ChangeStatus, Long> countsByStatus() {
		Map<ChangeStatus, Long> counts = new EnumMap<>(ChangeStatus.class);
		for (ChangeStatus status : ChangeStatus.values()) {
			counts.put(status, 0L);
		}
		this.jdbc.sql("select status, count(*) as n from change_request group by status").query((row) -> {
			counts.put(status(row), row.getLong("n"));
		});
		return counts;
	}

	private static ChangeSummary summary(ResultSet row, int number) throws SQLException {
		return new ChangeSummary(row.getString("id"), row.getLong("number"), row.getString("title"),
				row.getString("reason"), status(row), instant(row, "status_at"), row.getString("planned_by"),
				instant(row, "planned_at"), row.getString("requested_by"), List.of(), row.getInt("node_count"));
	}

	/** The same with the names of the first nodes, read for all of them together. */
	private List<ChangeSummary> named(List<ChangeSummary> changes) {
		Map<String, List<String>> names = new HashMap<>();
		if (!changes.isEmpty()) {
			this.jdbc
				.sql("select change_id, node_name from change_node where change_id in (:ids) and position < :shown"
						+ " order by change_id, position")
				.param("ids", changes.stream().map(ChangeSummary::id).toList())
				.param("shown", NAMES_SHOWN)
				.query((row) -> {
					names.computeIfAbsent(row.getString("change_id"), (key) -> new ArrayList<>())
						.add(row.getString("node_name"));
				});
		}
		return changes.stream()
			.map((one) -> new ChangeSummary(one.id(), one.number(), one.title(), one.reason(), one.status(),
					one.statusAt(), one.plannedBy(), one.plannedAt(), one.requestedBy(),
					names.getOrDefault(one.id(), List.of()), one.nodeCount()))
			.toList();
	}

	private ChangeRequest map(ResultSet row, int number) throws SQLException {
		String id = row.getString("id");
		OffsetDateTime submitted = row.getObject("submitted_at", OffsetDateTime.class);
		return new ChangeRequest(id, row.getLong("number"), row.getString("title"), row.getString("reason"),
				status(row), instant(row, "status_at"), row.getString("status_note"), row.getString("planned_by"),
				instant(row, "planned_at"), row.getString("requested_by"),
				(submitted != null) ? submitted.toInstant() : null, row.getInt("rulebase_revision"),
				row.getString("rulebase_sha256"), new ContentHash(row.getString("content_sha256")), nodes(id),
				row.getLong("version"));
	}

	private List<PlannedNode> nodes(String changeId) {
		Map<String, List<ReasonedSetting>> settings = settings(changeId);
		return this.jdbc.sql("select * from change_node where change_id = :id order by position")
			.param("id", changeId)
			.query((row, number) -> node(row, settings.getOrDefault(row.getString("node_id"), List.of())))
			.list();
	}

	/**
	 * The change as far as it concerns this node; the bytes of the others are not read.
	 */
	Optional<Changes.OfNode> ofNode(String changeId, String nodeId) {
		List<ReasonedSetting> settings = this.jdbc
			.sql("select * from change_setting where change_id = :change and node_id = :node order by position")
			.param("change", changeId)
			.param("node", nodeId)
			.query((row, number) -> setting(row))
			.list();
		return this.jdbc
			.sql("select n.*, c.number, c.title from change_node n join change_request c on c.id = n.change_id"
					+ " where n.change_id = :change and n.node_id = :node")
			.param("change", changeId)
			.param("node", nodeId)
			.query((row, number) -> new Changes.OfNode(changeId, row.getLong("number"), row.getString("title"),
					node(row, settings)))
			.optional();
	}

	private static PlannedNode node(ResultSet row, List<ReasonedSetting> settings) throws SQLException {
		return new PlannedNode(row.getString("node_id"), row.getString("node_name"), row.getString("target"),
				row.getString("path"), row.getString("release_name"), row.getInt("running_guests"),
				new ContentHash(row.getString("facts_sha256")), settings, row.getBytes("before_bytes"),
				row.getBytes("after_bytes"), placement(row), answer(row));
	}

	private static @Nullable DriftAnswer answer(ResultSet row) throws SQLException {
		String kind = row.getString("drift_answer");
		return (kind != null) ? new DriftAnswer(DriftAnswer.Kind.ofKey(kind), row.getBytes("drift_approved")) : null;
	}

	private static Placement placement(ResultSet row) throws SQLException {
		String around = row.getString("around_sha256");
		WriteMode mode = row.getString("write_mode").equals(WriteMode.DROP_IN.key()) ? WriteMode.DROP_IN
				: WriteMode.IN_PLACE;
		return new Placement(mode, row.getString("write_reason"), row.getString("nova_conf"),
				row.getString("older_path"), (around != null) ? new ContentHash(around) : null);
	}

	private Map<String, List<ReasonedSetting>> settings(String changeId) {
		Map<String, List<ReasonedSetting>> settings = new HashMap<>();
		this.jdbc.sql("select * from change_setting where change_id = :change order by node_id, position")
			.param("change", changeId)
			.query((row) -> {
				settings.computeIfAbsent(row.getString("node_id"), (key) -> new ArrayList<>()).add(setting(row));
			});
		return settings;
	}

	private static ReasonedSetting setting(ResultSet row) throws SQLException {
		return new ReasonedSetting(
				new Setting(row.getString("section"), row.getString("option_name"), row.getString("option_value")),
				row.getString("rule"), row.getString("reason"));
	}

	private static ChangeStatus status(ResultSet row) throws SQLException {
		String key = row.getString("status");
		return ChangeStatus.ofKey(key)
			.orElseThrow(() -> new IllegalStateException("unknown status in the table: " + key));
	}

	private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}
