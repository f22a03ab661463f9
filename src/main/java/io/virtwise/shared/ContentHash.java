package io.virtwise.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of some content, as 64 lower-case hexadecimal digits.
 */
public record ContentHash(String sha256) {

	private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

	public ContentHash {
		if (!HEX.matcher(sha256).matches()) {
			throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal: " + sha256);
		}
	}

	/** The hash of these bytes. */
	public static ContentHash of(byte[] content) {
		try {
			return new ContentHash(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	/** The hash of this text's UTF-8 bytes. */
	public static ContentHash of(String content) {
		return of(content.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String toString() {
		return this.sha256;
	}

}
