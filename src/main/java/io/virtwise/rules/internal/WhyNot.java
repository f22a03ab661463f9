package io.virtwise.rules.internal;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.virtwise.rules.CaseRun.Miss;
import io.virtwise.rules.internal.syntax.Canonical;
import io.virtwise.rules.internal.syntax.Condition;
import io.virtwise.rules.internal.syntax.Condition.Pattern;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Finds for a rule that did not fire the part of its condition that no facts meet. Goes
 * through the conditions from above; the first one that no combination gets past is it.
 */
final class WhyNot {

	private static final int MOST_STEPS = 20_000;

	private static final int MOST_SHOWN = 3;

	private final List<Object> facts;

	private int deepest;

	private int steps;

	/**
	 * @param facts everything that rules match, conclusions too
	 */
	WhyNot(List<Object> facts) {
		this.facts = facts;
	}

	/** Why this rule did not fire; nothing where all of its conditions are met. */
	Optional<Miss> miss(String id, String file, Rule rule) {
		this.deepest = 0;
		this.steps = 0;
		if (gets(rule.conditions(), 0, Map.of()) || this.deepest >= rule.conditions().size()) {
			return Optional.empty();
		}
		Condition failing = rule.conditions().get(this.deepest);
		return Optional.of(new Miss(id, file, failing.place().line(), Canonical.text(failing), actual(failing)));
	}

	private boolean gets(List<Condition> conditions, int at, Map<String, @Nullable Object> bound) {
		this.deepest = Math.max(this.deepest, at);
		if (at == conditions.size()) {
			return true;
		}
		for (Map<String, @Nullable Object> next : met(conditions.get(at), bound)) {
			if (++this.steps > MOST_STEPS || gets(conditions, at + 1, next)) {
				return this.steps <= MOST_STEPS;
			}
		}
		return false;
	}

	/** The ways in which a condition is met, each with what is bound then. */
	private List<Map<String, @Nullable Object>> met(Condition condition, Map<String, @Nullable Object> bound) {
		if (condition instanceof Pattern pattern) {
			return met(pattern, bound);
		}
		if (condition instanceof Condition.AllOf all) {
			return gets(all.parts(), bound) ? List.of(bound) : List.of();
		}
		if (condition instanceof Condition.AnyOf any) {
			return any.parts().stream().anyMatch((one) -> !met(one, bound).isEmpty()) ? List.of(bound) : List.of();
		}
		if (condition instanceof Condition.Not not) {
			return met(not.inner(), bound).isEmpty() ? List.of(bound) : List.of();
		}
		return met(((Condition.Exists) condition).inner(), bound).isEmpty() ? List.of() : List.of(bound);
	}

	private boolean gets(List<Condition> parts, Map<String, @Nullable Object> bound) {
		return parts.isEmpty()
				|| met(parts.get(0), bound).stream().anyMatch((next) -> gets(parts.subList(1, parts.size()), next));
	}

	private List<Map<String, @Nullable Object>> met(Pattern pattern, Map<String, @Nullable Object> bound) {
		List<Map<String, @Nullable Object>> ways = new ArrayList<>();
		for (Object fact : of(pattern.fact())) {
			Map<String, @Nullable Object> next = new HashMap<>(bound);
			boolean met = true;
			for (Constraint constraint : pattern.constraints()) {
				if (constraint instanceof Constraint.Binding binding) {
					next.put(binding.variable(), value(fact, binding.field().name()));
				}
				else {
					met &= new Satisfied((field) -> value(fact, field), next).by(constraint);
				}
			}
			if (met) {
				ways.add(next);
			}
		}
		return ways;
	}

	/** What the facts have where the condition asks. */
	private List<String> actual(Condition condition) {
		Set<String> actual = new LinkedHashSet<>();
		condition.patterns().forEach((pattern) -> {
			List<Object> found = of(pattern.fact());
			if (found.isEmpty()) {
				actual.add("there is no " + pattern.fact());
			}
			found.stream()
				.limit(MOST_SHOWN)
				.forEach((fact) -> fields(pattern).forEach((field) -> actual
					.add(pattern.fact() + "." + field + " is " + Objects.toString(value(fact, field)))));
		});
		return List.copyOf(actual);
	}

	private static Set<String> fields(Pattern pattern) {
		Set<String> fields = new LinkedHashSet<>();
		pattern.constraints().stream().flatMap(Constraint::all).forEach((one) -> {
			if (one instanceof Constraint.Comparison comparison && !comparison.subject().isVariable()) {
				fields.add(comparison.subject().name());
			}
			else if (one instanceof Constraint.Membership among && !among.subject().isVariable()) {
				fields.add(among.subject().name());
			}
		});
		return fields;
	}

	private List<Object> of(String type) {
		return this.facts.stream().filter((fact) -> fact.getClass().getSimpleName().equals(type)).toList();
	}

	private static @Nullable Object value(Object fact, String field) {
		try {
			Method accessor = fact.getClass().getMethod(field);
			return accessor.invoke(fact);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("a fact cannot be read: " + field, ex);
		}
	}

}
