package io.virtwise.recommendation.terminal;

import java.util.regex.Pattern;

/**
 * Lines for a terminal, wrapped at 80 columns. What comes from a node is shown without
 * its control characters: a file must not steer the terminal of who reads about it.
 */
final class Page {

	static final int BOLD = 1;

	static final int RED = 31;

	static final int GREEN = 32;

	static final int YELLOW = 33;

	static final int MAGENTA = 35;

	static final int CYAN = 36;

	private static final int WIDTH = 80;

	private static final Pattern BLANKS = Pattern.compile(" +");

	private static final char ESCAPE = '\u001B';

	private final StringBuilder out = new StringBuilder();

	private final boolean colours;

	Page(boolean colours) {
		this.colours = colours;
	}

	/** Our own words in this colour, in bold; plain where the terminal has none. */
	String coloured(String words, int colour) {
		return this.colours ? ESCAPE + "[1;" + colour + "m" + words + ESCAPE + "[0m" : words;
	}

	Page blank() {
		this.out.append('\n');
		return this;
	}

	/** One line of our own words in this colour. */
	Page heading(String words, int colour) {
		this.out.append(coloured(words, colour)).append('\n');
		return this;
	}

	/** One line as it is, however long. */
	Page line(String indent, String text) {
		this.out.append(indent).append(harmless(text)).append('\n');
		return this;
	}

	Page wrapped(String indent, String text) {
		return wrapped(indent, indent, text);
	}

	/** Words broken at blanks; a longer word has a line of its own. */
	Page wrapped(String first, String rest, String text) {
		StringBuilder line = new StringBuilder();
		String before = first;
		for (String word : BLANKS.split(harmless(text).strip(), -1)) {
			if (!line.isEmpty() && rest.length() + line.length() + 1 + word.length() > WIDTH) {
				this.out.append(before).append(line).append('\n');
				line.setLength(0);
				before = rest;
			}
			line.append(line.isEmpty() ? "" : " ").append(word);
		}
		this.out.append(before).append(line).append('\n');
		return this;
	}

	String text() {
		return this.out.toString();
	}

	private static String harmless(String text) {
		StringBuilder shown = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\n' || c == '\t') {
				shown.append(' ');
			}
			else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
				shown.append(String.format("\\x%02x", (int) c));
			}
			else {
				shown.append(c);
			}
		}
		return shown.toString();
	}

}
