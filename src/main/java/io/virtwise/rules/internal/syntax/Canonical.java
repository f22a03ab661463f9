package io.virtwise.rules.internal.syntax;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints a tree in its one form. Bases are built from this text and never from what an
 * author wrote.
 */
public final class Canonical {

	private Canonical() {
	}

	/** The whole rule. */
	public static String text(Rule rule) {
		StringBuilder text = new StringBuilder("rule " + quoted(rule.name()));
		rule.annotations().forEach((one) -> text.append("\n@").append(one.name()).append(annotated(one)));
		text.append("\nwhen");
		rule.conditions().forEach((one) -> text.append("\n    ").append(text(one)));
		return text.append("\nthen\n    ").append(text(rule.call())).append("\nend\n").toString();
	}

	/** A part of a condition. */
	public static String text(Condition condition) {
		if (condition instanceof Condition.Pattern pattern) {
			return pattern.fact() + "("
					+ pattern.constraints().stream().map(Canonical::text).collect(Collectors.joining(", ")) + ")";
		}
		if (condition instanceof Condition.AllOf all) {
			return joined(all.parts(), " and ");
		}
		if (condition instanceof Condition.AnyOf any) {
			return joined(any.parts(), " or ");
		}
		if (condition instanceof Condition.Not not) {
			return "not " + text(not.inner());
		}
		return "exists " + text(((Condition.Exists) condition).inner());
	}

	/** A constraint. */
	public static String text(Constraint constraint) {
		if (constraint instanceof Constraint.Binding binding) {
			return binding.variable() + " : " + binding.field().name();
		}
		if (constraint instanceof Constraint.Comparison comparison) {
			return comparison.subject().name() + " " + comparison.operator().sign() + " " + text(comparison.value());
		}
		if (constraint instanceof Constraint.Membership among) {
			return among.subject().name() + (among.negated() ? " not in (" : " in (")
					+ among.values().stream().map(Canonical::text).collect(Collectors.joining(", ")) + ")";
		}
		if (constraint instanceof Constraint.Both both) {
			return both.parts().stream().map(Canonical::text).collect(Collectors.joining(" && "));
		}
		if (constraint instanceof Constraint.Either either) {
			return either.parts().stream().map(Canonical::text).collect(Collectors.joining(" || "));
		}
		return "(" + text(((Constraint.Brackets) constraint).inner()) + ")";
	}

	/** A value. */
	public static String text(Value value) {
		if (value instanceof Value.Text text) {
			return quoted(text.content());
		}
		if (value instanceof Value.Whole number) {
			return Integer.toString(number.number());
		}
		if (value instanceof Value.Truth truth) {
			return Boolean.toString(truth.truth());
		}
		if (value instanceof Value.Word word) {
			return word.type() + "." + word.constant();
		}
		return (value instanceof Value.Variable variable) ? variable.name() : "null";
	}

	/** A consequence. */
	public static String text(Call call) {
		return call.sink() + "." + call.method() + "("
				+ call.arguments().stream().map(Canonical::text).collect(Collectors.joining(", ")) + ");";
	}

	private static String joined(List<Condition> parts, String word) {
		return parts.stream().map(Canonical::text).collect(Collectors.joining(word, "(", ")"));
	}

	private static String annotated(Annotation annotation) {
		return annotation.value().isEmpty() ? "" : "(" + annotation.value() + ")";
	}

	private static String quoted(String content) {
		String escaped = content.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");
		return '"' + escaped + '"';
	}

}
