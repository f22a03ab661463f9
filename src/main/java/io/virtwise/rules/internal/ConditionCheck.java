package io.virtwise.rules.internal;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.rules.internal.syntax.Condition;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.NotAllowed;
import io.virtwise.rules.internal.syntax.Operator;
import io.virtwise.rules.internal.syntax.Problems;
import io.virtwise.rules.internal.syntax.Subject;
import io.virtwise.rules.internal.syntax.Value;

/**
 * Checks the types in the condition of a rule, and notes what it looks at. One per rule.
 */
final class ConditionCheck {

	private final Vocabulary vocabulary;

	private final Problems problems;

	private final Set<String> mentions = new LinkedHashSet<>();

	private final Map<String, Class<?>> bound = new LinkedHashMap<>();

	private final Comparisons comparisons;

	ConditionCheck(Vocabulary vocabulary, Problems problems) {
		this.vocabulary = vocabulary;
		this.problems = problems;
		this.comparisons = new Comparisons(vocabulary, this.bound);
	}

	/** The facts looked at, in reading order. */
	List<String> mentions() {
		return List.copyOf(this.mentions);
	}

	/** The variables that a consequence can use, with their dollar sign. */
	Set<String> bound() {
		return this.bound.keySet();
	}

	/** All of these hold, one after the other. */
	void check(List<Condition> conditions) {
		conditions.forEach((one) -> condition(one, false));
	}

	/**
	 * @param inner whether it stands inside of another one, where nothing may be bound
	 * for later
	 */
	private void condition(Condition condition, boolean inner) {
		if (condition instanceof Condition.Pattern pattern) {
			pattern(pattern, inner);
		}
		else if (condition instanceof Condition.AllOf all) {
			all.parts().forEach((one) -> condition(one, true));
		}
		else if (condition instanceof Condition.AnyOf any) {
			any.parts().forEach((one) -> condition(one, true));
		}
		else if (condition instanceof Condition.Not not) {
			condition(not.inner(), true);
		}
		else if (condition instanceof Condition.Exists exists) {
			condition(exists.inner(), true);
		}
	}

	private void pattern(Condition.Pattern pattern, boolean inner) {
		if (!this.vocabulary.isFact(pattern.fact())) {
			this.problems.error(pattern.place(), pattern.fact() + " is not a fact that rules may look at",
					Nearest.of(pattern.fact(), this.vocabulary.facts()));
			return;
		}
		for (Constraint constraint : pattern.constraints()) {
			constraint.all().forEach((one) -> {
				try {
					constraint(pattern.fact(), one, inner);
				}
				catch (NotAllowed ex) {
					this.problems.error(ex);
				}
			});
		}
	}

	private void constraint(String fact, Constraint constraint, boolean inner) throws NotAllowed {
		if (constraint instanceof Constraint.Binding binding) {
			Class<?> type = type(fact, binding.field());
			if (this.bound.containsKey(binding.variable())) {
				throw new NotAllowed(binding.place(), binding.variable() + " is bound already; compare with it, as "
						+ binding.field().name() + " == " + binding.variable() + ", or take another name");
			}
			if (!inner) {
				this.bound.put(binding.variable(), type);
			}
		}
		else if (constraint instanceof Constraint.Comparison comparison) {
			this.comparisons.check(name(fact, comparison.subject()), type(fact, comparison.subject()),
					comparison.operator(), comparison.value());
		}
		else if (constraint instanceof Constraint.Membership among) {
			Class<?> type = type(fact, among.subject());
			for (Value value : among.values()) {
				this.comparisons.check(name(fact, among.subject()), type, Operator.EQUAL, value);
			}
		}
	}

	private Class<?> type(String fact, Subject subject) throws NotAllowed {
		if (subject.isVariable()) {
			return this.comparisons.variable(subject.place(), subject.name());
		}
		Class<?> type = this.vocabulary.field(fact, subject.name())
			.orElseThrow(() -> new NotAllowed(subject.place(),
					fact + " has no field " + subject.name() + "; it has "
							+ String.join(", ", this.vocabulary.fieldsOf(fact)),
					Nearest.of(subject.name(), this.vocabulary.fieldsOf(fact))));
		this.mentions.add(fact + "." + subject.name());
		return type;
	}

	private static String name(String fact, Subject subject) {
		return subject.isVariable() ? subject.name() : fact + "." + subject.name();
	}

}
