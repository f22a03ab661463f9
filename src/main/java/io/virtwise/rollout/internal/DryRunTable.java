package io.virtwise.rollout.internal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.change.ChangeProgress.DryRun;
import io.virtwise.change.ChangeProgress.DryRunCheck;
import io.virtwise.change.ChangeProgress.DryRunResult;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of the last dry run of each change.
 */
@Repository
class DryRunTable {

	private final JdbcClient jdbc;

	DryRunTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Takes the place of the dry run before. */
	void replace(String changeId, Map<String, DryRunResult> results, Instant now) {
		this.jdbc.sql("delete from dry_run_check where change_id = :change").param("change", changeId).update();
		this.jdbc.sql("delete from dry_run where change_id = :change").param("change", changeId).update();
		results.forEach((nodeId, result) -> this.jdbc
			.sql("insert into dry_run (change_id, node_id, checked_at, outcome, text)"
					+ " values (:change, :node, :at, :outcome, :text)")
			.param("change", changeId)
			.param("node", nodeId)
			.param("at", now.atOffset(ZoneOffset.UTC))
			.param("outcome", result.outcome())
			.param("text", PushTable.cut(result.text()))
			.update());
		results.forEach((nodeId, result) -> {
			for (int i = 0; i < result.checks().size(); i++) {
				DryRunCheck check = result.checks().get(i);
				this.jdbc
					.sql("insert into dry_run_check (change_id, node_id, position, name, outcome, text)"
							+ " values (?, ?, ?, ?, ?, ?)")
					.params(changeId, nodeId, i, check.name(), check.outcome(), PushTable.cut(check.text()))
					.update();
			}
		});
	}

	private Map<String, List<DryRunCheck>> checks(String changeId) {
		Map<String, List<DryRunCheck>> checks = new HashMap<>();
		this.jdbc.sql("select * from dry_run_check where change_id = :change order by node_id, position")
			.param("change", changeId)
			.query((row) -> {
				checks.computeIfAbsent(row.getString("node_id"), (key) -> new ArrayList<>())
					.add(new DryRunCheck(row.getString("name"), row.getString("outcome"), row.getString("text")));
			});
		return checks;
	}

	Optional<DryRun> find(String changeId) {
		Map<String, DryRunResult> results = new HashMap<>();
		Map<String, List<DryRunCheck>> checks = checks(changeId);
		Instant[] at = new Instant[1];
		this.jdbc.sql("select * from dry_run where change_id = :change").param("change", changeId).query((row) -> {
			at[0] = row.getObject("checked_at", OffsetDateTime.class).toInstant();
			results.put(row.getString("node_id"), new DryRunResult(row.getString("outcome"), row.getString("text"),
					checks.getOrDefault(row.getString("node_id"), List.of())));
		});
		return results.isEmpty() ? Optional.empty() : Optional.of(new DryRun(at[0], results));
	}

}
