package io.virtwise.change.web;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.virtwise.change.ChangeProgress.PlanProgress;
import io.virtwise.change.ChangeProgress.RolloutProgress;
import io.virtwise.change.ChangeProgress.WaveProgress;
import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.NodeReport;

/**
 * What the page of a change shows of its rollout: waves with their bars, the error
 * budget, what waits for a person, and the plan as it is typed.
 *
 * @param bar all nodes by where they stand
 * @param waves the waves
 * @param budget how much of the error budget is used
 * @param budgetText what happens once it is used up
 * @param restarts nodes that wait for a restart of nova-compute
 * @param wrong nodes that did not go as approved
 * @param skipped how many nodes were never begun, and will not be
 * @param plan the plan, as text for its form
 */
record RolloutView(Bar bar, List<WaveRow> waves, Bar budget, String budgetText, List<String> restarts,
		List<String> wrong, long skipped, PlanText plan) {

	/** States that say that a node did not go as approved, in a round forward. */
	private static final List<String> WRONG = List.of("failed", "rolled-back");

	private static final Map<String, String> TONES = tones();

	private static Map<String, String> tones() {
		Map<String, String> tones = new LinkedHashMap<>();
		tones.put("in-force", "green");
		tones.put("restart-pending", "amber");
		tones.put("rolled-back", "violet");
		tones.put("failed", "red");
		tones.put("written", "blue");
		tones.put("writing", "blue");
		tones.put("skipped", "grey");
		tones.put("pending", "grey");
		return tones;
	}

	static RolloutView of(ChangeReport change) {
		RolloutProgress rollout = change.rollout();
		Map<String, Integer> all = new LinkedHashMap<>();
		change.nodes().forEach((node) -> all.merge(node.status(), 1, Integer::sum));
		boolean back = rollout.direction().equals("back");
		return new RolloutView(Bar.of(all), rollout.waves().stream().map(WaveRow::of).toList(),
				Bar.used(rollout.failures(), rollout.allowedFailures()),
				back ? "A roll back has none: it puts back what it can."
						: budgetText(rollout.failures(), rollout.allowedFailures()),
				names(change, (node) -> node.status().equals("restart-pending")),
				names(change, (node) -> back ? node.status().equals("failed") : WRONG.contains(node.status())),
				change.nodes().stream().filter((node) -> node.status().equals("skipped")).count(),
				PlanText.of(rollout.plan()));
	}

	/** The days of the week, as plans name them. */
	public List<String> days() {
		return Arrays.stream(DayOfWeek.values()).map((day) -> day.name().substring(0, 3)).toList();
	}

	private static String budgetText(int failures, int allowed) {
		String stays = " stops everything. Nodes that hold the new content stay as they are.";
		if (failures > allowed) {
			return "More than may: everything was stopped. Nodes that hold the new content stay as they are.";
		}
		return ((allowed == 0) ? "The first failure" : "Failure " + (allowed + 1)) + stays;
	}

	private static List<String> names(ChangeReport change, Predicate<NodeReport> which) {
		return change.nodes().stream().filter(which).map(NodeReport::name).toList();
	}

	/**
	 * A wave as a row.
	 *
	 * @param number from 1
	 * @param size how many nodes
	 * @param bar its nodes by where they stand
	 * @param inForce how many run with it
	 * @param restart how many wait for a restart
	 * @param wrong how many failed or were rolled back
	 * @param left how many are not through
	 * @param threshold how many per cent must succeed
	 * @param state where it stands
	 */
	record WaveRow(int number, int size, Bar bar, int inForce, int restart, int wrong, int left, int threshold,
			String state) {

		static WaveRow of(WaveProgress wave) {
			Map<String, Integer> counts = wave.counts();
			return new WaveRow(wave.number(), wave.nodes().size(), Bar.of(counts), sum(counts, "in-force"),
					sum(counts, "restart-pending"), sum(counts, "failed", "rolled-back"),
					sum(counts, "pending", "writing", "written"), wave.threshold(), wave.state());
		}

		private static int sum(Map<String, Integer> counts, String... states) {
			int sum = 0;
			for (String state : states) {
				sum += counts.getOrDefault(state, 0);
			}
			return sum;
		}

	}

	/**
	 * A bar of coloured parts.
	 *
	 * @param parts its parts
	 * @param total how long it is
	 * @param label what it says, in words
	 */
	record Bar(List<Part> parts, int total, String label) {

		static Bar of(Map<String, Integer> counts) {
			List<Part> parts = new ArrayList<>();
			List<String> words = new ArrayList<>();
			int at = 0;
			for (Map.Entry<String, String> tone : TONES.entrySet()) {
				int count = counts.getOrDefault(tone.getKey(), 0);
				if (count > 0) {
					parts.add(new Part(tone.getValue(), at, count));
					words.add(count + " " + tone.getKey().replace('-', ' '));
					at += count;
				}
			}
			return new Bar(parts, Math.max(1, at), String.join(", ", words));
		}

		static Bar used(int used, int allowed) {
			int total = Math.max(1, Math.max(used, allowed));
			List<Part> parts = new ArrayList<>();
			if (used > 0) {
				parts.add(new Part((used > allowed) ? "red" : "violet", 0, used));
			}
			if (used < total) {
				parts.add(new Part("grey", used, total - used));
			}
			return new Bar(parts, total, used + " of " + allowed + " failures used");
		}

	}

	/**
	 * A part of a bar.
	 *
	 * @param tone its colour
	 * @param from where it begins
	 * @param width how wide it is
	 */
	record Part(String tone, int from, int width) {
	}

	/**
	 * A plan as it is typed.
	 *
	 * @param waves up to how many nodes each reaches
	 * @param thresholds how many per cent of each must succeed
	 * @param budget how many nodes may go wrong
	 * @param atOnce how many at the same time
	 * @param from when nodes may be begun, UTC
	 * @param to until when
	 * @param days on which days
	 */
	record PlanText(String waves, String thresholds, String budget, String atOnce, String from, String to,
			List<String> days) {

		static PlanText of(PlanProgress plan) {
			return new PlanText(String.join(", ", plan.waves().stream().map((wave) -> wave.upTo()).toList()),
					String.join(", ", plan.waves().stream().map((wave) -> Integer.toString(wave.threshold())).toList()),
					plan.budget(), Integer.toString(plan.atOnce()), (plan.window() != null) ? plan.window().from() : "",
					(plan.window() != null) ? plan.window().to() : "",
					(plan.window() != null) ? plan.window().days() : List.of());
		}

	}

}
