package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
			branches.add(new Branch(rule,
					new LinkedHashSet<>(rule.closed().stream().filter((closed) -> closed.lastJoined() < 0).toList()),
					new ArrayList<>()));
		}
		grow(branches, ordered);
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
