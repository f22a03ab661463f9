package io.virtwise.rules.internal;

import java.util.Map;

import io.virtwise.rules.internal.syntax.Canonical;
import io.virtwise.rules.internal.syntax.NotAllowed;
import io.virtwise.rules.internal.syntax.Operator;
import io.virtwise.rules.internal.syntax.Place;
import io.virtwise.rules.internal.syntax.Value;
import org.jspecify.annotations.Nullable;

/**
 * Which values a field of some type can be compared with, and how.
 */
final class Comparisons {

	private final Vocabulary vocabulary;

	private final Map<String, Class<?>> bound;

	/**
	 * @param bound the types of the variables bound so far
	 */
	Comparisons(Vocabulary vocabulary, Map<String, Class<?>> bound) {
		this.vocabulary = vocabulary;
		this.bound = bound;
	}

	/** Whether the comparison makes sense. */
	void check(String field, Class<?> type, Operator operator, Value value) throws NotAllowed {
		if (value instanceof Value.Word word) {
			word(word);
		}
		Class<?> given = typeOf(value);
		if (value instanceof Value.Nothing ? type.isPrimitive() : boxed(type) != boxed(given)) {
			throw new NotAllowed(value.place(), field + " is of type " + type.getSimpleName()
					+ " and cannot be compared with " + Canonical.text(value), fitting(type, value));
		}
		if (operator.orders() && boxed(given) != Integer.class) {
			throw new NotAllowed(value.place(), operator.sign() + " compares numbers; " + field + " is of type "
					+ type.getSimpleName() + ": use == or !=");
		}
	}

	/** Whether there is such a word of an enum. */
	Class<?> word(Value.Word word) throws NotAllowed {
		Class<? extends Enum<?>> words = this.vocabulary.enumOf(word.type())
			.orElseThrow(() -> new NotAllowed(word.place(), word.type() + " is not a word that rules may use",
					Nearest.of(word.type(), Vocabulary.enumNames())));
		if (!Vocabulary.constants(words).contains(word.constant())) {
			String meant = Nearest.of(word.constant(), Vocabulary.constants(words));
			throw new NotAllowed(word.place(),
					word.type() + " has no such word: " + word.constant() + "; it has "
							+ String.join(", ", Vocabulary.constants(words)),
					(meant != null) ? word.type() + "." + meant : null);
		}
		return words;
	}

	private Class<?> typeOf(Value value) throws NotAllowed {
		if (value instanceof Value.Text) {
			return String.class;
		}
		if (value instanceof Value.Whole) {
			return Integer.class;
		}
		if (value instanceof Value.Truth) {
			return Boolean.class;
		}
		if (value instanceof Value.Word word) {
			return word(word);
		}
		return (value instanceof Value.Variable variable) ? variable(variable.place(), variable.name()) : Void.class;
	}

	/** The type of a variable. */
	Class<?> variable(Place place, String name) throws NotAllowed {
		Class<?> type = this.bound.get(name);
		if (type == null) {
			throw new NotAllowed(place, name + " is not bound before this place",
					Nearest.of(name, this.bound.keySet()));
		}
		return type;
	}

	/** The same value as the field would have it. */
	private static @Nullable String fitting(Class<?> type, Value value) {
		if (type.isEnum() && !(value instanceof Value.Nothing)) {
			String written = (value instanceof Value.Text text) ? text.content()
					: (value instanceof Value.Word word) ? word.constant() : Canonical.text(value);
			String meant = Nearest.of(written.replace('-', '_'), Vocabulary.constants(type));
			String yesOrNo = (value instanceof Value.Truth truth) ? truth.truth() ? "YES" : "NO" : "";
			if (Vocabulary.constants(type).contains(yesOrNo)) {
				meant = yesOrNo;
			}
			return (meant != null) ? type.getSimpleName() + "." + meant : null;
		}
		if (value instanceof Value.Text text && boxed(type) == Integer.class && text.content().matches("\\d{1,9}")) {
			return text.content();
		}
		if (boxed(type) == Boolean.class) {
			String word = (value instanceof Value.Word known) ? known.constant() : Canonical.text(value);
			return word.contains("YES") || word.equals("1") ? "true"
					: word.contains("NO") || word.equals("0") ? "false" : null;
		}
		return (value instanceof Value.Whole && type == String.class) ? '"' + Canonical.text(value) + '"' : null;
	}

	private static Class<?> boxed(Class<?> type) {
		return (type == int.class) ? Integer.class : (type == boolean.class) ? Boolean.class : type;
	}

}
