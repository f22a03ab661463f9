package io.virtwise.rules.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.internal.network.Network;
import io.virtwise.rules.internal.syntax.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Rules as a network made by hand: nothing is compiled, and most rules need no join.
 */
final class NetworkMatching implements Matching {

	private final Network network;

	private final Map<String, Consequence> consequences = new HashMap<>();

	NetworkMatching(List<Rule> rules) {
		this.network = Network.of(rules, Vocabulary::word);
		rules.forEach((rule) -> this.consequences.put(rule.name(), Consequence.of(rule.call())));
	}

	@Override
	public void match(NodeFacts facts, Fired firing, @Nullable Random order) {
		this.network.match(facts, (rule, matched) -> {
			if (firing.match().accept(rule, matched)) {
				Objects.requireNonNull(this.consequences.get(rule)).on(firing.conclusions(), firing.advice());
			}
		}, order);
	}

}
