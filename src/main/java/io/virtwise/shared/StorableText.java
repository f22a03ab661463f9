package io.virtwise.shared;

import org.jspecify.annotations.Nullable;

/**
 * Texts that every database keeps as they are. PostgreSQL knows no zero character, and
 * half of a character that takes two is no text anywhere.
 */
public final class StorableText {

	/** Stands where a zero character was. */
	public static final char ZERO_SIGN = '\u2400';

	private static final char UNREADABLE = '\uFFFD';

	private StorableText() {
	}

	/** The fault and the remedy, {@code null} where there is no fault. */
	public static @Nullable String fault(CharSequence text) {
		int at = firstOdd(text);
		if (at < 0) {
			return null;
		}
		return (text.charAt(at) == 0)
				? "holds a zero character at place " + (at + 1) + ", which no text has; take it out"
				: "holds half of a character at place " + (at + 1)
						+ " (a surrogate without the other one); write the whole one, or take it out";
	}

	/**
	 * The same text with a sign that can be seen wherever something cannot be kept. Many
	 * zeros in a row get one sign: files that were cut off may consist of nothing else.
	 */
	public static String marked(String text) {
		return without(text, ZERO_SIGN, UNREADABLE);
	}

	/** The same text without whatever cannot be kept. */
	public static String without(String text) {
		return without(text, (char) 0, (char) 0);
	}

	private static String without(String text, char forZero, char forHalf) {
		int first = firstOdd(text);
		if (first < 0) {
			return text;
		}
		StringBuilder kept = new StringBuilder(text.length()).append(text, 0, first);
		for (int at = first; at < text.length(); at++) {
			char sign = text.charAt(at);
			boolean repeats = sign == 0 && at > first && text.charAt(at - 1) == 0;
			if (isOdd(text, at)) {
				sign = (sign == 0) ? forZero : forHalf;
			}
			if (sign != 0 && !repeats) {
				kept.append(sign);
			}
		}
		return kept.toString();
	}

	private static int firstOdd(CharSequence text) {
		for (int at = 0; at < text.length(); at++) {
			if (isOdd(text, at)) {
				return at;
			}
		}
		return -1;
	}

	private static boolean isOdd(CharSequence text, int at) {
		char sign = text.charAt(at);
		if (!Character.isSurrogate(sign)) {
			return sign == 0;
		}
		return Character.isHighSurrogate(sign)
				? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
				: at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
	}

}
