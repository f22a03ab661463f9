package io.virtwise.rules;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Files that make no rulebase, with every reason.
 */
public final class RulesRefused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<RuleProblem> problems;

	public RulesRefused(List<RuleProblem> problems) {
		super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
		this.problems = List.copyOf(problems);
	}

	/** What is wrong, in reading order. */
	public List<RuleProblem> problems() {
		return this.problems;
	}

}
