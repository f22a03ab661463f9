package io.virtwise.overview.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.CaseRun;
import io.virtwise.rules.CaseRun.CaseResult;
import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.KnowledgeIndex.Erratum;
import io.virtwise.rules.KnowledgeIndex.Part;
import io.virtwise.rules.KnowledgeIndex.Passage;
import io.virtwise.rules.KnowledgeIndex.Row;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.Severity;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge as its page and its address in the API show it, after a filter.
 *
 * @param rulebase the rulebase that it is of
 * @param coverage all of it in numbers, whatever the filter
 * @param parts the sources with what is left of them
 * @param errata the errata that are left
 */
record KnowledgeView(RulebaseRevision rulebase, Coverage coverage, List<PartView> parts, List<ErratumView> errata) {

	static KnowledgeView of(RulebaseRevision rulebase, KnowledgeIndex index, List<RuleText> rules,
			@Nullable CaseRun run, KnowledgeFilter filter) {
		Map<String, RuleView> views = new HashMap<>();
		rules.forEach((rule) -> views.put(rule.id(), RuleView.of(rule, run)));
		List<PartView> parts = new ArrayList<>();
		for (Part part : index.parts()) {
			List<PassageView> passages = filter.takesPart(part.key()) ? passages(part, index.errata(), views, filter)
					: List.of();
			if (!passages.isEmpty()) {
				parts.add(new PartView(part.key(), part.title(), part.about(), passages));
			}
		}
		List<ErratumView> errata = index.errata()
			.stream()
			.filter((one) -> filter.takesPart(KnowledgeFilter.ERRATA) && filter.severity() == null
					&& filter.takes(text(one)))
			.map((one) -> new ErratumView(one.id(), one.title(), one.passages(), one.claims(), one.follows(),
					one.because(), views(one.rules(), views)))
			.toList();
		return new KnowledgeView(rulebase, Coverage.of(index, rules, run), parts, errata);
	}

	/** How many rows are left. */
	public long rows() {
		return this.parts.stream().mapToLong(PartView::rows).sum();
	}

	private static List<PassageView> passages(Part part, List<Erratum> errata, Map<String, RuleView> rules,
			KnowledgeFilter filter) {
		List<PassageView> passages = new ArrayList<>();
		for (Passage passage : part.passages()) {
			List<RowView> rows = passage.rows()
				.stream()
				.map((row) -> row(passage, row, rules, filter))
				.filter((row) -> !row.rules().isEmpty() || (row.reason() != null && filter.severity() == null))
				.toList();
			if (!rows.isEmpty()) {
				List<Erratum> own = errata.stream()
					.filter((one) -> one.passages().contains(passage.section()) && part.key().equals("chapter"))
					.toList();
				passages.add(new PassageView(passage.section(), part.key() + "-" + passage.section(), passage.title(),
						rows, own));
			}
		}
		return passages;
	}

	/**
	 * A row with those of its rules that pass the filter, all of them where the row's own
	 * text does; without rules and reason where nothing does.
	 */
	private static RowView row(Passage passage, Row row, Map<String, RuleView> rules, KnowledgeFilter filter) {
		String own = String.join(" ", row.id(), row.says(), row.source(), passage.section(), passage.title(),
				String.valueOf(row.reason()));
		boolean all = filter.takes(own);
		List<RuleView> shown = views(row.rules(), rules).stream()
			.filter((rule) -> filter.takes(rule.severity()))
			.filter((rule) -> all || filter.takes(own, rule.id(), rule.title(), rule.file()))
			.toList();
		return new RowView(row.id(), row.says(), row.source(), (all || !shown.isEmpty()) ? row.reason() : null, shown);
	}

	private static List<RuleView> views(List<String> ids, Map<String, RuleView> rules) {
		return ids.stream().map((id) -> rules.getOrDefault(id, RuleView.missing(id))).toList();
	}

	private static String text(Erratum erratum) {
		StringBuilder text = new StringBuilder(String.join(" ", erratum.id(), erratum.title(),
				String.join(" ", erratum.passages()), erratum.follows(), erratum.because()));
		erratum.claims().forEach((claim) -> text.append(' ').append(claim.source()).append(' ').append(claim.says()));
		return text.append(' ').append(String.join(" ", erratum.rules())).toString();
	}

	/**
	 * All of the knowledge in numbers.
	 *
	 * @param rows documented rows
	 * @param withRule rows that rules carry
	 * @param withReason rows that cannot be a rule
	 * @param missing rules that rows name and that the rulebase lacks
	 * @param rules rules in the rulebase
	 * @param run how their cases came out; {@code null} while they are still running
	 */
	record Coverage(long rows, long withRule, long withReason, List<String> missing, int rules, @Nullable RunView run) {

		static Coverage of(KnowledgeIndex index, List<RuleText> rules, @Nullable CaseRun run) {
			List<String> known = rules.stream().map(RuleText::id).toList();
			List<String> missing = index.rows()
				.flatMap((row) -> row.rules().stream())
				.filter((id) -> !known.contains(id))
				.distinct()
				.sorted()
				.toList();
			return new Coverage(index.rows().count(), index.rows().filter((row) -> row.reason() == null).count(),
					index.rows().filter((row) -> row.reason() != null).count(), missing, rules.size(),
					(run != null) ? RunView.of(run) : null);
		}

	}

	/**
	 * A source with its outline.
	 */
	record PartView(String key, String title, String about, List<PassageView> passages) {

		/** How many rows are shown. */
		public long rows() {
			return this.passages.stream().mapToLong((passage) -> passage.rows().size()).sum();
		}

	}

	/**
	 * A passage with what it says.
	 *
	 * @param section its number
	 * @param anchor the id of its place on the page
	 * @param title its title
	 * @param rows what it says
	 * @param errata what is wrong with it
	 */
	record PassageView(String section, String anchor, String title, List<RowView> rows, List<Erratum> errata) {
	}

	/**
	 * A documented row.
	 */
	record RowView(String id, String says, String source, @Nullable String reason, List<RuleView> rules) {

		/** Its rules that tell an operator something. */
		public List<RuleView> speaking() {
			return this.rules.stream().filter((rule) -> !rule.derives()).toList();
		}

		/** Its rules that only draw conclusions for others. */
		public List<RuleView> deriving() {
			return this.rules.stream().filter(RuleView::derives).toList();
		}

		/** The latter in one line. */
		public String restsOn() {
			int count = deriving().size();
			return (count == 1) ? "Rests on one derivation" : "Rests on " + count + " derivations";
		}

	}

	/**
	 * A place where sources err or disagree.
	 */
	record ErratumView(String id, String title, List<String> passages, List<KnowledgeIndex.Claim> claims,
			String follows, String because, List<RuleView> rules) {
	}

	/**
	 * A rule and how its cases came out.
	 *
	 * @param id its id
	 * @param title what an operator reads of it; {@code null} where there is no such rule
	 * @param severity how bad it is; {@code null} where there is no such rule
	 * @param file where it stands
	 * @param cases how many cases speak of it; {@code null} while they are still running
	 * @param passed how many of them came out as expected
	 * @param failures those that did not
	 */
	record RuleView(String id, @Nullable String title, @Nullable Severity severity, @Nullable String file,
			@Nullable Integer cases, @Nullable Integer passed, List<CaseResult> failures) {

		/** Whether it is a step on the way and nothing went wrong with it. */
		boolean derives() {
			return this.id.startsWith("V") && this.severity == Severity.INFO && this.failures.isEmpty();
		}

		static RuleView of(RuleText rule, @Nullable CaseRun run) {
			if (run == null) {
				return new RuleView(rule.id(), rule.title(), rule.severity(), rule.file(), null, null, List.of());
			}
			List<CaseResult> own = run.of(rule.id());
			List<CaseResult> failures = own.stream().filter((one) -> !one.passed()).toList();
			return new RuleView(rule.id(), rule.title(), rule.severity(), rule.file(), own.size(),
					own.size() - failures.size(), failures);
		}

		static RuleView missing(String id) {
			return new RuleView(id, null, null, null, null, null, List.of());
		}

	}

}
