package io.virtwise.change.web;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.CheckReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.CpuOptions;
import io.virtwise.nova.NovaConf;
import io.virtwise.shared.Slice;

/**
 * A node on which guests run whose CPU a change makes another.
 *
 * @param node the node
 * @param outcome what the last dry run said of its guests, {@code would-work},
 * {@code would-fail} or {@code not-checked}
 * @param text in words
 */
record GuestsRow(NodeReport node, String outcome, String text) {

	/** So many are listed. */
	static final int SIZE = 10;

	private static final KnownCpuChanges KNOWN = new KnownCpuChanges();

	private static final List<String> WORST_FIRST = List.of("would-fail", "not-checked", "would-work");

	static Slice<GuestsRow> of(ChangeReport change) {
		List<GuestsRow> rows = change.nodes()
			.stream()
			.map(GuestsRow::of)
			.flatMap(Optional::stream)
			.sorted(Comparator.comparing((row) -> WORST_FIRST.indexOf(row.outcome())))
			.toList();
		return new Slice<>(rows.stream().limit(SIZE).toList(), 0, SIZE, rows.size());
	}

	private static Optional<GuestsRow> of(NodeReport node) {
		CheckReport seen = Optional.ofNullable(node.dryRun())
			.flatMap((run) -> run.checks().stream().filter((check) -> check.name().equals("guests")).findFirst())
			.orElse(null);
		if (seen != null && (node.runningGuests() > 0 || !seen.outcome().equals("would-work"))) {
			return Optional.of(new GuestsRow(node, seen.outcome(), seen.text()));
		}
		boolean changes = node.runningGuests() > 0 && seen == null
				&& KNOWN.of(node.before().hash(), node.after().hash(), () -> changes(node));
		return changes ? Optional.of(new GuestsRow(node, "not-checked", "Nobody looked yet.")) : Optional.empty();
	}

	/** Secrets are masked in these texts; which CPU guests get is none. */
	private static boolean changes(NodeReport node) {
		return !CpuOptions
			.changing(NovaConf.parse(node.before().text(), node.path()),
					NovaConf.parse(node.after().text(), node.path()))
			.isEmpty();
	}

	/** The colour of its chip. */
	public String tone() {
		return switch (this.outcome) {
			case "would-work" -> "green";
			case "would-fail" -> "red";
			default -> "violet";
		};
	}

	/** Its outcome in a word or two. */
	public String word() {
		return switch (this.outcome) {
			case "would-work" -> "Fit";
			case "would-fail" -> "Would break";
			default -> "Not checked";
		};
	}

	/** The icon of its chip. */
	public String icon() {
		return switch (this.outcome) {
			case "would-work" -> "circle-check";
			case "would-fail" -> "circle-x";
			default -> "help-hexagon";
		};
	}

	/** What it takes to go on. */
	public String remedy() {
		return switch (this.outcome) {
			case "would-work" -> "The last dry run compared them: all of them fit.";
			case "would-fail" ->
				"A second approver has to accept this. Or move them away first, probe the nodes and plan again.";
			default ->
				"A dry run before the request compares them; where they are not known to fit, a second approver has to accept it. Or move them away first, probe the nodes and plan again.";
		};
	}

}
