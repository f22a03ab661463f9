package io.virtwise.rules.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.virtwise.rules.language.Conclusion;

/**
 * One firing of a rule: what it rests on.
 *
 * @param rule the rule
 * @param evidence the lines seen of the facts that it looks at
 * @param conclusions the conclusions that it matched, each once, by topic
 */
record Trace(RuleHead rule, List<String> evidence, List<Conclusion> conclusions) {

	static final Comparator<Conclusion> BY_TOPIC = (one, other) -> {
		int topic = one.topic().compareTo(other.topic());
		return (topic != 0) ? topic : one.answer().compareTo(other.answer());
	};

	Trace {
		evidence = List.copyOf(evidence);
		conclusions = List.copyOf(conclusions);
	}

	/** Of conclusions in any order. */
	static Trace of(RuleHead rule, List<String> evidence, Collection<Conclusion> conclusions) {
		return new Trace(rule, evidence, (conclusions.size() < 2) ? List.copyOf(conclusions)
				: conclusions.stream().distinct().sorted(BY_TOPIC).toList());
	}

}
