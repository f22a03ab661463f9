package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.rules.language.Answer;
import io.virtwise.rules.language.Conclude;
import io.virtwise.rules.language.Conclusion;
import io.virtwise.rules.language.Topic;

/**
 * Takes down what the first stage concludes, each conclusion once with everything that
 * led to it.
 */
final class ConclusionCollector implements Conclude {

	private final CurrentMatch match;

	private final Map<Conclusion, List<Reached>> reached = new LinkedHashMap<>();

	ConclusionCollector(CurrentMatch match) {
		this.match = match;
	}

	@Override
	public void that(Topic topic, Answer answer, String sentence) {
		Conclusion conclusion = new Conclusion(topic, answer);
		Reached way = new Reached(conclusion, this.match.fill(sentence), this.match.trace());
		List<Reached> ways = this.reached.get(conclusion);
		if (ways == null) {
			this.reached.put(conclusion, one(way));
			this.match.matched().conclude(conclusion);
		}
		else if (ways.stream().noneMatch(way::saysTheSame)) {
			ways.add(way);
		}
	}

	private static List<Reached> one(Reached way) {
		List<Reached> ways = new ArrayList<>(2);
		ways.add(way);
		return ways;
	}

	/** All conclusions. */
	Set<Conclusion> conclusions() {
		return this.reached.keySet();
	}

	/** All ways in which conclusions were reached. */
	List<Reached> ways() {
		List<Reached> all = new ArrayList<>(this.reached.size() + 4);
		this.reached.values().forEach(all::addAll);
		return all;
	}

	/**
	 * One way in which a conclusion was reached.
	 *
	 * @param conclusion what was concluded
	 * @param sentence the same for people
	 * @param trace what it rests on
	 */
	record Reached(Conclusion conclusion, String sentence, Trace trace) {

		/** What is cheap to compare goes first: what a rule rests on has to be found. */
		boolean saysTheSame(Reached other) {
			return other.trace.rule().id().equals(this.trace.rule().id()) && other.sentence.equals(this.sentence)
					&& other.conclusion.equals(this.conclusion) && other.trace.equals(this.trace);
		}

	}

}
