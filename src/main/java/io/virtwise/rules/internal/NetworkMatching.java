package io.virtwise.rules.internal;

import java.util.List;
import java.util.Random;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.internal.network.Firing;
import io.virtwise.rules.internal.network.Network;
import io.virtwise.rules.internal.network.ReleaseTrail;
import org.jspecify.annotations.Nullable;

/**
 * Rules as a network made by hand: nothing is compiled, and most rules need no join.
 */
final class NetworkMatching implements Matching {

	private final Network network;

	private final RuleHead[] heads;

	private final Consequence[] consequences;

	NetworkMatching(List<ReadRule> rules) {
		this(rules, plan(rules));
	}

	/** The same where there is a plan for these rules already. */
	NetworkMatching(List<ReadRule> rules, Network.Plan plan) {
		this.network = plan.build();
		this.heads = rules.stream().map(ReadRule::head).toArray(RuleHead[]::new);
		this.consequences = rules.stream()
			.map((rule) -> Consequence.of(rule.tree().call()))
			.toArray(Consequence[]::new);
	}

	/**
	 * How these rules can match.
	 * @throws io.virtwise.rules.internal.network.NotMatchable with the first that cannot
	 */
	static Network.Plan plan(List<ReadRule> rules) {
		return Network.Plan.of(rules.stream().map(ReadRule::tree).toList(), Vocabulary::word);
	}

	@Override
	public void match(NodeFacts facts, Fired fired, @Nullable Random order) {
		this.network.match(facts, firing(fired), order);
	}

	@Override
	public ReleaseTrail trail(NodeFacts facts, Fired fired) {
		return this.network.match(facts, firing(fired));
	}

	private Firing firing(Fired fired) {
		return (rule, matched) -> {
			if (fired.match().accept(this.heads[rule], matched)) {
				this.consequences[rule].on(fired.conclusions(), fired.advice());
			}
		};
	}

}
