package io.virtwise.authoring.web;

import java.util.List;

import io.virtwise.authoring.RulebaseDiff;
import io.virtwise.ui.DiffView;

/**
 * What differs between two rulebases, for {@code authoring/pieces :: diff}.
 *
 * @param title what is compared
 * @param rules rules that differ
 * @param files files that differ
 */
record DiffPage(String title, List<RuleView> rules, List<FileView> files) {

	static DiffPage of(String title, RulebaseDiff diff) {
		return new DiffPage(title,
				diff.rules()
					.stream()
					.map((one) -> new RuleView(one.id(), one.kind().key(), one.file(), DiffView.of(one.diff())))
					.toList(),
				diff.files()
					.stream()
					.map((one) -> new FileView(one.path(), one.kind().key(), DiffView.of(one.diff())))
					.toList());
	}

	/** A rule with its lines. */
	record RuleView(String id, String kind, String file, DiffView view) {
	}

	/** A file with its lines. */
	record FileView(String path, String kind, DiffView view) {
	}

}
