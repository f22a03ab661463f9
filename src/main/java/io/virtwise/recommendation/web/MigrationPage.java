package io.virtwise.recommendation.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.recommendation.migration.GroupJudgement;
import io.virtwise.recommendation.migration.GroupJudgement.Kind;
import io.virtwise.recommendation.migration.GroupJudgement.Matrix;
import io.virtwise.recommendation.migration.Passage;
import io.virtwise.rules.Assessment;
import org.jspecify.annotations.Nullable;

/**
 * A group of nodes as its page shows it.
 *
 * @param group the group, judged
 * @param tables the matrices: now, and with what is recommended
 * @param said what the rules say because of the group, each finding once
 * @param now the time of the page
 */
record MigrationPage(GroupJudgement group, List<Table> tables, List<Said> said, Instant now) {

	private static final Duration OLD = Duration.ofDays(30);

	static MigrationPage of(GroupJudgement group, Instant now) {
		return new MigrationPage(group,
				List.of(Table.of("now", "As it is configured now", group.now(), group.kinds()),
						Table.of("recommended", "With what is recommended", group.recommended(), group.kinds())),
				said(group), now);
	}

	/** Whether facts of these nodes are so old that they are marked. */
	public boolean old(Kind kind) {
		return Duration.between(kind.oldest(), this.now).compareTo(OLD) > 0;
	}

	/** Whether facts of any node are so old. */
	public boolean old() {
		return this.group.kinds().stream().anyMatch(this::old);
	}

	/** The tone of the answer, as everywhere. */
	public String tone() {
		return switch (this.group.answer()) {
			case HOST_MODEL -> "green";
			case COMMON -> "amber";
			case NONE -> "red";
			default -> "violet";
		};
	}

	/** Its icon. */
	public String icon() {
		return switch (this.group.answer()) {
			case HOST_MODEL -> "circle-check";
			case COMMON -> "checklist";
			case NONE -> "ban";
			default -> "help-hexagon";
		};
	}

	private static List<Said> said(GroupJudgement group) {
		Map<String, Said> said = new LinkedHashMap<>();
		for (Kind kind : group.kinds()) {
			for (Assessment.Finding finding : kind.findings()) {
				said.computeIfAbsent(finding.rule() + finding.title(), (key) -> new Said(finding, new ArrayList<>()))
					.kinds()
					.add(kind.number());
			}
		}
		return List.copyOf(said.values());
	}

	/**
	 * A finding and the kinds of nodes that have it.
	 */
	record Said(Assessment.Finding finding, List<Integer> kinds) {
	}

	/**
	 * A matrix with its heads.
	 *
	 * @param key its id on the page
	 * @param title what it shows
	 * @param matrix the ways
	 * @param rows one for each kind of node that guests come from
	 */
	record Table(String key, String title, Matrix matrix, List<Row> rows) {

		static Table of(String key, String title, Matrix matrix, List<Kind> kinds) {
			List<Row> rows = new ArrayList<>();
			for (int at = 0; at < matrix.rows().size(); at++) {
				rows.add(Row.of(kinds.get(at), matrix.rows().get(at), kinds));
			}
			return new Table(key, title, matrix, rows);
		}

	}

	/**
	 * Where guests of one kind of node can go.
	 *
	 * @param from the kind
	 * @param cells one for each kind, {@code null} for a lone node and itself
	 * @param reasons why not, the same reasons together
	 */
	record Row(Kind from, List<@Nullable Passage> cells, List<Reason> reasons) {

		static Row of(Kind from, List<@Nullable Passage> cells, List<Kind> kinds) {
			Map<String, Reason> reasons = new LinkedHashMap<>();
			for (int at = 0; at < cells.size(); at++) {
				Passage cell = cells.get(at);
				if (cell != null && cell.answer() != Passage.Answer.YES) {
					reasons.computeIfAbsent(cell.word() + cell.reason(), (key) -> new Reason(cell, new ArrayList<>()))
						.to()
						.add(kinds.get(at));
				}
			}
			return new Row(from, cells, List.copyOf(reasons.values()));
		}

	}

	/**
	 * Why guests cannot go somewhere, or nobody knows.
	 */
	record Reason(Passage passage, List<Kind> to) {
	}

}
