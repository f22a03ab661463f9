package io.virtwise.facts.internal;

import io.virtwise.facts.EvidenceLine;

/**
 * One line of a text.
 *
 * @param number from 1
 * @param text the line without its end and without colour codes
 */
record TextLine(int number, String text) {

	/** Longer lines are shown in part. */
	static final int SHOWN = 200;

	private static final char UNREADABLE = '\uFFFD';

	private static final String CUT = " … ";

	/** The same as evidence, its beginning if it is long. */
	EvidenceLine seenIn(String source) {
		return new EvidenceLine(source, this.number, shown(this.text));
	}

	/**
	 * The same as evidence that has a word to show: of a long line its beginning and the
	 * words around that one.
	 * @param at where the word begins
	 */
	EvidenceLine seenIn(String source, int at) {
		if (this.text.length() <= SHOWN || at < SHOWN - 40) {
			return seenIn(source);
		}
		String head = this.text.substring(0, SHOWN / 4);
		String around = this.text.substring(at - SHOWN / 4, Math.min(this.text.length(), at + SHOWN / 4));
		return new EvidenceLine(source, this.number, clean(head) + CUT + clean(around) + CUT.stripTrailing());
	}

	/** A text short enough and harmless enough to be shown. */
	static String shown(String text) {
		return (text.length() <= SHOWN) ? clean(text) : clean(text.substring(0, SHOWN)) + CUT.stripTrailing();
	}

	/** A sentence of ours, which may hold a name that is not. */
	static String whole(String sentence) {
		return clean(sentence.substring(0, Math.min(sentence.length(), 1000)));
	}

	/** A text harmless enough to be shown, whatever its length. */
	static String clean(String text) {
		StringBuilder clean = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\t') {
				clean.append(' ');
			}
			else {
				clean.append((Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) ? UNREADABLE : c);
			}
		}
		return clean.toString().strip();
	}

}
