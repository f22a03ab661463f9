package io.virtwise.rollout.internal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.change.ChangeProgress.Outcome;
import io.virtwise.change.ChangeProgress.Step;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Repository;

/**
 * The table of steps, and a number that tells whether anything moved.
 */
@Repository
class StepTable {

	private final JdbcClient jdbc;

	StepTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Writes a step down and gives its number. */
	long insert(String pushId, String name, Outcome outcome, String text, Instant now) {
		KeyHolder key = new GeneratedKeyHolder();
		this.jdbc
			.sql("insert into push_step (push_id, name, outcome, text, begun_at, ended_at)"
					+ " values (:push, :name, :outcome, :text, :now, :ended)")
			.param("push", pushId)
			.param("name", name)
			.param("outcome", outcome.key())
			.param("text", PushTable.cut(text))
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("ended", (outcome != Outcome.RUNNING) ? now.atOffset(ZoneOffset.UTC) : null)
			.update(key, "id");
		Number id = key.getKey();
		if (id == null) {
			throw new IllegalStateException("the database gave no number to the step");
		}
		return id.longValue();
	}

	void end(long id, Outcome outcome, String text, Instant now) {
		this.jdbc.sql("update push_step set outcome = :outcome, text = :text, ended_at = :now where id = :id")
			.param("outcome", outcome.key())
			.param("text", PushTable.cut(text))
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("id", id)
			.update();
	}

	/** Steps that were begun by a runner that is gone. */
	void endRunning(String pushId, String text, Instant now) {
		this.jdbc.sql(
				"update push_step set outcome = 'failed', text = text || :text, ended_at = :now where push_id = :push and"
						+ " outcome = 'running'")
			.param("text", text)
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("push", pushId)
			.update();
	}

	/** Changes whenever a step of the change was begun or ended. */
	String mark(String changeId) {
		return this.jdbc.sql(
				"select coalesce(max(s.id), 0) || '/' || count(s.ended_at) from push_step s join push p on p.id = s.push_id"
						+ " where p.change_id = :change")
			.param("change", changeId)
			.query(String.class)
			.single();
	}

	/** The steps of each node of a change, over all rounds, oldest first. */
	Map<String, List<Step>> of(String changeId) {
		return after(changeId, 0);
	}

	/** The steps of each node that were begun after this one, or that have not ended. */
	Map<String, List<Step>> after(String changeId, long id) {
		Map<String, List<Step>> steps = new HashMap<>();
		this.jdbc
			.sql("select s.*, p.node_id from push_step s join push p on p.id = s.push_id where p.change_id = :change"
					+ " and s.id > :id order by s.id")
			.param("change", changeId)
			.param("id", id)
			.query((row) -> {
				steps.computeIfAbsent(row.getString("node_id"), (key) -> new ArrayList<>())
					.add(new Step(row.getLong("id"), row.getObject("begun_at", OffsetDateTime.class).toInstant(),
							row.getString("name"), Outcome.ofKey(row.getString("outcome")), row.getString("text")));
			});
		return steps;
	}

}
