package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.virtwise.rules.internal.syntax.Condition.Pattern;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Rule;
import io.virtwise.rules.internal.syntax.Value;
import org.jspecify.annotations.Nullable;

/**
 * Finds conditions that contradict themselves, so that their rule can never fire: no
 * value of a field meets all that is asked of it.
 */
final class NeverFires {

	private NeverFires() {
	}

	/** The constraint that no value can meet together with those before it. */
	static Optional<Constraint> in(Rule rule) {
		Map<String, List<Constraint>> asked = new LinkedHashMap<>();
		int at = 0;
		for (Pattern pattern : rule.conditions()
			.stream()
			.filter(Pattern.class::isInstance)
			.map(Pattern.class::cast)
			.toList()) {
			// of facts of which there may be many, each pattern may mean another one
			String fact = MatchLimits.isOneOfMany(pattern) ? pattern.fact() + at++ : pattern.fact();
			for (Constraint constraint : pattern.constraints()) {
				for (Constraint part : (constraint instanceof Constraint.Both both) ? both.parts()
						: List.of(constraint)) {
					String field = field(part);
					if (field != null) {
						List<Constraint> all = asked.computeIfAbsent(fact + "." + field, (key) -> new ArrayList<>());
						all.add(part);
						if (!possible(all)) {
							return Optional.of(part);
						}
					}
				}
			}
		}
		return Optional.empty();
	}

	/** The field of a constraint that compares with nothing but values. */
	private static @Nullable String field(Constraint constraint) {
		if (constraint instanceof Constraint.Comparison comparison && !comparison.subject().isVariable()
				&& !(comparison.value() instanceof Value.Variable)) {
			return comparison.subject().name();
		}
		return (constraint instanceof Constraint.Membership among && !among.subject().isVariable()
				&& among.values().stream().noneMatch(Value.Variable.class::isInstance)) ? among.subject().name() : null;
	}

	/** Whether one of the values that matter, or any other, meets all. */
	private static boolean possible(List<Constraint> constraints) {
		return candidates(constraints).anyMatch(
				(value) -> constraints.stream().allMatch(new Satisfied((field) -> value.orElse(null), Map.of())::by));
	}

	private static Stream<Optional<Object>> candidates(List<Constraint> constraints) {
		Set<Optional<Object>> candidates = new LinkedHashSet<>();
		candidates.add(Optional.empty());
		candidates.add(Optional.of("a value that no rule names"));
		candidates.add(Optional.of(true));
		candidates.add(Optional.of(false));
		constraints.stream().flatMap(NeverFires::values).forEach((value) -> {
			if (value instanceof Value.Text text) {
				candidates.add(Optional.of(text.content()));
			}
			else if (value instanceof Value.Word word) {
				candidates.add(Optional.of(word.constant()));
			}
			else if (value instanceof Value.Whole number) {
				Stream.of(-1, 0, 1).forEach((step) -> candidates.add(Optional.of(number.number() + step)));
			}
		});
		return candidates.stream();
	}

	private static Stream<Value> values(Constraint constraint) {
		return (constraint instanceof Constraint.Comparison comparison) ? Stream.of(comparison.value())
				: ((Constraint.Membership) constraint).values().stream();
	}

}
