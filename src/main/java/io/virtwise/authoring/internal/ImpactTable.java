package io.virtwise.authoring.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.virtwise.authoring.Impact;
import io.virtwise.authoring.Impact.Group;
import io.virtwise.authoring.Impact.Kind;
import io.virtwise.authoring.Impact.State;
import io.virtwise.authoring.ImpactChange;
import io.virtwise.authoring.ImpactChange.ChangedNode;
import io.virtwise.recommendation.FactSnapshots.Head;
import io.virtwise.recommendation.FactSnapshots.Pulse;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Runs over the fleet and what they found.
 */
@Repository
class ImpactTable {

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final JsonMapper json = JsonMapper.builder().build();

	ImpactTable(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/** Notes that a run begins; what earlier runs of the draft found goes. */
	void insert(Impact impact, Pulse pulse) {
		this.jdbc.sql("delete from rule_impact where draft = :draft").param("draft", impact.draft()).update();
		this.jdbc.sql("insert into rule_impact (id, draft, content_sha256, revision, pulse_nodes, pulse_newest, status,"
				+ " total, done, judged, changed, asked_by, begun_at, seen_at) values (:id, :draft, :content, :revision,"
				+ " :nodes, :newest, :status, :total, 0, 0, 0, :askedBy, :now, :now)")
			.param("id", impact.id())
			.param("draft", impact.draft())
			.param("content", impact.content().sha256())
			.param("revision", impact.revision())
			.param("nodes", pulse.nodes())
			.param("newest", utc(pulse.newest()))
			.param("status", impact.state().key())
			.param("total", impact.total())
			.param("askedBy", impact.askedBy())
			.param("now", utc(impact.begunAt()))
			.update();
	}

	/** Says how far a run is, and whether it should go on. */
	boolean progress(String id, long done, long judged, long changed, Instant now) {
		return this.jdbc
			.sql("update rule_impact set done = :done, judged = :judged, changed = :changed, seen_at = :now"
					+ " where id = :id and status = 'running'")
			.param("done", done)
			.param("judged", judged)
			.param("changed", changed)
			.param("now", utc(now))
			.param("id", id)
			.update() == 1;
	}

	void end(String id, State state, @Nullable String note, @Nullable String fleet, @Nullable String result,
			Instant now) {
		this.jdbc
			.sql("update rule_impact set status = :status, note = :note, fleet_sha256 = :fleet, result_sha256 = :result,"
					+ " ended_at = :now, seen_at = :now, total = case when :status = 'done' then done else total end"
					+ " where id = :id")
			.param("status", state.key())
			.param("note", note)
			.param("fleet", fleet)
			.param("result", result)
			.param("now", utc(now))
			.param("id", id)
			.update();
	}

	/** Asks a run to end. */
	void stop(String id) {
		this.jdbc.sql("update rule_impact set status = 'stopping' where id = :id and status = 'running'")
			.param("id", id)
			.update();
	}

	/** Runs that nobody works on any more, since the portal that did ended. */
	void giveUp(Instant lastSign, Instant now) {
		this.jdbc
			.sql("update rule_impact set status = 'failed', ended_at = :now,"
					+ " note = 'the portal that worked on it ended; run it again'"
					+ " where status in ('running', 'stopping') and seen_at < :limit")
			.param("now", utc(now))
			.param("limit", utc(lastSign))
			.update();
	}

	void insertChanges(String impact, Map<Integer, ImpactChange> changes) {
		List<Object[]> rows = new ArrayList<>(changes.size());
		changes.forEach((number,
				change) -> rows.add(new Object[] { impact, number,
						String.join(" ", change.kinds().stream().map(Kind::key).toList()), change.before(),
						change.after(), 0, detail(change) }));
		this.batches.batchUpdate("insert into rule_impact_change (impact, number, kinds, verdict_before,"
				+ " verdict_after, nodes, detail) values (?, ?, ?, ?, ?, ?, ?)", rows);
	}

	/** The same change gives the same text. */
	String detail(ImpactChange change) {
		return this.json.writeValueAsString(change);
	}

	void insertNodes(String impact, List<Head> nodes, List<Integer> numbers) {
		List<Object[]> rows = new ArrayList<>(nodes.size());
		for (int at = 0; at < nodes.size(); at++) {
			rows.add(new Object[] { impact, nodes.get(at).nodeId(), nodes.get(at).nodeName(), numbers.get(at) });
		}
		this.batches
			.batchUpdate("insert into rule_impact_node (impact, node_id, node_name, number) values (?, ?, ?, ?)", rows);
	}

	void count(String impact) {
		this.jdbc
			.sql("update rule_impact_change set nodes = (select count(*) from rule_impact_node n"
					+ " where n.impact = rule_impact_change.impact and n.number = rule_impact_change.number)"
					+ " where impact = :impact")
			.param("impact", impact)
			.update();
	}

	Optional<Impact> latest(String draft) {
		return this.jdbc.sql("select * from rule_impact where draft = :draft order by begun_at desc limit 1")
			.param("draft", draft)
			.query(this::map)
			.optional();
	}

	/** What the fleet was like when a run looked at it. */
	Fleet fleet(String id) {
		return this.jdbc.sql("select fleet_sha256, pulse_nodes, pulse_newest from rule_impact where id = :id")
			.param("id", id)
			.query((row, number) -> new Fleet(row.getString("fleet_sha256"),
					new Pulse(row.getLong("pulse_nodes"), instant(row, "pulse_newest"))))
			.single();
	}

	void pulse(String id, Pulse pulse) {
		this.jdbc.sql("update rule_impact set pulse_nodes = :nodes, pulse_newest = :newest where id = :id")
			.param("nodes", pulse.nodes())
			.param("newest", utc(pulse.newest()))
			.param("id", id)
			.update();
	}

	Slice<ChangedNode> nodes(String impact, @Nullable Kind kind, SliceRequest request) {
		String from = " from rule_impact_node n join rule_impact_change c on c.impact = n.impact and c.number = n.number"
				+ " where n.impact = :impact and c.kinds like :kind";
		String pattern = (kind != null) ? kind.key() + "%" : "%";
		List<ChangedNode> items = this.jdbc
			.sql("select n.node_id, n.node_name, c.detail" + from
					+ request.order(Map.of("name", "n.node_name"), "n.node_name, n.node_id")
					+ " limit :size offset :offset")
			.param("impact", impact)
			.param("kind", pattern)
			.param("size", request.size())
			.param("offset", request.offset())
			.query((row, number) -> new ChangedNode(row.getString("node_id"), row.getString("node_name"),
					this.json.readValue(row.getString("detail"), ImpactChange.class)))
			.list();
		long total = this.jdbc.sql("select count(*)" + from)
			.param("impact", impact)
			.param("kind", pattern)
			.query(Long.class)
			.single();
		return new Slice<>(items, request.page(), request.size(), total);
	}

	private Impact map(ResultSet row, int number) throws SQLException {
		String id = row.getString("id");
		return new Impact(id, row.getString("draft"), new ContentHash(row.getString("content_sha256")),
				row.getInt("revision"), State.ofKey(row.getString("status")), row.getLong("total"), row.getLong("done"),
				row.getLong("judged"), row.getLong("changed"), row.getString("note"), row.getString("asked_by"),
				LockTable.instant(row, "begun_at"), instant(row, "ended_at"), row.getString("result_sha256"),
				groups(id));
	}

	/**
	 * By the weightiest kind, and where that is the verdict by its step; the most first.
	 */
	private List<Group> groups(String impact) {
		Map<String, Group> groups = new TreeMap<>();
		this.jdbc
			.sql("select kinds, verdict_before, verdict_after, nodes from rule_impact_change where impact = :impact")
			.param("impact", impact)
			.query((row) -> {
				Kind kind = Kind.ofKey(row.getString("kinds").split(" ", 2)[0]);
				boolean step = kind == Kind.VERDICT;
				Group group = new Group(kind, step ? row.getString("verdict_before") : "",
						step ? row.getString("verdict_after") : "", row.getLong("nodes"));
				groups.merge(kind + " " + group.before() + " " + group.after(), group,
						(one, other) -> new Group(kind, one.before(), one.after(), one.nodes() + other.nodes()));
			});
		return groups.values().stream().sorted(Comparator.comparingLong(Group::nodes).reversed()).toList();
	}

	private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	/**
	 * What the fleet was like.
	 *
	 * @param sha256 hash over nodes and facts, {@code null} where the run did not end
	 * @param pulse how many, and how new
	 */
	record Fleet(@Nullable String sha256, Pulse pulse) {
	}

}
