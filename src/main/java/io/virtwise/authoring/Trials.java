package io.virtwise.authoring;

import java.util.List;

import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleWorkshop.CaseReport;
import org.jspecify.annotations.Nullable;

/**
 * What an author may try on a draft as often as it takes. Nothing of it is stored.
 */
public interface Trials {

	/** What is wrong with the files of a draft, in reading order. */
	List<RuleProblem> check(String id);

	/** The same as if a file had another text, for while that is being typed. */
	List<RuleProblem> check(String id, String path, String text);

	/**
	 * Runs cases of a draft.
	 * @param which which of them
	 */
	CaseReport cases(String id, CaseChoice which);

	/**
	 * Runs cases as if a file had another text: those about the rules of a rule file, or
	 * those of a case file.
	 * @param only only the one of this name, {@code null} for all of them
	 */
	CaseReport cases(String id, String path, String text, @Nullable String only);

	/**
	 * Which cases to run. What is {@code null} leaves nothing out.
	 *
	 * @param file only those of this file
	 * @param rule only those about this rule
	 * @param name only the one of this name
	 */
	record CaseChoice(@Nullable String file, @Nullable String rule, @Nullable String name) {

		/** All of them. */
		public static final CaseChoice ALL = new CaseChoice(null, null, null);

	}

}
