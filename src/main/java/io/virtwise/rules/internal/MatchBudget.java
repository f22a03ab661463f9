package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.internal.syntax.Condition.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows before a run how many combinations of facts the rules can try at most, and
 * refuses a node that has too many. A join that is under way stops for nobody: neither a
 * halt nor a limit of firings ends it.
 */
final class MatchBudget {

	/** About a second of joins; shipped rules stay below a thousandth of it. */
	private static final long MOST = 4_000_000;

	/** Facts that are there whatever the node says: conclusions, flags watched for. */
	private static final int WATCHED = 20;

	/** For each rule with open patterns their facts, by name. */
	private final Collection<List<String>> open;

	MatchBudget(List<ReadRule> rules) {
		Map<String, List<String>> found = new HashMap<>();
		for (ReadRule rule : rules) {
			List<String> facts = new ArrayList<>();
			rule.tree().patterns().filter(MatchLimits::isOpen).map(Pattern::fact).sorted().forEach(facts::add);
			if (facts.size() > 1) {
				found.put(String.join(" ", facts), facts);
			}
		}
		this.open = List.copyOf(found.values());
	}

	/**
	 * Refuses facts on which a run may not come to an end in time.
	 * @throws IllegalStateException if it may not
	 */
	void check(NodeFacts facts) {
		List<String> tooMany = tooMany(facts);
		if (tooMany != null) {
			throw new IllegalStateException(
					"the rules would try more than " + MOST + " combinations of these facts: too many of " + tooMany);
		}
	}

	/** Whether a run on these facts comes to an end in time. */
	boolean allows(NodeFacts facts) {
		return tooMany(facts) == null;
	}

	private @Nullable List<String> tooMany(NodeFacts facts) {
		for (List<String> factsOfRule : this.open) {
			long combinations = 1;
			for (String fact : factsOfRule) {
				combinations = Math.min(MOST + 1, combinations * Math.max(1, most(fact, facts)));
			}
			if (combinations > MOST) {
				return factsOfRule;
			}
		}
		return null;
	}

	private static int most(String fact, NodeFacts facts) {
		return switch (fact) {
			case "NovaOption" -> facts.options().size();
			case "LogSignature" -> facts.logs().signatures().size();
			case "GuestModel" -> facts.novaConf().cpuModels().size() + 1;
			case "GuestFlag" -> facts.novaConf().cpuModelExtraFlags().size() + WATCHED;
			case "DomainCapabilities" -> facts.domainCapabilities().size();
			case "GroupModel" -> facts.group().models().size();
			case "ImageFormat" -> facts.intent().imageFormats().size();
			default -> WATCHED;
		};
	}

}
