package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.virtwise.rules.internal.syntax.Condition;
import io.virtwise.rules.internal.syntax.Condition.Pattern;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Operator;
import io.virtwise.rules.internal.syntax.Rule;
import io.virtwise.rules.internal.syntax.Value;
import org.jspecify.annotations.Nullable;

/**
 * A number at which a rule decides otherwise: a count, a release or a version that it
 * compares a field with, or another field.
 *
 * @param fact the fact
 * @param field its field
 * @param than the field that it is compared with, as {@code Release.minLibvirt};
 * {@code null} where it is compared with a number
 * @param from the least number on the upper side; where it is compared with a field, by
 * how much it is greater
 * @param above whether the rule wants the upper side
 */
record Boundary(String fact, String field, @Nullable String than, long from, boolean above) {

	/** All in the condition of a rule, in reading order. */
	static Set<Boundary> of(Rule rule) {
		Reader reader = new Reader();
		rule.conditions().forEach((condition) -> reader.read(condition, true));
		return new LinkedHashSet<>(reader.found);
	}

	/** The field, as rules write it. */
	String name() {
		return this.fact + "." + this.field;
	}

	/**
	 * Walks through a condition.
	 */
	private static final class Reader {

		private final List<Boundary> found = new ArrayList<>();

		/** What variables are bound to, as {@code Release.minLibvirt}. */
		private final Map<String, String> bound = new HashMap<>();

		/** Inside of a not, what is wanted is the other side. */
		void read(Condition condition, boolean wanted) {
			if (condition instanceof Pattern pattern) {
				pattern.constraints().forEach((one) -> bind(pattern.fact(), one));
				pattern.constraints()
					.stream()
					.flatMap(Constraint::all)
					.flatMap((one) -> (one instanceof Constraint.Comparison comparison) ? Stream.of(comparison)
							: Stream.empty())
					.forEach((one) -> read(pattern.fact(), one, wanted));
			}
			else if (condition instanceof Condition.Not not) {
				read(not.inner(), !wanted);
			}
			else if (condition instanceof Condition.Exists exists) {
				read(exists.inner(), wanted);
			}
			else {
				List<Condition> parts = (condition instanceof Condition.AnyOf any) ? any.parts()
						: ((Condition.AllOf) condition).parts();
				parts.forEach((part) -> read(part, wanted));
			}
		}

		private void bind(String fact, Constraint constraint) {
			if (constraint instanceof Constraint.Binding binding) {
				this.bound.put(binding.variable(), fact + "." + binding.field().name());
			}
		}

		private void read(String fact, Constraint.Comparison comparison, boolean wanted) {
			Operator operator = comparison.operator();
			if (!operator.orders()) {
				return;
			}
			boolean above = operator == Operator.MORE || operator == Operator.AT_LEAST;
			int step = (operator == Operator.MORE || operator == Operator.AT_MOST) ? 1 : 0;
			String subject = comparison.subject().name();
			String name = comparison.subject().isVariable() ? this.bound.getOrDefault(subject, "")
					: fact + "." + subject;
			String[] parts = name.split("\\.", 2);
			// comparing with 0 asks whether it is known at all
			if (parts.length == 2 && comparison.value() instanceof Value.Whole number && number.number() > 0) {
				this.found.add(new Boundary(parts[0], parts[1], null, (long) number.number() + step, above == wanted));
			}
			else if (parts.length == 2 && comparison.value() instanceof Value.Variable variable) {
				String than = this.bound.getOrDefault(variable.name(), "");
				if (!than.isEmpty() && !than.startsWith(parts[0] + ".")) {
					this.found.add(new Boundary(parts[0], parts[1], than, step, above == wanted));
				}
			}
		}

	}

}
