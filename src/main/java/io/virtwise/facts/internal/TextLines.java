package io.virtwise.facts.internal;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of a text, one at a time and in linear time, whatever the text is. A carriage
 * return before the line's end, the control codes of a terminal and a mail's quotation
 * mark are left out, and the fixed blanks of web pages are blanks.
 */
final class TextLines implements Iterable<TextLine> {

	private static final char ESCAPE = '\u001B';

	private static final char FIXED_BLANK = '\u00A0';

	private static final String QUOTED = "> ";

	private final String text;

	TextLines(String text) {
		this.text = text;
	}

	@Override
	public Iterator<TextLine> iterator() {
		return new Iterator<>() {

			private int from;

			private int number;

			@Override
			public boolean hasNext() {
				return this.from < TextLines.this.text.length();
			}

			@Override
			public TextLine next() {
				if (!hasNext()) {
					throw new NoSuchElementException();
				}
				int end = TextLines.this.text.indexOf('\n', this.from);
				end = (end < 0) ? TextLines.this.text.length() : end;
				String line = TextLines.this.text.substring(this.from, end);
				this.from = end + 1;
				this.number++;
				return new TextLine(this.number, plain(line));
			}

		};
	}

	/** The line as the command printed it. */
	static String plain(String line) {
		String plain = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
		plain = plain.replace(FIXED_BLANK, ' ');
		int from = 0;
		while (plain.startsWith(QUOTED, from)) {
			from += QUOTED.length();
		}
		return withoutCodes(plain.substring(from));
	}

	private static String withoutCodes(String plain) {
		if (plain.indexOf(ESCAPE) < 0) {
			return plain;
		}
		StringBuilder without = new StringBuilder(plain.length());
		int i = 0;
		while (i < plain.length()) {
			if (plain.charAt(i) == ESCAPE) {
				i = afterEscape(plain, i);
			}
			else {
				without.append(plain.charAt(i));
				i++;
			}
		}
		return without.toString();
	}

	/**
	 * A sequence is ESC, an open bracket, parameters such as digits and semicolons, and
	 * one letter.
	 */
	private static int afterEscape(String line, int escape) {
		int i = escape + 1;
		if (i >= line.length() || line.charAt(i) != '[') {
			return i;
		}
		i++;
		while (i < line.length() && line.charAt(i) >= '0' && line.charAt(i) <= '?') {
			i++;
		}
		return Math.min(i + 1, line.length());
	}

}
