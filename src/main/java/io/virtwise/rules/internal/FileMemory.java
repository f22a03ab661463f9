package io.virtwise.rules.internal;

import java.util.List;

import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;

/**
 * What was read of files lately, text by text.
 *
 * @param rules what a rule file holds
 * @param cases what a file of cases holds, which also depends on the base nodes
 * @param rulebases what was built of all rule files together
 * @param indexes what an index without fault holds
 */
record FileMemory(Recently<RuleSource, ReadRules> rules, Recently<List<RuleSource>, ReadCases> cases,
		Recently<List<RuleSource>, Rulebase> rulebases, Recently<RuleSource, KnowledgeIndex> indexes) {

	/** The shipped files a few times over. */
	private static final int FILES = 250;

	private static final int RULEBASES = 2;

	/** One that forgets at once. */
	static FileMemory none() {
		return new FileMemory(new Recently<>(0), new Recently<>(0), new Recently<>(0), new Recently<>(0));
	}

	/** One for a workshop. */
	static FileMemory good() {
		return new FileMemory(new Recently<>(FILES), new Recently<>(FILES), new Recently<>(RULEBASES),
				new Recently<>(RULEBASES));
	}

	/**
	 * A rule file as it was read.
	 *
	 * @param rules those without fault
	 * @param problems what is wrong with the others
	 */
	record ReadRules(List<ReadRule> rules, List<RuleProblem> problems) {

		ReadRules {
			rules = List.copyOf(rules);
			problems = List.copyOf(problems);
		}

	}

	/**
	 * A file of cases as it was read.
	 *
	 * @param cases those that are some
	 * @param problems what is wrong with the others
	 */
	record ReadCases(List<RuleCase> cases, List<RuleProblem> problems) {

		ReadCases {
			cases = List.copyOf(cases);
			problems = List.copyOf(problems);
		}

	}

}
