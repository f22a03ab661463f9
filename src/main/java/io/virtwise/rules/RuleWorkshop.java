package io.virtwise.rules;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;

/**
 * Where rules are made: checks them, runs their cases, builds a rulebase of them and puts
 * it in force. Files are all files of a rulebase: rules, cases, base nodes and the index.
 * Their text may be anything.
 */
public interface RuleWorkshop {

	/**
	 * What is wrong with these files, in reading order; empty where nothing is. Executes
	 * nothing of them, throws for no text, and comes to an end in bounded time.
	 */
	List<RuleProblem> check(List<RuleSource> files);

	/** The rules that could be read, in reading order, for an outline while typing. */
	List<RuleText> outline(List<RuleSource> files);

	/** Runs all cases among these files on the rules among them. */
	default CaseReport cases(List<RuleSource> files) {
		return cases(files, (one) -> true);
	}

	/**
	 * Runs some of the cases. Where the files have errors nothing runs.
	 * @param which cases to run
	 */
	CaseReport cases(List<RuleSource> files, Predicate<CaseKey> which);

	/**
	 * Builds a rulebase, which is not in force by that.
	 * @param revision the number that its assessments are to name
	 * @throws RulesRefused if the files have errors
	 */
	CompiledRulebase build(int revision, List<RuleSource> files);

	/**
	 * Compares what two rulebases, both built here, say of facts.
	 * @param before the one that is in force
	 * @param after the one that might be
	 */
	RulebaseComparison compare(CompiledRulebase before, CompiledRulebase after);

	/** The words that rules may use, with examples from the rulebase in force. */
	RuleLanguage language();

	/**
	 * The text of a rule in the one form that all rules have.
	 * @throws io.virtwise.shared.Refused with every field that is at fault
	 */
	String write(NewRule rule);

	/**
	 * The same rules with one form of lines, blanks and indents; comments stay.
	 * @throws RulesRefused where the text has a fault that hides where its rules end
	 */
	String format(RuleSource file);

	/**
	 * A case of the facts of a node, without names and secrets. It expects what the rules
	 * among these files make of them now.
	 * @throws RulesRefused if the files have errors
	 */
	StoredCase caseOf(List<RuleSource> files, NodeFacts facts);

	/** The files that this version of the portal ships with. */
	List<RuleSource> shipped();

	/** The rulebase that is in force now; waits while the first one is being built. */
	CompiledRulebase active();

	/**
	 * Puts a rulebase in force. Assessments under way end with the one that they began
	 * with.
	 */
	void activate(CompiledRulebase rulebase);

	/**
	 * Names a case.
	 *
	 * @param file the file that it stands in
	 * @param rule the rule that it is about
	 * @param name what happens in it
	 */
	record CaseKey(String file, String rule, String name) {
	}

	/**
	 * What came of running cases.
	 *
	 * @param problems what is wrong with the files; where any of it is an error nothing
	 * ran
	 * @param results one for each case that ran, in the order of their files
	 * @param uncovered rules that lack a case in which they fire, one in which they stay
	 * silent, or one right at a number that they compare with, each with what it lacks
	 * @param millis how long it took
	 */
	record CaseReport(List<RuleProblem> problems, List<CaseRun.CaseResult> results, List<Uncovered> uncovered,
			long millis) {

		public CaseReport {
			problems = List.copyOf(problems);
			results = List.copyOf(results);
			uncovered = List.copyOf(uncovered);
		}

		/** Whether everything is as it should be: no error, and no case that differs. */
		public boolean green() {
			return this.problems.stream().noneMatch((one) -> one.severity() == RuleProblem.Severity.ERROR)
					&& this.results.stream().allMatch(CaseRun.CaseResult::passed);
		}

	}

	/**
	 * A rule without the cases that it should have.
	 *
	 * @param rule its id
	 * @param fires whether a case says that it fires
	 * @param silent whether a case says that it stays silent
	 * @param boundaries cases that it lacks right at a number that it compares with, as
	 * {@code stays silent with Release.major 19}
	 */
	record Uncovered(String rule, boolean fires, boolean silent, List<String> boundaries) {

		public Uncovered {
			boundaries = List.copyOf(boundaries);
		}

		/** Everything that it lacks, in words. */
		public List<String> lacks() {
			return Stream
				.of(this.fires ? Stream.<String>empty() : Stream.of("fires"),
						this.silent ? Stream.<String>empty() : Stream.of("stays silent"), this.boundaries.stream())
				.flatMap((some) -> some)
				.toList();
		}

	}

}
