package io.virtwise.rules.internal.network;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.virtwise.rules.internal.syntax.Rule;
import io.virtwise.rules.language.Topic;

/**
 * Which rules fire after which: a rule that asks for a conclusion after all those that
 * can come to it. Where conclusions lead to each other in a circle, their rules stand on
 * one level.
 */
final class Levels {

	private static final Topic[] TOPICS = Topic.values();

	/** For each question those that an answer to it leads to. */
	private final Map<Topic, Set<Topic>> leadsTo = new EnumMap<>(Topic.class);

	/** For each question the last level on which it is answered. */
	private final Map<Topic, Integer> levels = new EnumMap<>(Topic.class);

	private final Map<String, Integer> ofRules = new HashMap<>();

	private final int last;

	Levels(List<Rule> rules) {
		for (Topic topic : TOPICS) {
			this.leadsTo.put(topic, EnumSet.noneOf(Topic.class));
		}
		for (Rule rule : rules) {
			Topic answered = Asked.answered(rule);
			if (answered != null) {
				Asked.by(rule).forEach((topic) -> leadsTo(topic).add(answered));
			}
		}
		for (int round = 0; round < TOPICS.length; round++) {
			for (Set<Topic> to : this.leadsTo.values()) {
				List.copyOf(to).forEach((next) -> to.addAll(leadsTo(next)));
			}
		}
		boolean moved = true;
		while (moved) {
			moved = false;
			for (Rule rule : rules) {
				moved |= place(rule);
			}
		}
		this.last = this.levels.values().stream().mapToInt((level) -> level + 1).max().orElse(0);
	}

	/** The level of a rule; all advice stands on the last. */
	int of(Rule rule) {
		return this.ofRules.getOrDefault(rule.name(), this.last);
	}

	/** Whether answers to the question can come from what the rule itself concludes. */
	boolean comesBack(Rule rule, int topic) {
		Topic answered = Asked.answered(rule);
		return answered != null && leadsTo(answered).contains(TOPICS[topic]);
	}

	/** Puts the rule above what it asks for; whether that moved its question up. */
	private boolean place(Rule rule) {
		Topic answered = Asked.answered(rule);
		if (answered == null) {
			return false;
		}
		int level = 0;
		for (Topic topic : Asked.by(rule)) {
			int below = this.levels.getOrDefault(topic, 0);
			level = Math.max(level, leadsTo(answered).contains(topic) ? below : below + 1);
		}
		this.ofRules.put(rule.name(), level);
		Integer before = this.levels.get(answered);
		if (before != null && before >= level) {
			return false;
		}
		this.levels.put(answered, level);
		return true;
	}

	private Set<Topic> leadsTo(Topic topic) {
		return Objects.requireNonNull(this.leadsTo.get(topic));
	}

}
