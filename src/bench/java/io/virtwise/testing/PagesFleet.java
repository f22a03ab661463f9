package io.virtwise.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.shared.ContentHash;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A large fleet: nodes that were registered and judged over HTTP, and copies of their
 * rows; changes that were planned over HTTP, spread over copies, with their pushes.
 */
final class PagesFleet {

	private static final int CHUNK = 500;

	private static final int GROUPS = 40;

	/** A nova.conf as Debian's package brings it, with the lines that a deployment sets. */
	private static final int CONF_LINES = 120;

	private final JdbcTemplate jdbc;

	private final List<String> ids = new ArrayList<>();

	PagesFleet(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** The file of a node before a change, about six kilobytes. */
	static byte[] conf() {
		StringBuilder conf = new StringBuilder("[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\nmy_ip = 10.0.0.7\n");
		for (int i = 0; i < CONF_LINES; i++) {
			conf.append("# option ").append(i).append(" of this deployment\noption_").append(i).append(" = value\n");
		}
		return conf.append("\n[libvirt]\nvirt_type = qemu\n").toString().getBytes(StandardCharsets.UTF_8);
	}

	/** Copies these nodes, with what was found out about them, until there are so many. */
	void copy(List<String> templates, int wanted) {
		List<Map<String, Object>> nodes = new ArrayList<>();
		List<Map<String, Object>> snapshots = new ArrayList<>();
		List<Map<String, Object>> assessments = new ArrayList<>();
		List<Map<String, Object>> standings = new ArrayList<>();
		for (int i = templates.size(); i < wanted; i++) {
			String template = templates.get(i % templates.size());
			String id = "bench-node-" + i;
			String name = "compute-%05d".formatted(i);
			this.ids.add(id);
			nodes.add(with(row("node", "id", template), Map.of("id", id, "name", name, "name_key", name, "host",
					"10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, "node_group", "rack-" + i % GROUPS)));
			snapshots.add(with(row("fact_snapshot", "node_id", template), Map.of("id", "bench-snap-" + i, "node_id", id)));
			assessments.add(with(row("node_assessment", "node_id", template),
					Map.of("id", "bench-assess-" + i, "node_id", id, "snapshot_id", "bench-snap-" + i)));
			standings.add(with(row("node_standing", "node_id", template),
					Map.of("node_id", id, "assessment_id", "bench-assess-" + i)));
			if (nodes.size() == CHUNK || i == wanted - 1) {
				insert("node", nodes);
				insert("fact_snapshot", snapshots);
				insert("node_assessment", assessments);
				insert("node_standing", standings);
			}
		}
	}

	/** Spreads a planned change over so many nodes, as it stands after its rollout. */
	String spread(String template, int count, int from, String status, String pushStatus) {
		String changeId = "bench-change-" + from;
		Map<String, Object> planned = with(row("change_node", "change_id", template), Map.of("change_id", changeId));
		Map<String, Object> setting = with(row("change_setting", "change_id", template), Map.of("change_id", changeId));
		insert("change_request", new ArrayList<>(List.of(with(row("change_request", "id", template),
				Map.of("id", changeId, "number", 100_000L + from, "status", status)))));
		OffsetDateTime at = Instant.now().atOffset(ZoneOffset.UTC);
		this.jdbc.update("insert into rollout (change_id, round) values (?, 1)", changeId);
		List<Map<String, Object>> nodes = new ArrayList<>();
		List<Map<String, Object>> settings = new ArrayList<>();
		List<Map<String, Object>> pushes = new ArrayList<>();
		List<Map<String, Object>> steps = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String node = this.ids.get(from + i);
			byte[] before = own((byte[]) planned.get("before_bytes"), i);
			byte[] after = own((byte[]) planned.get("after_bytes"), i);
			nodes.add(with(planned,
					Map.of("position", i, "node_id", node, "node_name", "compute-%05d".formatted(from + i), "before_bytes",
							before, "after_bytes", after, "before_sha256", ContentHash.of(before).sha256(), "after_sha256",
							ContentHash.of(after).sha256())));
			settings.add(with(setting, Map.of("node_id", node)));
			String push = "bench-push-" + from + "-" + i;
			Map<String, Object> row = new LinkedHashMap<>(Map.of("id", push, "change_id", changeId, "round", 1, "position",
					i, "kind", "forward", "node_id", node, "status", pushStatus, "status_at", at, "phase", "over"));
			row.putAll(Map.of("holds", "new", "summary", "Written and proved. nova-compute has to be restarted.", "stuck",
					false, "attempts", 1));
			pushes.add(row);
			for (int step = 0; step < 10; step++) {
				steps.add(new LinkedHashMap<>(Map.of("push_id", push, "name", "step-" + step, "outcome", "done", "text",
						"What this step saw on the node and did there, number " + step, "begun_at", at, "ended_at", at)));
			}
		}
		insert("change_node", nodes);
		insert("change_setting", settings);
		insert("push", pushes);
		insert("push_step", steps);
		return changeId;
	}

	/** Every node has an address of its own in its file, of the same length. */
	private static byte[] own(byte[] content, int number) {
		return new String(content, StandardCharsets.UTF_8).replace("my_ip = 10.0.0.7", "my_ip = 10.0.%d.%d"
			.formatted(number / 250, number % 250)).getBytes(StandardCharsets.UTF_8);
	}

	private final Map<String, Map<String, Object>> rows = new LinkedHashMap<>();

	private Map<String, Object> row(String table, String key, String value) {
		return this.rows.computeIfAbsent(table + " " + value, (name) -> this.jdbc
			.queryForList("select * from " + table + " where " + key + " = ?", value)
			.get(0));
	}

	private static Map<String, Object> with(Map<String, Object> row, Map<String, Object> other) {
		Map<String, Object> copy = new LinkedHashMap<>(row);
		copy.putAll(other);
		return copy;
	}

	private void insert(String table, List<Map<String, Object>> rows) {
		List<String> columns = List.copyOf(rows.get(0).keySet());
		String sql = "insert into " + table + " (" + String.join(", ", columns) + ") values ("
				+ String.join(", ", columns.stream().map((column) -> "?").toList()) + ")";
		this.jdbc.batchUpdate(sql,
				rows.stream().map((row) -> columns.stream().map(row::get).map(PagesFleet::plain).toArray()).toList());
		rows.clear();
	}

	/** H2 gives long texts as something to be read, which cannot be handed back. */
	private static Object plain(Object value) {
		try {
			return (value instanceof java.sql.Clob text) ? text.getSubString(1, (int) text.length()) : value;
		}
		catch (java.sql.SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
