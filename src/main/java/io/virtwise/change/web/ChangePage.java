package io.virtwise.change.web;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.DryRunReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeStatus;
import io.virtwise.shared.Slice;

/**
 * What the page of a change shows beyond the report: diffs of nodes with the same bytes
 * together, and counts.
 *
 * @param change the report
 * @param diffs one for all nodes where the same lines change
 * @param diffOf the node that alone is shown with its own diff, empty for all
 * @param dryRuns the nodes that a dry run looked at, the worst first
 * @param guests the nodes on which guests run whose CPU would become another, the worst
 * first
 * @param live whether something can still happen that the page should follow
 * @param started whether it was ever started
 * @param ahead whether the nodes matter more than the diff by now
 * @param counts how many nodes stand where, as a sentence part
 * @param left how many nodes were not begun
 * @param rollout how far the rollout is
 * @param state only nodes of this state are listed, empty for all
 * @param states the states that there are, with how many nodes each
 * @param nodes the nodes that are listed
 */
record ChangePage(ChangeReport change, Slice<FileDiff> diffs, String diffOf, Slice<NodeReport> dryRuns,
		Slice<GuestsRow> guests, boolean live, boolean started, boolean ahead, String counts, long left,
		RolloutView rollout, String state, Map<String, Long> states, Slice<NodeReport> nodes) {

	/** So many nodes are listed on one page. */
	static final int SIZE = 25;

	/** So many different diffs are shown on one page. */
	static final int DIFFS = 10;

	static ChangePage of(ChangeReport change, Shown shown) {
		ChangeStatus status = ChangeStatus.ofKey(change.status()).orElseThrow();
		boolean started = change.nodes().stream().anyMatch((node) -> node.since() != null);
		long left = change.nodes().stream().filter((node) -> node.status().equals("pending")).count();
		return new ChangePage(change, diffs(change, shown), shown.diff(), dryRuns(change), GuestsRow.of(change),
				!status.allowed().isEmpty(), started, started || status == ChangeStatus.APPROVED, counts(change), left,
				RolloutView.of(change), shown.state(), states(change), nodes(change, shown.state(), shown.page()));
	}

	private static Slice<FileDiff> diffs(ChangeReport change, Shown shown) {
		List<NodeReport> one = change.nodes().stream().filter((node) -> node.id().equals(shown.diff())).toList();
		List<FileDiff> all = FileDiff.group(one.isEmpty() ? change.nodes() : one);
		List<FileDiff> page = all.stream().skip((long) shown.diffs() * DIFFS).limit(DIFFS).toList();
		return new Slice<>(page, shown.diffs(), DIFFS, all.size());
	}

	/** Those that would fail first, then those that nobody could look at. */
	private static Slice<NodeReport> dryRuns(ChangeReport change) {
		List<NodeReport> looked = change.nodes()
			.stream()
			.filter((node) -> node.dryRun() != null)
			.sorted(Comparator.comparing(ChangePage::outcome))
			.toList();
		return new Slice<>(looked.stream().limit(SIZE).toList(), 0, SIZE, looked.size());
	}

	private static int outcome(NodeReport node) {
		DryRunReport run = node.dryRun();
		return switch ((run != null) ? run.outcome() : "") {
			case "would-fail" -> 0;
			case "would-work" -> 2;
			default -> 1;
		};
	}

	/** The address of the list of nodes, without its page. */
	public String listUrl() {
		return "/changes/" + this.change.id() + "?state=" + this.state;
	}

	private static Map<String, Long> states(ChangeReport change) {
		Map<String, Long> states = new TreeMap<>();
		change.nodes().forEach((node) -> states.merge(node.status(), 1L, Long::sum));
		return states;
	}

	private static Slice<NodeReport> nodes(ChangeReport change, String state, int page) {
		List<NodeReport> matching = change.nodes()
			.stream()
			.filter((node) -> state.isEmpty() || node.status().equals(state))
			.toList();
		List<NodeReport> shown = matching.stream().skip((long) page * SIZE).limit(SIZE).toList();
		return new Slice<>(shown, page, SIZE, matching.size());
	}

	private static String counts(ChangeReport change) {
		Map<String, Long> counts = new LinkedHashMap<>();
		change.nodes().forEach((node) -> counts.merge(node.status().replace('-', ' '), 1L, Long::sum));
		int all = change.nodes().size();
		Integer wave = change.rollout().currentWave();
		String where = (wave != null) ? "Wave " + wave + " of " + change.rollout().waves().size() + ". " : "";
		return where + all + ((all == 1) ? " node: " : " nodes: ") + String.join(", ",
				counts.entrySet().stream().map((entry) -> entry.getValue() + " " + entry.getKey()).toList());
	}

}
