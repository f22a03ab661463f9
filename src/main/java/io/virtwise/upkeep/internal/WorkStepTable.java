package io.virtwise.upkeep.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import io.virtwise.shared.Ids;
import io.virtwise.recommendation.NodeTasks.Task;
import io.virtwise.upkeep.WorkStep;
import io.virtwise.upkeep.WorkStep.Closing;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of steps that are left to do.
 */
@Repository
class WorkStepTable {

	private final JdbcClient jdbc;

	WorkStepTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	boolean any(String changeId, String nodeId) {
		return this.jdbc.sql("select count(*) from work_step where change_id = :change and node_id = :node")
			.param("change", changeId)
			.param("node", nodeId)
			.query(Long.class)
			.single() > 0;
	}

	void insert(String changeId, String nodeId, String nodeName, int number, Task task, Instant now) {
		this.jdbc.sql(
				"insert into work_step (id, change_id, node_id, node_name, number, kind, title, detail, rules, made_at)"
						+ " values (:id, :change, :node, :name, :number, :kind, :title, :detail, :rules, :at)")
			.param("id", Ids.next())
			.param("change", changeId)
			.param("node", nodeId)
			.param("name", nodeName)
			.param("number", number)
			.param("kind", task.restartsNova() ? "restart" : "step")
			.param("title", cut(task.title(), 1000))
			.param("detail", String.join("\n", task.detail()))
			.param("rules", cut(String.join(" ", task.rules()), 2000))
			.param("at", utc(now))
			.update();
	}

	List<WorkStep> of(String changeId) {
		return this.jdbc.sql("select * from work_step where change_id = :change order by node_name, node_id, number")
			.param("change", changeId)
			.query(WorkStepTable::step)
			.list();
	}

	List<WorkStep> open(String nodeId) {
		return this.jdbc.sql("select * from work_step where node_id = :node and closed_at is null order by number")
			.param("node", nodeId)
			.query(WorkStepTable::step)
			.list();
	}

	Optional<WorkStep> find(String id) {
		return this.jdbc.sql("select * from work_step where id = :id")
			.param("id", id)
			.query(WorkStepTable::step)
			.optional();
	}

	boolean tick(String id, @Nullable String personId, @Nullable Instant at) {
		return this.jdbc
			.sql("update work_step set ticked_by = :by, ticked_at = :at where id = :id and closed_at is null")
			.param("by", personId)
			.param("at", (at != null) ? utc(at) : null)
			.param("id", id)
			.update() == 1;
	}

	/** Evidence shows that the service was started at this time. */
	void started(String id, Instant at) {
		this.jdbc.sql("update work_step set started_at = :at where id = :id and closed_at is null")
			.param("at", utc(at))
			.param("id", id)
			.update();
	}

	/** Restarts that evidence shows, whose file has yet to be read once more. */
	Optional<Started> startedOpen() {
		return this.jdbc.sql(
				"select * from work_step where started_at is not null and closed_at is null order by started_at limit 1")
			.query((row, number) -> new Started(step(row, number),
					row.getObject("started_at", OffsetDateTime.class).toInstant()))
			.optional();
	}

	void forgetStart(String id) {
		this.jdbc.sql("update work_step set started_at = null where id = :id").param("id", id).update();
	}

	boolean close(String id, Closing closing, String evidence, Instant at) {
		return this.jdbc
			.sql("update work_step set closed_at = :at, closing = :closing, evidence = :evidence where id = :id"
					+ " and closed_at is null")
			.param("at", utc(at))
			.param("closing", closing.key())
			.param("evidence", cut(evidence, 2000))
			.param("id", id)
			.update() == 1;
	}

	private static WorkStep step(ResultSet row, int number) throws SQLException {
		String closing = row.getString("closing");
		String rules = row.getString("rules");
		return new WorkStep(row.getString("id"), row.getString("change_id"), row.getString("node_id"),
				row.getString("node_name"), row.getInt("number"), row.getString("kind").equals("restart"),
				row.getString("title"), row.getString("detail").lines().toList(),
				rules.isEmpty() ? List.of() : List.of(rules.split(" ", -1)),
				row.getObject("made_at", OffsetDateTime.class).toInstant(), row.getString("ticked_by"),
				instant(row, "ticked_at"), instant(row, "closed_at"), (closing != null) ? Closing.ofKey(closing) : null,
				row.getString("evidence"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	private static String cut(String text, int most) {
		return (text.length() <= most) ? text : text.substring(0, most - 1) + "…";
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	/**
	 * A restart that evidence shows.
	 */
	record Started(WorkStep step, Instant at) {
	}

}
