package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.How;
import io.virtwise.rules.Assessment.Source;
import org.jspecify.annotations.Nullable;

/**
 * The chain of rules of one finding or setting as a tree: what rests on what, down to
 * what was seen. What was shown once is not unfolded again.
 */
final class CauseTree {

	private final Map<String, List<Cause>> byRule = new LinkedHashMap<>();

	private final Set<Cause> shown = new HashSet<>();

	private CauseTree(List<Cause> chain) {
		chain.forEach((cause) -> this.byRule.computeIfAbsent(cause.rule(), (rule) -> new ArrayList<>()).add(cause));
	}

	/**
	 * The branches right under what the chain is about.
	 * @param rule the rule that says it
	 * @param chain its whole chain
	 */
	static List<Branch> of(String rule, List<Cause> chain) {
		CauseTree tree = new CauseTree(chain);
		List<Branch> branches = new ArrayList<>();
		for (Cause cause : tree.tops(rule, chain)) {
			tree.shown.add(cause);
			branches.addAll(tree.below(cause));
		}
		return branches;
	}

	/**
	 * The links of the rule itself. Chains that were stored earlier begin with the rules
	 * under it.
	 */
	private List<Cause> tops(String rule, List<Cause> chain) {
		List<Cause> own = this.byRule.getOrDefault(rule, List.of());
		if (!own.isEmpty()) {
			return own;
		}
		Set<String> restedOn = new HashSet<>();
		chain.forEach((cause) -> restedOn.addAll(cause.from()));
		List<String> first = chain.stream()
			.map(Cause::rule)
			.filter((each) -> !restedOn.contains(each))
			.distinct()
			.toList();
		return first.isEmpty() ? List.of() : List.of(new Cause(rule, "", first));
	}

	private List<Branch> below(Cause cause) {
		List<Branch> branches = new ArrayList<>();
		for (Source source : sources(cause)) {
			List<Cause> causes = this.byRule.get(source.what());
			if (causes == null) {
				branches.add(new Branch(source.how(), source.what(), null, false, List.of()));
			}
			else {
				causes.forEach((each) -> branches.add(branch(source.how(), each)));
			}
		}
		return branches;
	}

	private Branch branch(How how, Cause cause) {
		boolean again = !this.shown.add(cause);
		return new Branch(how, cause.conclusion(), cause.rule(), again && !cause.from().isEmpty(),
				again ? List.of() : below(cause));
	}

	private List<Source> sources(Cause cause) {
		if (!cause.sources().isEmpty()) {
			return cause.sources();
		}
		List<Source> sources = new ArrayList<>();
		for (String from : cause.from()) {
			How how = !this.byRule.containsKey(from) ? How.SEEN : sources.isEmpty() ? How.BECAUSE : How.AND;
			sources.add(new Source(how, from));
		}
		return sources;
	}

	/**
	 * One branch.
	 *
	 * @param how how what is above rests on it
	 * @param text a conclusion, a line of evidence, or a fact that nobody knows
	 * @param rule the rule that concluded, {@code null} for evidence
	 * @param again whether what it rests on stands further up in the same tree
	 * @param below what it rests on
	 */
	record Branch(How how, String text, @Nullable String rule, boolean again, List<Branch> below) {

		/** The word in front of it. */
		public String word() {
			return switch (this.how) {
				case BECAUSE -> "because";
				case AND -> "and";
				case CONFIRMED -> "confirmed by";
				case ALTHOUGH -> "although";
				case SEEN -> "seen";
				case TOLD -> "as told";
				case UNKNOWN -> "unknown";
			};
		}

		/** Whether nobody knows it. */
		public boolean unknown() {
			return this.how == How.UNKNOWN;
		}

	}

}
