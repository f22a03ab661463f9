package io.virtwise.rules.internal;

import java.util.List;
import java.util.Set;

import io.virtwise.rules.language.Conclusion;

/**
 * One firing of a rule: what it rests on.
 *
 * @param rule the rule
 * @param evidence the lines seen of the facts that it looks at
 * @param conclusions the conclusions that it matched
 */
record Trace(RuleHead rule, List<String> evidence, Set<Conclusion> conclusions) {

	Trace {
		evidence = List.copyOf(evidence);
		conclusions = Set.copyOf(conclusions);
	}

}
