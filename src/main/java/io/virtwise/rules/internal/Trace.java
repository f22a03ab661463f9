package io.virtwise.rules.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

import io.virtwise.rules.language.Conclusion;

/**
 * One firing of a rule: what it rests on.
 *
 * @param rule the rule
 * @param evidence the lines seen of the facts that it looks at
 * @param conclusions the conclusions that it matched, each once, by topic
 */
record Trace(RuleHead rule, List<ShownLine> evidence, List<Conclusion> conclusions) {

	static final Comparator<Conclusion> BY_TOPIC = (one, other) -> {
		int topic = one.topic().compareTo(other.topic());
		return (topic != 0) ? topic : one.answer().compareTo(other.answer());
	};

	Trace {
		evidence = List.copyOf(evidence);
		conclusions = List.copyOf(conclusions);
	}

	/** Of conclusions in any order. */
	static Trace of(RuleHead rule, List<ShownLine> evidence, Collection<Conclusion> conclusions) {
		if (conclusions.size() < 2) {
			return new Trace(rule, evidence, List.copyOf(conclusions));
		}
		Conclusion[] sorted = new LinkedHashSet<>(conclusions).toArray(new Conclusion[0]);
		Arrays.sort(sorted, BY_TOPIC);
		return new Trace(rule, evidence, List.of(sorted));
	}

}
