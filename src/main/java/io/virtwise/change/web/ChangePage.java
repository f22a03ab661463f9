package io.virtwise.change.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeReport.SettingReport;
import io.virtwise.change.ChangeStatus;
import io.virtwise.shared.Slice;
import io.virtwise.ui.DiffView;
import io.virtwise.ui.DiffView.Kind;
import io.virtwise.ui.DiffView.Row;

/**
 * What the page of a change shows beyond the report: diffs of nodes with the same bytes
 * together, and counts.
 *
 * @param change the report
 * @param diffs one for all nodes with the same bytes before and after
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
record ChangePage(ChangeReport change, List<FileDiff> diffs, boolean live, boolean started, boolean ahead,
		String counts, long left, RolloutView rollout, String state, Map<String, Long> states,
		Slice<NodeReport> nodes) {

	/** So many nodes are listed on one page. */
	static final int SIZE = 25;

	static ChangePage of(ChangeReport change, String state, int page) {
		Map<String, List<NodeReport>> same = new LinkedHashMap<>();
		for (NodeReport node : change.nodes()) {
			same.computeIfAbsent(String.join(" ", node.path(), node.before().hash(), node.after().hash(),
					node.writeReason(), String.valueOf(node.olderPath())), (key) -> new ArrayList<>())
				.add(node);
		}
		ChangeStatus status = ChangeStatus.ofKey(change.status()).orElseThrow();
		boolean started = change.nodes().stream().anyMatch((node) -> node.since() != null);
		long left = change.nodes().stream().filter((node) -> node.status().equals("pending")).count();
		return new ChangePage(change, same.values().stream().map(FileDiff::of).toList(), !status.allowed().isEmpty(),
				started, started || status == ChangeStatus.APPROVED, counts(change), left, RolloutView.of(change),
				state, states(change), nodes(change, state, Math.max(0, page)));
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

	/**
	 * One file on the nodes that have the same bytes.
	 *
	 * @param path the file
	 * @param nodes the nodes
	 * @param view the diff, with the empty lines at the end folded
	 * @param padding how many empty lines are added at the end
	 * @param settings what is set, and why
	 */
	record FileDiff(String path, List<NodeReport> nodes, DiffView view, int padding, List<SettingReport> settings) {

		/** From how many empty lines on they are folded. */
		private static final int FOLD_FROM = 2;

		static FileDiff of(List<NodeReport> nodes) {
			NodeReport first = nodes.get(0);
			DiffView view = DiffView.of(first.diff());
			List<Row> rows = new ArrayList<>(view.rows());
			int padding = 0;
			while (!rows.isEmpty() && rows.get(rows.size() - 1).kind() == Kind.ADDED
					&& rows.get(rows.size() - 1).text().isEmpty()) {
				rows.remove(rows.size() - 1);
				padding++;
			}
			if (padding < FOLD_FROM) {
				return new FileDiff(first.path(), nodes, view, 0, first.settings());
			}
			rows.add(new Row(Kind.FOLD, null, null, "+ " + padding
					+ " empty lines at the end: the new content is shorter, and" + " libvirt cannot shorten a file"));
			return new FileDiff(first.path(), nodes, new DiffView(rows, view.added() - padding, view.removed()),
					padding, first.settings());
		}

	}

}
