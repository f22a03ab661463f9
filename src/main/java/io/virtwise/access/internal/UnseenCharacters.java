package io.virtwise.access.internal;

import java.util.regex.Pattern;

/**
 * Characters that are not seen or that only change how others look. A name with one of
 * them can look like another person's, and names stand under approvals.
 */
final class UnseenCharacters {

	private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}]");

	private UnseenCharacters() {
	}

	/** Whether there is one in this text. A joiner inside an emoji counts as one too. */
	static boolean in(String text) {
		return UNSEEN.matcher(text).find();
	}

}
