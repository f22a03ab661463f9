package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.virtwise.rules.language.Conclusion;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a rule can match: what must be so, and the facts joined to it of which
 * there may be several.
 */
final class Alternative {

	private static final int[] NO_ANSWERS = new int[0];

	private final String rule;

	private final int number;

	private final int level;

	private final List<Closed> closed;

	private final List<Joined> joined;

	private final Map<String, Operand> variables;

	/** The answers that it asks for and binds to nothing. */
	private final Closed.Said[] said;

	/**
	 * @param rule the name of the rule
	 * @param number the number of the rule
	 * @param level after which others it fires
	 * @param closed what must be so
	 * @param joined facts joined to it
	 * @param variables what the rule binds
	 */
	Alternative(String rule, int number, int level, List<Closed> closed, List<Joined> joined,
			Map<String, Operand> variables) {
		this.rule = rule;
		this.number = number;
		this.level = level;
		this.closed = List.copyOf(closed);
		this.joined = List.copyOf(joined);
		this.variables = Map.copyOf(variables);
		this.said = closed.stream()
			.filter(Closed.Said.class::isInstance)
			.map(Closed.Said.class::cast)
			.toArray(Closed.Said[]::new);
	}

	String rule() {
		return this.rule;
	}

	int level() {
		return this.level;
	}

	List<Closed> closed() {
		return this.closed;
	}

	List<Joined> joined() {
		return this.joined;
	}

	/** Whether it needs no join. */
	boolean joinsNothing() {
		return this.joined.isEmpty() || kindOfOne() != null || isOfAnswers();
	}

	/** The kind of the one fact that it is about, if it is about one. */
	@Nullable Kind kindOfOne() {
		return (this.joined.size() == 1 && this.joined.get(0).kind() != Kind.CONCLUSION) ? this.joined.get(0).kind()
				: null;
	}

	/** Whether it binds answers and nothing else, all to questions settled before. */
	boolean isOfAnswers() {
		return !this.joined.isEmpty() && this.joined.stream().allMatch((one) -> one.said() != null);
	}

	/** What is looked at first. */
	List<Closed> looks() {
		List<Closed> looks = new ArrayList<>();
		if (kindOfOne() != null) {
			looks.addAll(looksAtJoined());
		}
		this.closed.stream().filter((closed) -> closed.lastJoined() < 0).forEach(looks::add);
		if (kindOfOne() == null) {
			this.joined.forEach((one) -> looks.addAll(one.first()));
		}
		return looks;
	}

	/** What is looked at with joined facts at hand. */
	List<Closed> looksAtJoined() {
		List<Closed> looks = new ArrayList<>();
		for (int place = 0; place < this.joined.size(); place++) {
			for (Test test : this.joined.get(place).tests()) {
				looks.add(new Closed.OfJoined(place, test));
			}
		}
		this.closed.stream().filter((closed) -> closed.lastJoined() >= 0).forEach(looks::add);
		return looks;
	}

	/** Hands over each combination of the answers that it binds. */
	void answers(Situation situation, Consumer<Object[]> then) {
		answers(situation, new Object[this.joined.size()], 0, then);
	}

	private void answers(Situation situation, Object[] chosen, int at, Consumer<Object[]> then) {
		if (at == chosen.length) {
			then.accept(chosen.clone());
			return;
		}
		Closed.Said asked = Objects.requireNonNull(this.joined.get(at).said());
		for (Conclusion one : Situation.conclusions(asked.topic(),
				asked.answers() & situation.answers(asked.topic()))) {
			chosen[at] = one;
			answers(situation, chosen, at + 1, then);
		}
	}

	/** Fires, once for each combination of answers that fits. */
	void fire(Situation situation, Object[] facts) {
		for (Closed.Said asked : this.said) {
			if (Integer.bitCount(asked.answers() & situation.answers(asked.topic())) > 1) {
				fire(situation, facts, new int[this.said.length], 0);
				return;
			}
		}
		int[] answers = (this.said.length > 0) ? new int[this.said.length] : NO_ANSWERS;
		for (int at = 0; at < answers.length; at++) {
			answers[at] = answered(situation, at);
		}
		situation.firing().fires(this.number, new Match(situation, facts, this, answers));
	}

	private void fire(Situation situation, Object[] facts, int[] answers, int at) {
		if (at == answers.length) {
			situation.firing().fires(this.number, new Match(situation, facts, this, answers.clone()));
			return;
		}
		for (int left = answered(situation, at); left != 0; left &= left - 1) {
			answers[at] = Integer.lowestOneBit(left);
			fire(situation, facts, answers, at + 1);
		}
	}

	private int answered(Situation situation, int at) {
		return this.said[at].answers() & situation.answers(this.said[at].topic());
	}

	/**
	 * A fact of which there may be several.
	 *
	 * @param said the answers that it may be, where it is a conclusion that is settled
	 * before
	 */
	record Joined(Kind kind, List<Test> tests, Closed.@Nullable Said said) {

		Joined {
			tests = List.copyOf(tests);
		}

		/**
		 * What must be so before anything is joined: there is often no fact of the kind.
		 */
		List<Closed> first() {
			if (this.kind == Kind.CONCLUSION) {
				return (this.said != null) ? List.of(this.said) : List.of();
			}
			List<Test> alone = this.tests.stream().filter(Test::alone).toList();
			return List.of(new Closed.Exists(this.kind, new Test.All(List.of())),
					new Closed.Exists(this.kind, new Test.All(alone)));
		}

	}

	/**
	 * What was matched in one firing.
	 *
	 * @param answers which answer to each question, as a bit
	 */
	private record Match(Situation situation, Object[] facts, Alternative way,
			int[] answers) implements Firing.Matched, Firing.Rests {

		@Override
		public void conclude(Conclusion conclusion) {
			this.situation.conclude(conclusion);
		}

		@Override
		public Firing.Rests rests() {
			return this;
		}

		@Override
		public List<Conclusion> conclusions() {
			List<Conclusion> matched = new ArrayList<>(this.answers.length + 1);
			for (Object fact : this.facts) {
				if (fact instanceof Conclusion conclusion) {
					addByTopic(matched, conclusion);
				}
			}
			for (int at = 0; at < this.answers.length; at++) {
				for (Conclusion conclusion : Situation.conclusions(this.way.said[at].topic(), this.answers[at])) {
					addByTopic(matched, conclusion);
				}
			}
			return matched;
		}

		/** There are so few that to look for the place is faster than to sort. */
		private static void addByTopic(List<Conclusion> matched, Conclusion conclusion) {
			int at = matched.size();
			while (at > 0 && Conclusion.BY_TOPIC.compare(matched.get(at - 1), conclusion) > 0) {
				at--;
			}
			if (at == 0 || !matched.get(at - 1).equals(conclusion)) {
				matched.add(at, conclusion);
			}
		}

		@Override
		public List<Object> several() {
			List<Object> several = new ArrayList<>(this.facts.length);
			for (Object fact : this.facts) {
				if (!(fact instanceof Conclusion)) {
					several.add(fact);
				}
			}
			return several;
		}

		@Override
		public boolean binds(String variable) {
			return this.way.variables.containsKey(variable);
		}

		@Override
		public @Nullable Object value(String variable) {
			Operand operand = this.way.variables.get(variable);
			return (operand != null) ? operand.value(null, this.situation, this.facts) : null;
		}

	}

}
