package io.virtwise.authoring.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;

/**
 * Reads what is sent, and never more than it may be.
 */
final class Uploads {

	/** Four bytes for each of the characters that a file may have. */
	private static final int MAX_TEXT = 4 * 256 * 1024;

	private static final int MAX_ARCHIVE = 4 * 1024 * 1024;

	private Uploads() {
	}

	/** The text that was sent, in the charset that its Content-Type says. */
	static String text(String path, @Nullable String contentType, InputStream body) throws IOException {
		byte[] bytes = body.readNBytes(MAX_TEXT + 1);
		if (bytes.length > MAX_TEXT) {
			throw Refused.tooLarge(path + " is larger than a file of a rulebase may be. Split it by subject.");
		}
		Charset charset = (contentType != null) ? MediaType.parseMediaType(contentType).getCharset() : null;
		return text(path, bytes, (charset != null) ? charset : StandardCharsets.UTF_8);
	}

	/** The text of these bytes, which must be UTF-8. */
	static String text(String path, byte[] bytes) {
		return text(path, bytes, StandardCharsets.UTF_8);
	}

	private static String text(String path, byte[] bytes, Charset charset) {
		try {
			return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw Refused.invalid(path, "is no text in " + charset + "; save it as UTF-8");
		}
	}

	static byte[] archive(InputStream body) throws IOException {
		byte[] bytes = body.readNBytes(MAX_ARCHIVE + 1);
		if (bytes.length > MAX_ARCHIVE) {
			throw Refused.tooLarge("The archive is larger than " + MAX_ARCHIVE + " bytes.");
		}
		return bytes;
	}

}
