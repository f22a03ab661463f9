package io.virtwise.change.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeReport.SettingReport;
import io.virtwise.ui.DiffView;
import io.virtwise.ui.DiffView.Kind;
import io.virtwise.ui.DiffView.Row;

/**
 * What changes in one file, shown once for all nodes where the same lines change. Files
 * of nodes differ in lines that nobody touches, addresses above all, so that a fleet
 * would else fill a page per node.
 *
 * @param nodes the nodes, the first is the one whose diff is shown
 * @param view that diff, with the empty lines at the end folded
 * @param exact whether all nodes have the same bytes before and after under the same path
 */
record FileDiff(List<NodeReport> nodes, DiffView view, boolean exact) {

	/** From how many empty lines on they are folded. */
	private static final int FOLD_FROM = 2;

	/** The diffs of these nodes, in their order. */
	static List<FileDiff> group(List<NodeReport> nodes) {
		Map<Edit, List<NodeReport>> same = new LinkedHashMap<>();
		for (NodeReport node : nodes) {
			same.computeIfAbsent(Edit.of(node, folded(DiffView.of(node.diff()))), (edit) -> new ArrayList<>())
				.add(node);
		}
		return same.values()
			.stream()
			.map((alike) -> new FileDiff(List.copyOf(alike), folded(DiffView.of(alike.get(0).diff())),
					alike.stream().map(FileDiff::bytes).distinct().count() == 1))
			.toList();
	}

	/** The file's path on the node that is shown. */
	public String path() {
		return shown().path();
	}

	/** The node whose diff is shown. */
	public NodeReport shown() {
		return this.nodes.get(0);
	}

	/** What is set on all of them, and why. */
	public List<SettingReport> settings() {
		return shown().settings();
	}

	private static String bytes(NodeReport node) {
		return String.join(" ", node.path(), node.before().hash(), node.after().hash());
	}

	private static DiffView folded(DiffView view) {
		List<Row> rows = new ArrayList<>(view.rows());
		int padding = 0;
		while (!rows.isEmpty() && rows.get(rows.size() - 1).kind() == Kind.ADDED
				&& rows.get(rows.size() - 1).text().isEmpty()) {
			rows.remove(rows.size() - 1);
			padding++;
		}
		if (padding < FOLD_FROM) {
			return view;
		}
		rows.add(new Row(Kind.FOLD, null, null, "+ " + padding
				+ " empty lines at the end: the new content is shorter, and libvirt cannot shorten a file"));
		return new DiffView(rows, view.added() - padding, view.removed());
	}

	/**
	 * What is done to a file, whatever else it holds.
	 */
	private record Edit(String mode, String writeReason, boolean replaces, List<String> lines,
			List<SettingReport> settings) {

		static Edit of(NodeReport node, DiffView view) {
			List<String> lines = view.rows()
				.stream()
				.filter((row) -> row.kind() == Kind.ADDED || row.kind() == Kind.REMOVED)
				.map((row) -> row.kind() + " " + row.text())
				.toList();
			return new Edit(node.writeMode(), node.writeReason(), node.olderPath() != null, lines, node.settings());
		}

	}

}
