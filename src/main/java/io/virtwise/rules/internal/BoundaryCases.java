package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.virtwise.rules.internal.network.Accessor;
import io.virtwise.rules.internal.syntax.Rule;

/**
 * Whether cases stand right on both sides of every number that a rule compares with, so
 * that being off by one, or by one release, is seen. With a case on one side only, or
 * with cases far from it, a wrong number passes.
 */
final class BoundaryCases {

	/** Greater numbers are versions, of which the one before is not the number before. */
	private static final long VERSION = 1_000;

	private final Map<String, List<RuleCase>> fires = new HashMap<>();

	private final Map<String, List<RuleCase>> silent = new HashMap<>();

	/** The facts of a case, by their types. */
	private final IdentityHashMap<RuleCase, Map<String, List<Object>>> facts = new IdentityHashMap<>();

	BoundaryCases(List<RuleCase> cases) {
		cases.forEach((one) -> {
			one.texts("fires").forEach((id) -> this.fires.computeIfAbsent(id, (rule) -> new ArrayList<>()).add(one));
			one.texts("silent").forEach((id) -> this.silent.computeIfAbsent(id, (rule) -> new ArrayList<>()).add(one));
		});
	}

	/** The cases that the rule lacks, in words; none where it compares no numbers. */
	List<String> lacking(String id, Rule rule) {
		List<String> lacking = new ArrayList<>();
		for (Boundary boundary : Boundary.of(rule)) {
			// some releases ask for no version of something at all
			if (boundary.than() != null && values(id, boundary, "fires").isEmpty()
					&& values(id, boundary, "silent").isEmpty()) {
				continue;
			}
			String upper = boundary.above() ? "fires" : "silent";
			String lower = boundary.above() ? "silent" : "fires";
			if (!values(id, boundary, upper).contains(boundary.from())) {
				lacking.add(says(upper) + " with " + boundary.name() + " " + number(boundary, 0));
			}
			boolean version = boundary.from() >= VERSION || boundary.than() != null;
			Set<Long> below = values(id, boundary, lower);
			if (version ? below.stream().noneMatch((value) -> value < boundary.from())
					: !below.contains(boundary.from() - 1)) {
				lacking.add(says(lower) + " with " + boundary.name() + " "
						+ (version ? below(boundary) : number(boundary, -1)));
			}
		}
		return lacking;
	}

	private static String says(String side) {
		return side.equals("fires") ? "fires" : "stays silent";
	}

	private static String below(Boundary boundary) {
		return (boundary.than() != null) ? "below " + boundary.than() : "below " + boundary.from();
	}

	private static String number(Boundary boundary, int step) {
		String than = boundary.than();
		long number = boundary.from() + step;
		return (than == null) ? Long.toString(number) : (number == 0) ? "equal to " + than : "right above " + than;
	}

	/** What the field is in the cases in which the rule must fire, or must not. */
	private Set<Long> values(String id, Boundary boundary, String side) {
		Set<Long> values = new TreeSet<>();
		for (RuleCase one : (side.equals("fires") ? this.fires : this.silent).getOrDefault(id, List.of())) {
			Map<String, List<Object>> known = this.facts.computeIfAbsent(one, BoundaryCases::facts);
			List<Long> own = numbers(known, boundary.name()).toList();
			String than = boundary.than();
			if (than == null) {
				values.addAll(own);
			}
			else {
				// 0 stands for a version that nobody knows
				numbers(known, than).filter((other) -> other > 0)
					.forEach((other) -> own.stream()
						.filter((value) -> value > 0)
						.forEach((value) -> values.add(value - other)));
			}
		}
		return values;
	}

	private static Stream<Long> numbers(Map<String, List<Object>> facts, String name) {
		String[] parts = name.split("\\.", 2);
		return facts.getOrDefault(parts[0], List.of())
			.stream()
			.map((fact) -> Accessor.of(fact.getClass(), parts[1]).value(fact))
			.filter(Number.class::isInstance)
			.map((value) -> ((Number) value).longValue());
	}

	private static Map<String, List<Object>> facts(RuleCase one) {
		Map<String, List<Object>> facts = new HashMap<>();
		StagedMatching.facts(one.facts())
			.forEach((fact) -> facts.computeIfAbsent(fact.getClass().getSimpleName(), (name) -> new ArrayList<>())
				.add(fact));
		return facts;
	}

}
