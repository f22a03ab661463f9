package io.virtwise.rules.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

import io.virtwise.rules.internal.syntax.Rule;

/**
 * How the rules of one rulebase hang together: which can come to a conclusion that others
 * ask for.
 *
 * @param rules all rules
 */
record RuleLinks(List<ReadRule> rules) {

	RuleLinks {
		rules = List.copyOf(rules);
	}

	/** These rules and all that they rest on, in the order of the rulebase. */
	List<ReadRule> restingOn(Collection<ReadRule> some) {
		return follow(some, (known, other) -> leads(other.tree(), known.tree()));
	}

	/** These rules and all that what they conclude can lead to. */
	List<ReadRule> ledTo(Collection<ReadRule> some) {
		return follow(some, (known, other) -> leads(known.tree(), other.tree()));
	}

	/** The rules that ask for what some rules of another rulebase conclude. */
	List<ReadRule> askingFor(Collection<ReadRule> others) {
		return this.rules.stream()
			.filter((rule) -> others.stream().anyMatch((other) -> leads(other.tree(), rule.tree())))
			.toList();
	}

	private List<ReadRule> follow(Collection<ReadRule> some, BiPredicate<ReadRule, ReadRule> linked) {
		Set<ReadRule> reached = new LinkedHashSet<>(some);
		Deque<ReadRule> next = new ArrayDeque<>(some);
		while (!next.isEmpty()) {
			ReadRule known = next.remove();
			for (ReadRule other : this.rules) {
				if (!reached.contains(other) && linked.test(known, other)) {
					reached.add(other);
					next.add(other);
				}
			}
		}
		List<ReadRule> inOrder = new ArrayList<>(this.rules);
		inOrder.retainAll(reached);
		return inOrder;
	}

	/** Whether the first concludes something that the second asks for. */
	private static boolean leads(Rule first, Rule second) {
		return first.call().sink().equals(Stage.DIAGNOSE.sink()) && second.patterns()
			.anyMatch((pattern) -> Conclusions.meets(pattern, Conclusions.topic(first), Conclusions.answer(first)));
	}

}
