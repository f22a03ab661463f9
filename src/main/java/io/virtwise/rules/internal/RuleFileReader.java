package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.rules.RuleSource;
import io.virtwise.rules.internal.syntax.DrlFile;
import io.virtwise.rules.internal.syntax.Problems;
import io.virtwise.rules.internal.syntax.Rule;

/**
 * Reads a rule file and refuses everything that is not in the language of rules, with
 * line and column.
 */
final class RuleFileReader {

	private final Vocabulary vocabulary = new Vocabulary();

	/**
	 * The rules of a file that have no fault.
	 * @param problems takes what is wrong with the others
	 */
	List<ReadRule> read(RuleSource file, Problems problems) {
		List<ReadRule> rules = new ArrayList<>();
		for (Rule rule : DrlFile.read(file, problems)) {
			new RuleCheck(rule, this.vocabulary, problems).read().ifPresent(rules::add);
		}
		return rules;
	}

}
