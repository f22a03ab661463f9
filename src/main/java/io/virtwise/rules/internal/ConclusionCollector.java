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
			this.reached.put(conclusion, new ArrayList<>(List.of(way)));
			this.match.matched().conclude(conclusion);
		}
		else if (!ways.contains(way)) {
			ways.add(way);
		}
	}

	/** All conclusions. */
	Set<Conclusion> conclusions() {
		return this.reached.keySet();
	}

	/** All ways in which conclusions were reached. */
	List<Reached> ways() {
		return this.reached.values().stream().flatMap(List::stream).toList();
	}

	/**
	 * One way in which a conclusion was reached.
	 *
	 * @param conclusion what was concluded
	 * @param sentence the same for people
	 * @param trace what it rests on
	 */
	record Reached(Conclusion conclusion, String sentence, Trace trace) {
	}

}
