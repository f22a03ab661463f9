package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.Finding;
import org.jspecify.annotations.Nullable;

/**
 * The chain of rules of one finding as a tree: what rests on what, down to what was seen.
 */
final class CauseTree {

	private final Map<String, List<Cause>> byRule = new LinkedHashMap<>();

	private CauseTree(Finding finding) {
		finding.cause()
			.forEach((cause) -> this.byRule.computeIfAbsent(cause.rule(), (rule) -> new ArrayList<>()).add(cause));
	}

	/**
	 * The branches right under the finding, empty where it rests on nothing but itself.
	 */
	static List<Branch> of(Finding finding) {
		CauseTree tree = new CauseTree(finding);
		Set<String> restedOn = new LinkedHashSet<>();
		finding.cause()
			.forEach((cause) -> cause.from()
				.stream()
				.filter((each) -> !each.equals(cause.rule()))
				.forEach(restedOn::add));
		List<Branch> roots = new ArrayList<>();
		for (Cause cause : finding.cause()) {
			if (!restedOn.contains(cause.rule())) {
				if (cause.rule().equals(finding.rule())) {
					roots.addAll(tree.below(cause, Set.of(cause.rule())));
				}
				else {
					roots.add(tree.branch(cause, Set.of(finding.rule())));
				}
			}
		}
		return roots;
	}

	private Branch branch(Cause cause, Set<String> above) {
		Set<String> path = new LinkedHashSet<>(above);
		path.add(cause.rule());
		return new Branch(cause.conclusion(), cause.rule(), below(cause, path));
	}

	private List<Branch> below(Cause cause, Set<String> path) {
		List<Branch> branches = new ArrayList<>();
		for (String from : cause.from()) {
			List<Cause> causes = this.byRule.get(from);
			if (causes == null) {
				branches.add(new Branch(from, null, List.of()));
			}
			else if (!path.contains(from)) {
				causes.forEach((each) -> branches.add(branch(each, path)));
			}
		}
		return branches;
	}

	/**
	 * One branch.
	 *
	 * @param text a conclusion, or a line of evidence
	 * @param rule the rule that concluded, {@code null} for evidence
	 * @param below what it rests on
	 */
	record Branch(String text, @Nullable String rule, List<Branch> below) {
	}

}
