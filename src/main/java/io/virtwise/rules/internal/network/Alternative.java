package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.rules.language.Conclusion;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a rule can match: what must be so, and the facts joined to it of which
 * there may be several.
 *
 * @param rule the name of the rule
 * @param level after which others it fires
 * @param closed what must be so
 * @param joined facts joined to it
 * @param variables what the rule binds
 */
record Alternative(String rule, int level, List<Closed> closed, List<Joined> joined, Map<String, Operand> variables) {

	Alternative {
		closed = List.copyOf(closed);
		joined = List.copyOf(joined);
		variables = Map.copyOf(variables);
	}

	/**
	 * A fact of which there may be several.
	 */
	record Joined(Kind kind, List<Test> tests) {

		Joined {
			tests = List.copyOf(tests);
		}

	}

	/**
	 * Fires, once for each combination of answers that fits.
	 */
	void fire(Situation situation, Object[] facts) {
		Set<Conclusion> matched = new HashSet<>();
		List<Object> several = new ArrayList<>();
		for (Object fact : facts) {
			if (fact instanceof Conclusion conclusion) {
				matched.add(conclusion);
			}
			else {
				several.add(fact);
			}
		}
		fire(situation, facts, 0, matched, several);
	}

	private void fire(Situation situation, Object[] facts, int from, Set<Conclusion> matched, List<Object> several) {
		for (int at = from; at < this.closed.size(); at++) {
			if (this.closed.get(at) instanceof Closed.Said said) {
				List<Conclusion> some = Situation.conclusions(said.topic(),
						said.answers() & situation.answers(said.topic()));
				if (some.size() > 1) {
					for (Conclusion one : some) {
						Set<Conclusion> more = new HashSet<>(matched);
						more.add(one);
						fire(situation, facts, at + 1, more, several);
					}
					return;
				}
				matched.addAll(some);
			}
		}
		situation.firing().fires(this.rule, new Match(situation, facts, matched, several, this.variables));
	}

	/**
	 * What was matched in one firing.
	 */
	private record Match(Situation situation, Object[] facts, Set<Conclusion> conclusions, List<Object> several,
			Map<String, Operand> variables) implements Firing.Matched {

		@Override
		public void conclude(Conclusion conclusion) {
			this.situation.conclude(conclusion);
		}

		@Override
		public boolean binds(String variable) {
			return this.variables.containsKey(variable);
		}

		@Override
		public @Nullable Object value(String variable) {
			Operand operand = this.variables.get(variable);
			return (operand != null) ? operand.value(null, this.situation, this.facts) : null;
		}

	}

}
