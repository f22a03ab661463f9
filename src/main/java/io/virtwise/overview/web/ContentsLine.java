package io.virtwise.overview.web;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.overview.web.KnowledgeView.PartView;
import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.KnowledgeIndex.Part;

/**
 * A line in the table of contents of the knowledge.
 *
 * @param section the number of a passage; empty for a whole part
 * @param title its title
 * @param href where it is: on this page, or on the one of its part
 * @param rows how many rows it has there
 */
record ContentsLine(String section, String title, String href, long rows) {

	/**
	 * The lines for what a page shows, and below them, where nothing was asked for, the
	 * parts that have a page of their own.
	 */
	static List<ContentsLine> of(KnowledgeView knowledge, KnowledgeIndex index, KnowledgeFilter filter) {
		List<ContentsLine> lines = new ArrayList<>();
		for (Part part : index.parts()) {
			knowledge.parts()
				.stream()
				.filter((shown) -> shown.key().equals(part.key()))
				.findFirst()
				.ifPresentOrElse((shown) -> lines.addAll(here(shown)), () -> elsewhere(part, filter, lines));
		}
		int errata = knowledge.errata().size();
		if (errata > 0) {
			lines.add(new ContentsLine("", "Errata and disagreements", "#errata", errata));
		}
		else if (!asked(filter)) {
			lines.add(new ContentsLine("", "Errata and disagreements", "/knowledge?source=" + KnowledgeFilter.ERRATA,
					index.errata().size()));
		}
		return lines;
	}

	/** A part with numbered passages is shown by them, any other by its name. */
	private static List<ContentsLine> here(PartView part) {
		if (!part.key().equals("chapter")) {
			return List.of(new ContentsLine("", part.title(), "#" + part.key(), part.rows()));
		}
		return part.passages()
			.stream()
			.map((passage) -> new ContentsLine(passage.section(), passage.title(), "#" + passage.anchor(),
					passage.rows().size()))
			.toList();
	}

	private static void elsewhere(Part part, KnowledgeFilter filter, List<ContentsLine> lines) {
		if (!asked(filter)) {
			lines.add(new ContentsLine("", part.title(), "/knowledge?source=" + part.key(),
					part.passages().stream().mapToLong((passage) -> passage.rows().size()).sum()));
		}
	}

	/** Whether words or a severity were asked for, so that other parts have no match. */
	private static boolean asked(KnowledgeFilter filter) {
		return filter.q() != null || filter.severity() != null;
	}

}
