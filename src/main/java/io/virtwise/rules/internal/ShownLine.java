package io.virtwise.rules.internal;

import io.virtwise.rules.Assessment.How;
import io.virtwise.rules.Assessment.Source;

/**
 * A line of evidence as people read it. There is one for each text in a run, so two are
 * the same or differ.
 */
final class ShownLine {

	private final String text;

	private final int place;

	private final boolean cutInside;

	private final Source source;

	/**
	 * @param text what people read
	 * @param place the number of its place among all of the run
	 */
	ShownLine(String text, int place) {
		this.text = text;
		this.place = place;
		this.cutInside = isCutInside(text);
		this.source = new Source(How.SEEN, text);
	}

	String text() {
		return this.text;
	}

	int place() {
		return this.place;
	}

	/** Whether it goes on after a cut, and so shows something that was found. */
	boolean cutInside() {
		return this.cutInside;
	}

	/** The line as something to rest on. */
	Source source() {
		return this.source;
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

	@Override
	public String toString() {
		return this.text;
	}

}
