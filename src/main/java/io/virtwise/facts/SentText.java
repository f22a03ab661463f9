package io.virtwise.facts;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The text that the bytes of a part stand for. It is UTF-8 unless the part says otherwise
 * or begins as UTF-16 does, which is what PowerShell makes of a command's output.
 */
final class SentText {

	private static final Pattern CHARSET = Pattern
		.compile(";\\s*charset\\s*=\\s*\"?([A-Za-z0-9][A-Za-z0-9._:+-]{0,39})", Pattern.CASE_INSENSITIVE);

	private SentText() {
	}

	/**
	 * The text of a part.
	 * @param contentType as the part names it, {@code null} if it names none
	 */
	static String of(byte[] bytes, @Nullable String contentType) {
		if (begins(bytes, 0xFF, 0xFE) || begins(bytes, 0xFE, 0xFF)) {
			return new String(bytes, StandardCharsets.UTF_16);
		}
		return new String(bytes, charset(contentType));
	}

	private static boolean begins(byte[] bytes, int first, int second) {
		return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
	}

	/** One that nobody knows is taken for UTF-8: bytes beyond ASCII decide nothing. */
	private static Charset charset(@Nullable String contentType) {
		Matcher named = CHARSET.matcher((contentType != null) ? contentType : "");
		return (named.find() && Charset.isSupported(named.group(1)) && Charset.forName(named.group(1)).canEncode())
				? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
	}

}
