package io.virtwise.rules.internal;

import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RulesRefused;
import io.virtwise.rules.internal.syntax.Layout;
import io.virtwise.rules.internal.syntax.Problems;

/**
 * Gives a rule file the one form of lines, blanks and indents.
 */
final class RuleFormat {

	private RuleFormat() {
	}

	/**
	 * The same tokens and comments.
	 * @throws RulesRefused where something in the text is no token
	 */
	static String format(RuleSource file) {
		Problems problems = new Problems(file.path());
		return Layout.of(file.text(), problems).orElseThrow(() -> new RulesRefused(problems.all()));
	}

}
