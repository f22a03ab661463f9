package io.virtwise.rules.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.CaseRun.CaseResult;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.RuleWorkshop.CaseKey;
import io.virtwise.rules.RuleWorkshop.CaseReport;
import io.virtwise.rules.RuleWorkshop.Uncovered;
import io.virtwise.rules.RulesRefused;
import io.virtwise.rules.StoredCase;
import io.virtwise.rules.internal.syntax.Rule;

/**
 * The part of the workshop that needs no portal: files in, problems and results out.
 */
public final class OfflineWorkshop {

	/** Cases do not look at the text of a nova.conf. */
	private static final AssessmentWriter WRITER = new AssessmentWriter((settings) -> "");

	private final FileMemory memory = FileMemory.good();

	/** What is wrong with these files, in reading order. */
	public List<RuleProblem> check(List<RuleSource> files) {
		return new RulebaseCheck(files, this.memory).problems();
	}

	/** Runs some of the cases among these files. */
	public CaseReport cases(List<RuleSource> files, Predicate<CaseKey> which) {
		long began = System.nanoTime();
		RulebaseCheck check = new RulebaseCheck(files, this.memory);
		Supplier<List<Uncovered>> uncovered = Beside.caller(() -> uncovered(check));
		List<RuleCase> chosen = check.cases()
			.stream()
			.filter((one) -> which.test(new CaseKey(one.file(), one.rule(), one.name())))
			.toList();
		List<CaseResult> results = check.rulebase()
			.map((rulebase) -> results(new RuleCaseRunner(rulebase, WRITER), chosen))
			.orElse(List.of());
		return new CaseReport(check.problems(), results, uncovered.get(), (System.nanoTime() - began) / 1_000_000);
	}

	/** Half of them beside the other half. */
	private static List<CaseResult> results(RuleCaseRunner runner, List<RuleCase> cases) {
		int half = cases.size() / 2;
		Supplier<List<CaseResult>> first = Beside
			.caller(() -> cases.subList(0, half).stream().map(runner::result).toList());
		List<CaseResult> second = cases.subList(half, cases.size()).stream().map(runner::result).toList();
		return Stream.of(first.get(), second).flatMap(List::stream).toList();
	}

	/** Runs all cases among these files. */
	public CaseReport cases(List<RuleSource> files) {
		return cases(files, (one) -> true);
	}

	/** A case of these facts, as the rules among these files judge them now. */
	StoredCase caseOf(List<RuleSource> files, NodeFacts facts) {
		RulebaseCheck check = new RulebaseCheck(files, this.memory);
		Rulebase rulebase = check.rulebase().orElseThrow(() -> new RulesRefused(check.problems()));
		return new CaseWriter(rulebase, WRITER).write(facts, check.cases());
	}

	/** The rules that could be read. */
	List<RuleText> outline(List<RuleSource> files) {
		return new RulebaseCheck(files, this.memory).texts();
	}

	private static List<Uncovered> uncovered(RulebaseCheck check) {
		Set<String> fires = new TreeSet<>();
		Set<String> silent = new TreeSet<>();
		check.cases().forEach((one) -> {
			fires.addAll(one.texts("fires"));
			silent.addAll(one.texts("silent"));
		});
		BoundaryCases boundaries = new BoundaryCases(check.cases());
		Map<String, Rule> trees = check.passed() ? check.trees() : Map.of();
		Set<String> ids = new LinkedHashSet<>(check.texts().stream().map(RuleText::id).toList());
		return ids.stream()
			.map((id) -> new Uncovered(id, fires.contains(id), silent.contains(id),
					trees.containsKey(id) ? boundaries.lacking(id, trees.get(id)) : List.of()))
			.filter((one) -> !one.lacks().isEmpty())
			.toList();
	}

}
