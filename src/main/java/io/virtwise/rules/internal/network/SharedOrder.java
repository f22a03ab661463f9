package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.virtwise.facts.Known;
import org.jspecify.annotations.Nullable;

/**
 * Puts what rules ask for into an order in which many rules begin alike: what begins
 * alike is looked at once for all of them.
 */
final class SharedOrder {

	private SharedOrder() {
	}

	/** What each of these asks for, in the order in which it is looked at. */
	static Map<Alternative, List<Closed>> of(List<Alternative> rules) {
		Map<Alternative, List<Closed>> ordered = new HashMap<>();
		List<Branch> branches = new ArrayList<>();
		for (Alternative rule : rules) {
			Branch branch = new Branch(rule, new LinkedHashSet<>(rule.looks()), new ArrayList<>());
			branches.add(branch);
			@Nullable Closed name = branch.left.stream().filter(SharedOrder::tellsApart).findFirst().orElse(null);
			if (name != null) {
				branch.left.remove(name);
				branch.order.add(name);
			}
		}
		Map<List<Closed>, List<Branch>> byName = new LinkedHashMap<>();
		branches.forEach(
				(branch) -> byName.computeIfAbsent(List.copyOf(branch.order), (name) -> new ArrayList<>()).add(branch));
		byName.values().forEach((same) -> grow(same, ordered));
		return ordered;
	}

	private static void grow(List<Branch> branches, Map<Alternative, List<Closed>> ordered) {
		List<Branch> left = new ArrayList<>(branches);
		left.removeIf((branch) -> {
			if (branch.left.isEmpty()) {
				ordered.put(branch.rule, branch.order);
			}
			return branch.left.isEmpty();
		});
		while (!left.isEmpty()) {
			Closed most = mostAskedFor(left);
			List<Branch> sharing = left.stream().filter((branch) -> branch.left.contains(most)).toList();
			left.removeAll(sharing);
			sharing.forEach((branch) -> {
				branch.left.remove(most);
				branch.order.add(most);
			});
			grow(sharing, ordered);
		}
	}

	/** The name of a fact of which there may be several comes first: few have it. */
	private static boolean tellsApart(Closed closed) {
		return closed instanceof Closed.OfJoined one && one.test() instanceof Test.Same same && !same.negated()
				&& (same.value() instanceof String
						|| (same.value() instanceof Enum<?> word && !(word instanceof Known)));
	}

	/** In doubt the one that was asked for first. */
	private static Closed mostAskedFor(List<Branch> branches) {
		Map<Closed, Integer> asked = new LinkedHashMap<>();
		branches.forEach((branch) -> branch.left.forEach((closed) -> asked.merge(closed, 1, Integer::sum)));
		Map.Entry<Closed, Integer> most = null;
		for (Map.Entry<Closed, Integer> one : asked.entrySet()) {
			if (most == null || one.getValue() > most.getValue()) {
				most = one;
			}
		}
		return Objects.requireNonNull(most).getKey();
	}

	private static final class Branch {

		private final Alternative rule;

		private final Set<Closed> left;

		private final List<Closed> order;

		Branch(Alternative rule, Set<Closed> left, List<Closed> order) {
			this.rule = rule;
			this.left = left;
			this.order = order;
		}

	}

}
