package io.virtwise.rules.internal;

import java.util.Collection;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Finds the word that somebody probably meant.
 */
final class Nearest {

	private static final int LONGEST = 60;

	private Nearest() {
	}

	/** The nearest of these words, or nothing if none is near. */
	static @Nullable String of(String written, Collection<String> words) {
		String nearest = null;
		int least = Math.max(2, written.length() / 3) + 1;
		for (String word : words) {
			int distance = (written.length() > LONGEST) ? least
					: distance(written.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
			if (distance < least) {
				least = distance;
				nearest = word;
			}
		}
		return nearest;
	}

	/** How many letters have to be put in, taken out or changed. */
	private static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		for (int at = 0; at <= other.length(); at++) {
			row[at] = at;
		}
		for (int line = 1; line <= one.length(); line++) {
			int diagonal = row[0];
			row[0] = line;
			for (int at = 1; at <= other.length(); at++) {
				int above = row[at];
				int changed = diagonal + ((one.charAt(line - 1) == other.charAt(at - 1)) ? 0 : 1);
				row[at] = Math.min(changed, Math.min(above, row[at - 1]) + 1);
				diagonal = above;
			}
		}
		return row[other.length()];
	}

}
