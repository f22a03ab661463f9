package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a constraint or a consequence into the few kinds of token that rules may use.
 */
final class Tokens {

	private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<text>\"(?:[^\"\\\\\\p{Cntrl}]|\\\\[\\\\\"nt])*\")"
			+ "|(?<number>\\d{1,9}(?![\\w.]))|(?<variable>\\$[A-Za-z]\\w*)|(?<word>[A-Za-z]\\w*)"
			+ "|(?<sign>&&|\\|\\||==|!=|<=|>=|[<>(),.:;]))\\s*");

	/**
	 * The kinds of token.
	 */
	enum Kind {

		/** A quoted text, with its quotes. */
		TEXT,
		/** A whole number. */
		NUMBER,
		/** A bound variable. */
		VARIABLE,
		/** A name or keyword. */
		WORD,
		/** An operator or bracket. */
		SIGN

	}

	/**
	 * One token.
	 */
	record Token(Kind kind, String text) {

		boolean is(String expected) {
			return this.kind != Kind.TEXT && this.text.equals(expected);
		}

	}

	/**
	 * The text is none that rules may use.
	 */
	static final class NotAllowed extends Exception {

		private static final long serialVersionUID = 1L;

		NotAllowed(String message) {
			super(message);
		}

	}

	private Tokens() {
	}

	/** All tokens of the text. */
	static List<Token> of(String text) throws NotAllowed {
		List<Token> tokens = new ArrayList<>();
		Matcher matcher = TOKEN.matcher(text);
		int at = 0;
		while (at < text.length()) {
			if (!matcher.region(at, text.length()).lookingAt()) {
				String rest = text.substring(at).strip();
				if (rest.isEmpty()) {
					break;
				}
				throw new NotAllowed("not part of the language of rules: " + rest.lines().findFirst().orElse(rest));
			}
			tokens.add(token(matcher));
			at = matcher.end();
		}
		return tokens;
	}

	private static Token token(Matcher matcher) {
		for (Kind kind : Kind.values()) {
			String found = matcher.group(kind.name().toLowerCase(java.util.Locale.ROOT));
			if (found != null) {
				return new Token(kind, found);
			}
		}
		throw new IllegalStateException("every alternative of the pattern is a kind of token");
	}

}
