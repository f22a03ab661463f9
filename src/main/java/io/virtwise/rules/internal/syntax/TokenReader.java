package io.virtwise.rules.internal.syntax;

import java.util.List;
import java.util.Map;

import io.virtwise.rules.internal.syntax.Token.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the tokens of a part of a rule, to its very end.
 */
class TokenReader {

	/** Operators and words of DRL that rules do not have, and what they have. */
	private static final Map<String, String> REMEDIES = Map.ofEntries(
			Map.entry("matches", "compare with ==, in or not in"), Map.entry("contains", "no list can be searched"),
			Map.entry("memberOf", "write the values in brackets after in"),
			Map.entry("soundslike", "compare with ==, in or not in"), Map.entry("str", "compare with ==, in or not in"),
			Map.entry("excludes", "no list can be searched"), Map.entry("new", "nothing is made in a condition"),
			Map.entry("instanceof", "the name of the fact says its type"),
			Map.entry("empty", "compare with null or \"\""), Map.entry("nil", "write null"),
			Map.entry("and", "constraints are joined with , or &&"), Map.entry("or", "constraints are joined with ||"),
			Map.entry("with", "a fact cannot be changed"), Map.entry("from", "facts are given, none is made"),
			Map.entry("over", "rules do not know the time"));

	private final SourceText source;

	private final List<Token> tokens;

	private final Place end;

	private int at;

	/**
	 * @param end where the part ends
	 */
	TokenReader(SourceText source, List<Token> tokens, Place end) {
		this.source = source;
		this.tokens = tokens;
		this.end = end;
	}

	boolean atEnd() {
		return this.at >= this.tokens.size();
	}

	Place place() {
		return atEnd() ? this.end : this.source.place(this.tokens.get(this.at));
	}

	@Nullable Token peek(int ahead) {
		return (this.at + ahead < this.tokens.size()) ? this.tokens.get(this.at + ahead) : null;
	}

	boolean sees(String text) {
		return sees(0, text);
	}

	boolean sees(int ahead, String text) {
		Token token = peek(ahead);
		return token != null && token.is(text);
	}

	boolean sees(Kind kind) {
		return sees(0, kind);
	}

	boolean sees(int ahead, Kind kind) {
		Token token = peek(ahead);
		return token != null && token.kind() == kind;
	}

	/** Whether it is there, and then it is read. */
	boolean takes(String text) {
		boolean there = sees(text);
		if (there) {
			this.at++;
		}
		return there;
	}

	Token take(Kind kind, String what) throws NotAllowed {
		if (!sees(kind)) {
			throw unexpected(what);
		}
		return this.tokens.get(this.at++);
	}

	void take(String sign, String what) throws NotAllowed {
		if (!takes(sign)) {
			throw unexpected(what);
		}
	}

	Token next() throws NotAllowed {
		if (atEnd()) {
			throw unexpected("more");
		}
		return this.tokens.get(this.at++);
	}

	/** A text, a number, a word of an enum, a variable, true, false or null. */
	Value value() throws NotAllowed {
		Place place = place();
		if (sees(Kind.WORD) && sees(1, ".") && sees(2, Kind.WORD)) {
			Token type = next();
			next();
			return new Value.Word(place, type.text(), next().text());
		}
		if (atEnd()) {
			throw unexpected("a value");
		}
		Token token = next();
		return switch (token.kind()) {
			case TEXT -> new Value.Text(place, content(token.text()));
			case NUMBER -> new Value.Whole(place, Integer.parseInt(token.text()));
			case VARIABLE -> new Value.Variable(place, token.text());
			case WORD -> word(place, token.text());
			case SIGN -> throw new NotAllowed(place, "\"" + token.text() + "\" stands where a value is needed");
		};
	}

	private Value word(Place place, String word) throws NotAllowed {
		return switch (word) {
			case "true", "false" -> new Value.Truth(place, word.equals("true"));
			case "null" -> new Value.Nothing(place);
			default -> throw new NotAllowed(place,
					sees("(") ? call(word) : REMEDIES.containsKey(word) ? remedy(word) : word
							+ " is no value: a value is a text, a number, true, false, null, a word as Known.YES, or a "
							+ "variable bound before");
		};
	}

	NotAllowed unexpected(String wanted) {
		Token token = peek(0);
		if (token == null) {
			return new NotAllowed(this.end, wanted + " is missing here");
		}
		if (token.kind() == Kind.WORD && REMEDIES.containsKey(token.text())) {
			return new NotAllowed(place(), remedy(token.text()));
		}
		return new NotAllowed(place(), "\"" + token.text() + "\" has no meaning here; needed is " + wanted);
	}

	static String call(String name) {
		return "calls are not part of the language of rules: " + name + "(";
	}

	private static String remedy(String word) {
		return word + " is not part of the language of rules: " + REMEDIES.get(word);
	}

	private static String content(String quoted) {
		StringBuilder content = new StringBuilder(quoted.length());
		for (int at = 1; at < quoted.length() - 1; at++) {
			char next = quoted.charAt(at);
			if (next == '\\') {
				char escaped = quoted.charAt(++at);
				content.append((escaped == 'n') ? '\n' : (escaped == 't') ? '\t' : escaped);
			}
			else {
				content.append(next);
			}
		}
		return content.toString();
	}

}
