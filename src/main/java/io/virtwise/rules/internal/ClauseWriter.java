package io.virtwise.rules.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.virtwise.rules.NewRule.Clause;
import io.virtwise.rules.internal.syntax.Operator;
import io.virtwise.shared.Refused.FieldFault;

/**
 * Writes one line of a filled-in condition: the value as the type of the field wants it.
 *
 * @param faults takes what is wrong
 * @param name how the form calls the line
 */
record ClauseWriter(List<FieldFault> faults, String name) {

	private static final Vocabulary WORDS = new Vocabulary();

	/** The constraint; whatever comes out where something is wrong is not used. */
	String constraint(Clause clause) {
		String[] parts = clause.field().split("\\.", 2);
		Optional<Class<?>> type = (parts.length == 2)
				? WORDS.field(parts[0], parts[1]).filter(LanguageBook::isComparable) : Optional.empty();
		if (type.isEmpty()) {
			String meant = Nearest.of(clause.field(),
					WORDS.facts()
						.stream()
						.flatMap((fact) -> WORDS.fieldsOf(fact).stream().map((field) -> fact + "." + field))
						.toList());
			fault("field", "names a fact and its field, as CpuInfo.vmx"
					+ ((meant != null && !clause.field().isBlank()) ? "; perhaps " + meant : ""));
			return "";
		}
		Operator operator = Arrays.stream(Operator.values())
			.filter((one) -> one.sign().equals(clause.operator()))
			.findFirst()
			.orElse(null);
		if (operator == null) {
			fault("operator", "is one of ==, !=, <, <=, >, >=");
			return "";
		}
		if (operator.orders() && type.get() != Integer.class && type.get() != int.class) {
			fault("operator", operator.sign() + " compares numbers, and " + clause.field() + " is none: take == or !=");
		}
		return parts[1] + " " + operator.sign() + " " + value(type.get(), clause.value().strip());
	}

	private String value(Class<?> type, String value) {
		if (value.equals("null") && !type.isPrimitive() && !type.isEnum()) {
			return "null";
		}
		if (type.isEnum()) {
			String word = value.substring(value.indexOf('.') + 1).toUpperCase(Locale.ROOT).replace('-', '_');
			List<String> words = Vocabulary.constants(type);
			if (!words.contains(word)) {
				String meant = Nearest.of(word, words);
				fault("value", "is a word of " + type.getSimpleName() + ((meant != null) ? ", perhaps " + meant
						: (words.size() < 20) ? ": " + String.join(", ", words) : ""));
			}
			return type.getSimpleName() + "." + word;
		}
		if (type == boolean.class) {
			return needed(value, "true|false", "is true or false");
		}
		if (type == String.class) {
			return '"' + needed(value, "[^\"\\\\\\p{Cntrl}]{0,200}", "is a text without quotes and backslashes") + '"';
		}
		return needed(value, "0|[1-9]\\d{0,8}", "is a whole number of at most nine digits");
	}

	private String needed(String value, String form, String message) {
		if (!value.matches(form)) {
			fault("value", message);
		}
		return value;
	}

	private void fault(String part, String message) {
		this.faults.add(new FieldFault(this.name + "." + part, message));
	}

}
