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

		/**
		 * What must be so before anything is joined: there is often no fact of the kind.
		 */
		List<Closed> first() {
			if (this.kind == Kind.CONCLUSION) {
				return List.of();
			}
			List<Test> alone = this.tests.stream().filter(Test::alone).toList();
			return List.of(new Closed.Exists(this.kind, new Test.All(List.of())),
					new Closed.Exists(this.kind, new Test.All(alone)));
		}

	}

	/** Whether it needs no join: it is about one fact at a time at most. */
	boolean oneAtATime() {
		return this.joined.isEmpty() || (this.joined.size() == 1 && this.joined.get(0).kind() != Kind.CONCLUSION);
	}

	/** The kind of the one fact that it is about, if it is about one. */
	@Nullable Kind kindOfOne() {
		return (oneAtATime() && !this.joined.isEmpty()) ? this.joined.get(0).kind() : null;
	}

	/** What is looked at, other than joins. */
	List<Closed> looks() {
		List<Closed> looks = new ArrayList<>();
		if (oneAtATime()) {
			this.joined.forEach((one) -> one.tests().forEach((test) -> looks.add(new Closed.OfFirst(test))));
			looks.addAll(this.closed);
			return looks;
		}
		this.closed.stream().filter((closed) -> closed.lastJoined() < 0).forEach(looks::add);
		this.joined.forEach((one) -> looks.addAll(one.first()));
		return looks;
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
