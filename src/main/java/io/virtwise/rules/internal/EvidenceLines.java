package io.virtwise.rules.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers lines of evidence, one for each line of the source. A long line is shortened
 * around what was looked for, so the same line can come in two forms; the one that is cut
 * before its end shows something that was found, and stays.
 */
final class EvidenceLines {

	private static final String LINE = " line ";

	/** The name of a source is not longer. */
	private static final int LONGEST_SOURCE = 200;

	private final Map<String, String> byPlace = new LinkedHashMap<>();

	private final Map<String, String> places;

	/**
	 * @param places the place of each line known so far; the same lines are gathered many
	 * times in a run
	 */
	EvidenceLines(Map<String, String> places) {
		this.places = places;
	}

	void add(List<String> lines) {
		for (String line : lines) {
			String place = this.places.computeIfAbsent(line, EvidenceLines::place);
			String before = this.byPlace.putIfAbsent(place, line);
			if (before != null && !before.equals(line) && !isCutInside(before)) {
				this.byPlace.put(place, line);
			}
		}
	}

	/** The source and the number in front of a line, or the line itself without any. */
	private static String place(String line) {
		int at = line.indexOf(LINE, 1);
		while (at > 0 && at <= LONGEST_SOURCE) {
			int end = at + LINE.length();
			while (end < line.length() && isDigit(line.charAt(end))) {
				end++;
			}
			if (end > at + LINE.length() && line.startsWith(": ", end)) {
				return line.substring(0, end);
			}
			at = line.indexOf(LINE, at + 1);
		}
		return line;
	}

	private static boolean isDigit(char letter) {
		return letter >= '0' && letter <= '9';
	}

	private static boolean isCutInside(String line) {
		int at = line.indexOf("… ");
		while (at >= 0) {
			if (at + 2 < line.length() && !Character.isWhitespace(line.charAt(at + 2))) {
				return true;
			}
			at = line.indexOf("… ", at + 1);
		}
		return false;
	}

	List<String> lines() {
		return List.copyOf(this.byPlace.values());
	}

}
