package io.virtwise.access.internal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What a password must be like. Length counts more than odd characters.
 */
public final class PasswordRules {

	/** The fewest characters. */
	public static final int MIN_LENGTH = 12;

	/** The most bytes in UTF-8; bcrypt reads no further. */
	public static final int MAX_BYTES = 72;

	private static final int MIN_DISTINCT = 5;

	private PasswordRules() {
	}

	/** Whether it is short enough to be compared as a whole. */
	static boolean fits(String password) {
		return password.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
	}

	/** What is wrong with it, to follow the field's name; empty if nothing is. */
	public static Optional<String> faultOf(String password, String username) {
		if (password.codePointCount(0, password.length()) < MIN_LENGTH) {
			return Optional.of("is too short; use " + MIN_LENGTH + " characters or more, for example four words");
		}
		if (!fits(password)) {
			return Optional.of("is too long; use at most " + MAX_BYTES + " bytes");
		}
		if (password.codePoints().distinct().count() < MIN_DISTINCT) {
			return Optional.of("repeats itself; use at least " + MIN_DISTINCT + " different characters");
		}
		if (!username.isEmpty() && password.toLowerCase(Locale.ROOT).contains(username)) {
			return Optional.of("contains the user name; choose one that does not");
		}
		return Optional.empty();
	}

}
