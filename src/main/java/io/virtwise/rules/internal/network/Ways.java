package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.rules.internal.syntax.Condition;

/**
 * The ways in which a condition can match: one for each choice among what is joined by
 * "or". How many there may be, the check of rules limits.
 */
final class Ways {

	private Ways() {
	}

	/** The ways in which all of these can match. */
	static List<List<Condition>> of(List<Condition> conditions) {
		List<List<Condition>> ways = List.of(List.of());
		for (Condition condition : conditions) {
			List<List<Condition>> longer = new ArrayList<>();
			List<List<Condition>> choices = of(condition);
			for (List<Condition> before : ways) {
				for (List<Condition> choice : choices) {
					List<Condition> way = new ArrayList<>(before);
					way.addAll(choice);
					longer.add(way);
				}
			}
			ways = longer;
		}
		return ways;
	}

	private static List<List<Condition>> of(Condition condition) {
		if (condition instanceof Condition.AllOf all) {
			return of(all.parts());
		}
		if (condition instanceof Condition.AnyOf any) {
			List<List<Condition>> ways = new ArrayList<>();
			any.parts().forEach((part) -> ways.addAll(of(part)));
			return ways;
		}
		return List.of(List.of(condition));
	}

}
