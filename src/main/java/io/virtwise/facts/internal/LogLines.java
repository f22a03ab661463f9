package io.virtwise.facts.internal;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of a log, one at a time. A line that is longer than any program writes comes
 * in pieces that overlap, so that neither memory nor a message at its end is lost.
 */
final class LogLines implements Iterable<LogLines.Piece> {

	/** How long a piece is at most. */
	static final int PIECE = 16 * 1024;

	/** What is told of one fault is shorter than this. */
	private static final int OVERLAP = 512;

	/** The mark of Unicode that editors put in front of a whole text. */
	static final String MARK = "\uFEFF";

	private final String text;

	LogLines(String text) {
		this.text = text;
	}

	@Override
	public Iterator<Piece> iterator() {
		return new Iterator<>() {

			private final String text = LogLines.this.text;

			private int from = LogLines.this.text.startsWith(MARK) ? 1 : 0;

			private int number;

			private boolean inside;

			@Override
			public boolean hasNext() {
				return this.from < this.text.length();
			}

			@Override
			public Piece next() {
				if (!hasNext()) {
					throw new NoSuchElementException();
				}
				int limit = (int) Math.min((long) this.from + PIECE, this.text.length());
				int end = endOfLine(this.from, limit);
				boolean begins = !this.inside;
				this.number += begins ? 1 : 0;
				String piece = this.text.substring(this.from, (end < 0) ? limit : end);
				this.inside = end < 0 && limit < this.text.length();
				this.from = this.inside ? limit - OVERLAP : ((end < 0) ? limit : end + 1);
				String plain = TextLines.plain(piece);
				return new Piece(this.number, (begins && !this.inside) ? JsonLogLine.plain(plain) : plain, begins);
			}

			private int endOfLine(int from, int limit) {
				for (int at = from; at < limit; at++) {
					if (this.text.charAt(at) == '\n') {
						return at;
					}
				}
				return -1;
			}

		};
	}

	/**
	 * A line, or a part of a very long one.
	 *
	 * @param number the line's number from 1
	 * @param text without its end and without colour codes; of JSON what it tells
	 * @param begins whether the line begins here
	 */
	record Piece(int number, String text, boolean begins) {
	}

}
