package io.virtwise.shared;

import java.security.SecureRandom;

/**
 * Makes ids: opaque, unguessable, safe in a URL, never reused.
 */
public final class Ids {

	private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

	private static final int LENGTH = 20;

	private static final SecureRandom RANDOM = new SecureRandom();

	private Ids() {
	}

	/** A new id of 20 characters with 100 random bits. */
	public static String next() {
		StringBuilder id = new StringBuilder(LENGTH);
		for (int i = 0; i < LENGTH; i++) {
			id.append(ALPHABET[RANDOM.nextInt(ALPHABET.length)]);
		}
		return id.toString();
	}

}
