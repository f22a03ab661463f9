package io.virtwise.rules.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.virtwise.rules.internal.Tokens.Kind;
import io.virtwise.rules.internal.Tokens.NotAllowed;
import io.virtwise.rules.internal.Tokens.Token;

/**
 * Checks the constraints of a rule: fields of facts, compared with literals, enum words
 * and bound variables; and notes what they look at. One per rule.
 */
final class ConditionCheck {

	private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

	private static final Set<String> KEYWORDS = Set.of("null", "true", "false", "in", "not");

	private final Vocabulary vocabulary;

	private final Set<String> mentions = new LinkedHashSet<>();

	private final Set<String> bound = new LinkedHashSet<>();

	ConditionCheck(Vocabulary vocabulary) {
		this.vocabulary = vocabulary;
	}

	/** The facts looked at so far, in reading order. */
	List<String> mentions() {
		return List.copyOf(this.mentions);
	}

	/** The variables bound so far, with their dollar sign. */
	Set<String> bound() {
		return Set.copyOf(this.bound);
	}

	/**
	 * Checks one constraint.
	 * @param negated whether it stands inside a not, where nothing may be bound for later
	 */
	void constraint(String fact, String text, boolean negated) throws NotAllowed {
		List<Token> tokens = Tokens.of(text);
		int at = 0;
		if (tokens.size() > 1 && tokens.get(0).kind() == Kind.VARIABLE && tokens.get(1).is(":")) {
			if (!negated) {
				this.bound.add(tokens.get(0).text());
			}
			at = 2;
		}
		while (at < tokens.size()) {
			at = step(fact, tokens, at);
		}
	}

	private int step(String fact, List<Token> tokens, int at) throws NotAllowed {
		Token token = tokens.get(at);
		if (token.kind() == Kind.VARIABLE && !this.bound.contains(token.text())) {
			throw new NotAllowed(token.text() + " is not bound before this place");
		}
		if (token.kind() == Kind.SIGN && Set.of(".", ":", ";").contains(token.text())) {
			throw new NotAllowed("\"" + token.text() + "\" has no meaning here");
		}
		if (token.kind() != Kind.WORD || KEYWORDS.contains(token.text())) {
			return at + 1;
		}
		if (at + 1 < tokens.size() && tokens.get(at + 1).is(".")) {
			enumWord(tokens, at);
			return at + 3;
		}
		return field(fact, tokens, at);
	}

	private int field(String fact, List<Token> tokens, int at) throws NotAllowed {
		String name = tokens.get(at).text();
		Class<?> type = this.vocabulary.field(fact, name)
			.orElseThrow(() -> new NotAllowed(
					fact + " has no field " + name + "; it has " + String.join(", ", this.vocabulary.fieldsOf(fact))));
		this.mentions.add(fact + "." + name);
		if (at + 1 < tokens.size() && tokens.get(at + 1).is("(")) {
			throw new NotAllowed("calls are not part of the language of rules: " + name + "(");
		}
		if (at + 2 < tokens.size() && COMPARISONS.contains(tokens.get(at + 1).text())) {
			comparable(fact + "." + name, type, tokens, at + 2);
		}
		return at + 1;
	}

	private void comparable(String field, Class<?> type, List<Token> tokens, int at) throws NotAllowed {
		Token value = tokens.get(at);
		boolean fits = switch (value.kind()) {
			case TEXT -> type == String.class;
			case NUMBER -> type == int.class || type == Integer.class;
			case VARIABLE -> true;
			case SIGN -> false;
			case WORD -> switch (value.text()) {
				case "null" -> !type.isPrimitive();
				case "true", "false" -> type == boolean.class;
				default -> type.isEnum() && type.getSimpleName().equals(value.text());
			};
		};
		if (!fits) {
			throw new NotAllowed(
					field + " is of type " + type.getSimpleName() + " and cannot be compared with " + value.text());
		}
	}

	private void enumWord(List<Token> tokens, int at) throws NotAllowed {
		String name = tokens.get(at).text();
		Class<? extends Enum<?>> words = this.vocabulary.enumOf(name)
			.orElseThrow(() -> new NotAllowed(name + " is not a word that rules may use"));
		if (at + 2 >= tokens.size() || !Vocabulary.hasConstant(words, tokens.get(at + 2).text())) {
			throw new NotAllowed(
					name + " has no such word" + ((at + 2 < tokens.size()) ? ": " + tokens.get(at + 2).text() : ""));
		}
	}

}
