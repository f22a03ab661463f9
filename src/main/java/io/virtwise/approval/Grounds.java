package io.virtwise.approval;

import java.util.List;

/**
 * What a subject rests on, as far as it matters for who may decide.
 *
 * @param risk what makes it risky
 * @param rulebaseRevision the revision of the rulebase that it comes from, 0 for none
 * @param rules ids of the rules that asked for it
 */
public record Grounds(Risk risk, int rulebaseRevision, List<String> rules) {

	/** Nothing in particular. */
	public static final Grounds NONE = new Grounds(Risk.NONE, 0, List.of());

	public Grounds {
		rules = List.copyOf(rules);
	}

}
