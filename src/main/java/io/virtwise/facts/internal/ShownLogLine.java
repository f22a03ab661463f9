package io.virtwise.facts.internal;

import java.util.Locale;

/**
 * A line of a log as it may be shown: without secrets, and of a long line its beginning,
 * what counts in it, and its end, where the cause stands.
 */
final class ShownLogLine {

	private static final int LONGEST = 300;

	/** The beginning tells when and how bad. */
	private static final int HEAD = 60;

	private static final int BEFORE = 30;

	private static final int AFTER = 150;

	private static final int TAIL = 80;

	private static final String CUT = " … ";

	private ShownLogLine() {
	}

	/** A line with the words that count, given in lower case. */
	static String of(LogLines.Piece line, String words) {
		String masked = masked(line);
		return shown(masked, Math.max(masked.toLowerCase(Locale.ROOT).indexOf(words), 0));
	}

	/** A line with the place from which on it counts. */
	static String of(LogLines.Piece line, int place) {
		String masked = masked(line);
		return shown(masked, Math.min(Secrets.masked(line.text().substring(0, place)).length(), masked.length()));
	}

	/**
	 * A piece of a line may begin inside an address; what tells that is in the piece
	 * before.
	 */
	private static String masked(LogLines.Piece line) {
		String text = line.text();
		return Secrets.masked(line.begins() ? text : text.substring(Math.max(text.indexOf(' '), 0)));
	}

	private static String shown(String line, int place) {
		if (line.length() <= LONGEST) {
			return TextLine.clean(line);
		}
		int begin = Math.max(place - BEFORE, 0);
		int end = Math.min(place + AFTER, line.length());
		int tail = line.length() - TAIL;
		String head = (begin <= HEAD) ? line.substring(0, begin) : line.substring(0, HEAD) + CUT;
		String middle = line.substring(begin, end);
		return TextLine.clean(head + middle + ((tail > end) ? CUT + line.substring(tail) : line.substring(end)));
	}

}
