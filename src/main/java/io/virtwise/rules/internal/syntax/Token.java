package io.virtwise.rules.internal.syntax;

/**
 * One token of a rule file.
 *
 * @param kind what it is
 * @param text as written
 * @param start where it begins in its file, from 0
 */
public record Token(Kind kind, String text, int start) {

	/** Whether it is this word, sign or variable. */
	public boolean is(String expected) {
		return this.kind != Kind.TEXT && this.text.equals(expected);
	}

	/** Whether another one says the same, wherever it stands. */
	boolean same(Token other) {
		return this.kind == other.kind && this.text.equals(other.text);
	}

	int end() {
		return this.start + this.text.length();
	}

	/**
	 * The kinds of token.
	 */
	public enum Kind {

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

}
