package io.virtwise.rules.internal;

/**
 * Something in a rule file that the language of rules does not allow.
 *
 * @param file the file's name
 * @param line the line from 1, 0 where the whole file is meant
 * @param message what is wrong
 */
record RuleFault(String file, int line, String message) {

	@Override
	public String toString() {
		return this.file + ":" + this.line + ": " + this.message;
	}

}
