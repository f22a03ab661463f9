package io.virtwise.rollout.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.virtwise.rollout.RolloutPlan;
import io.virtwise.rollout.Share;
import io.virtwise.rollout.TimeWindow;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of the plans of rollouts.
 */
@Repository
class PlanTable {

	private final JdbcClient jdbc;

	PlanTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<RolloutPlan> find(String changeId) {
		return this.jdbc.sql("select * from rollout_plan where change_id = :id")
			.param("id", changeId)
			.query(PlanTable::map)
			.optional();
	}

	/** Takes the place of the plan before. */
	void save(String changeId, RolloutPlan plan) {
		this.jdbc.sql("delete from rollout_plan where change_id = :id").param("id", changeId).update();
		TimeWindow window = plan.window();
		this.jdbc
			.sql("insert into rollout_plan (change_id, waves, budget, at_once, window_from, window_to, window_days,"
					+ " accepted_wave) values (:id, :waves, :budget, :atOnce, :from, :to, :days, 0)")
			.param("id", changeId)
			.param("waves",
					plan.waves()
						.stream()
						.map((wave) -> wave.upTo() + "/" + wave.threshold())
						.collect(Collectors.joining(" ")))
			.param("budget", plan.budget().toString())
			.param("atOnce", plan.atOnce())
			.param("from", (window != null) ? window.from().toString() : null)
			.param("to", (window != null) ? window.to().toString() : null)
			.param("days", (window != null) ? days(window) : null)
			.update();
	}

	/** Up to which wave a person has answered for what did not succeed. */
	int acceptedWave(String changeId) {
		return this.jdbc.sql("select accepted_wave from rollout_plan where change_id = :id")
			.param("id", changeId)
			.query(Integer.class)
			.optional()
			.orElse(0);
	}

	void acceptWave(String changeId, int wave) {
		this.jdbc.sql("update rollout_plan set accepted_wave = :wave where change_id = :id")
			.param("wave", wave)
			.param("id", changeId)
			.update();
	}

	private static String days(TimeWindow window) {
		return window.days()
			.stream()
			.sorted()
			.map((day) -> day.name().substring(0, 3))
			.collect(Collectors.joining(" "));
	}

	private static RolloutPlan map(ResultSet row, int number) throws SQLException {
		List<RolloutPlan.Wave> waves = Arrays.stream(row.getString("waves").split(" ", -1))
			.map((wave) -> wave.split("/", -1))
			.map((parts) -> new RolloutPlan.Wave(share(parts[0]), Integer.parseInt(parts[1])))
			.toList();
		return new RolloutPlan(waves, share(row.getString("budget")), row.getInt("at_once"), window(row));
	}

	private static @Nullable TimeWindow window(ResultSet row) throws SQLException {
		String from = row.getString("window_from");
		if (from == null) {
			return null;
		}
		List<String> stored = List.of(row.getString("window_days").split(" ", -1));
		return new TimeWindow(LocalTime.parse(from), LocalTime.parse(row.getString("window_to")),
				Arrays.stream(DayOfWeek.values())
					.filter((day) -> stored.contains(day.name().substring(0, 3)))
					.collect(Collectors.toSet()));
	}

	private static Share share(String stored) {
		return Share.parse(stored).orElseThrow(() -> new IllegalStateException("not a share in the table: " + stored));
	}

}
