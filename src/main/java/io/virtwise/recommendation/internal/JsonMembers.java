package io.virtwise.recommendation.internal;

/**
 * The members of a JSON object one after the other, found without reading what they hold.
 */
final class JsonMembers {

	private final String text;

	private int at;

	private int nameFrom;

	private int nameTo;

	private int from;

	private int to;

	/**
	 * @throws IllegalArgumentException if it is the text of no object
	 */
	JsonMembers(String text) {
		this.text = text;
		expect('{');
	}

	/**
	 * Goes to the next member, if there is one.
	 * @throws IllegalArgumentException if that is none
	 */
	boolean next() {
		skipBlanks();
		if (sign() == '}') {
			return false;
		}
		if (this.to > 0) {
			expect(',');
			skipBlanks();
		}
		this.nameFrom = this.at + 1;
		text();
		this.nameTo = this.at - 1;
		skipBlanks();
		expect(':');
		skipBlanks();
		this.from = this.at;
		value();
		this.to = this.at;
		return true;
	}

	/** Whether the member is called so. */
	boolean is(String name) {
		return name.length() == this.nameTo - this.nameFrom && this.text.startsWith(name, this.nameFrom);
	}

	/** What it holds, as it is written. */
	String held() {
		return this.text.substring(this.from, this.to);
	}

	private void value() {
		char sign = sign();
		if (sign == '"') {
			text();
		}
		else if (sign == '{' || sign == '[') {
			nested();
		}
		else {
			while (sign() != ',' && sign() != '}' && sign() > ' ') {
				this.at++;
			}
		}
	}

	private void nested() {
		int depth = 0;
		do {
			char sign = sign();
			if (sign == '"') {
				text();
				continue;
			}
			depth += (sign == '{' || sign == '[') ? 1 : (sign == '}' || sign == ']') ? -1 : 0;
			this.at++;
		}
		while (depth > 0);
	}

	private void text() {
		expect('"');
		int end = this.text.indexOf('"', this.at);
		while (end >= 0 && isEscaped(end)) {
			end = this.text.indexOf('"', end + 1);
		}
		if (end < 0) {
			throw new IllegalArgumentException("a text has no end");
		}
		this.at = end + 1;
	}

	/** An odd number of backslashes stands before it. */
	private boolean isEscaped(int quote) {
		int first = quote;
		while (this.text.charAt(first - 1) == '\\') {
			first--;
		}
		return (quote - first) % 2 == 1;
	}

	private void skipBlanks() {
		while (sign() <= ' ') {
			this.at++;
		}
	}

	private void expect(char wanted) {
		if (sign() != wanted) {
			throw new IllegalArgumentException("no " + wanted + " at character " + this.at);
		}
		this.at++;
	}

	private char sign() {
		if (this.at >= this.text.length()) {
			throw new IllegalArgumentException("the object has no end");
		}
		return this.text.charAt(this.at);
	}

}
