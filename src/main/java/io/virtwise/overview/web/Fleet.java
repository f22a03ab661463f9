package io.virtwise.overview.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.virtwise.rules.Verdict;
import io.virtwise.ui.Bar;
import io.virtwise.ui.Verdicts;

/**
 * All registered nodes by verdict.
 *
 * @param nodes how many there are
 * @param ready how many of them need nothing
 * @param rows one for each verdict, and one for those never assessed if there are any
 * @param bar the same as a drawing
 */
record Fleet(long nodes, long ready, List<Row> rows, Bar bar) {

	private static final Verdicts LOOKS = new Verdicts();

	private static final String NOT_ASSESSED = "not-assessed";

	static Fleet of(long nodes, Map<Verdict, Long> counts) {
		List<Row> rows = new ArrayList<>();
		long assessed = 0;
		for (Verdict verdict : Verdict.values()) {
			long count = counts.getOrDefault(verdict, 0L);
			assessed += count;
			rows.add(new Row(verdict.key(), count));
		}
		if (nodes > assessed) {
			rows.add(new Row(NOT_ASSESSED, nodes - assessed));
		}
		List<Bar.Part> parts = rows.stream()
			.map((row) -> new Bar.Part(LOOKS.tone(row.verdict()), LOOKS.word(row.verdict()), row.count()))
			.toList();
		return new Fleet(nodes, counts.getOrDefault(Verdict.READY, 0L), rows, Bar.of("All nodes", parts));
	}

	/**
	 * A verdict and how many nodes have it.
	 *
	 * @param verdict its key
	 * @param count how many
	 */
	record Row(String verdict, long count) {
	}

}
