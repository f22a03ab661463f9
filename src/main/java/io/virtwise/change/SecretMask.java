package io.virtwise.change;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides secrets in the text of a nova.conf before a person or a program sees it: values
 * of options whose name tells of a secret, and credentials in URLs. Keeps every line, so
 * that line numbers and diffs stay true. The stored bytes are never masked.
 */
public final class SecretMask {

	private static final String MASK = "***";

	private static final Pattern OPTION = Pattern.compile("(\\s*[#;]?\\s*([^\\s=:#;\\[][^=:]*?)\\s*[=:]\\s*)(.*)",
			Pattern.DOTALL);

	private static final Pattern SECRET_NAME = Pattern.compile(
			"passw|secret|token|credential|private|(^|_)key($|_|s$)|keyring|apikey|fernet|(^|_)pass(phrase)?($|_)");

	/** Names that sound like a secret and hold none. */
	private static final Pattern HARMLESS_NAME = Pattern
		.compile("_(file|path|dir|algorithm|strategies|interval|ttl|size)$"
				+ "|^(token_cache_time|inject_password|inject_key|hash_algorithms)$");

	private static final Set<String> HARMLESS_VALUES = Set.of("", "true", "false", "none", "<none>");

	private static final Pattern URL_CREDENTIALS = Pattern.compile("(://)[^\\s]*@");

	private SecretMask() {
	}

	/** The text of these bytes with secrets hidden, line for line. */
	public static String mask(byte[] content) {
		return mask(new String(content, StandardCharsets.UTF_8));
	}

	/** The text with secrets hidden, line for line. */
	public static String mask(String text) {
		StringBuilder masked = new StringBuilder(text.length());
		boolean inSecret = false;
		int from = 0;
		while (from < text.length()) {
			int end = text.indexOf('\n', from);
			String line = (end < 0) ? text.substring(from) : text.substring(from, end);
			boolean continued = !line.isBlank() && Character.isWhitespace(line.charAt(0));
			if (continued) {
				masked.append(inSecret ? indent(line) + MASK : maskUrls(line));
			}
			else {
				Matcher option = OPTION.matcher(line);
				inSecret = option.matches() && isSecret(option.group(2));
				masked.append(inSecret ? maskValue(option) : maskUrls(line));
			}
			if (end < 0) {
				break;
			}
			masked.append('\n');
			from = end + 1;
		}
		return masked.toString();
	}

	private static boolean isSecret(String name) {
		String low = name.strip().toLowerCase(Locale.ROOT);
		return SECRET_NAME.matcher(low).find() && !HARMLESS_NAME.matcher(low).find();
	}

	private static String maskValue(Matcher option) {
		String value = option.group(3);
		return HARMLESS_VALUES.contains(value.strip().toLowerCase(Locale.ROOT)) ? option.group()
				: option.group(1) + MASK;
	}

	private static String indent(String line) {
		return line.substring(0, line.length() - line.stripLeading().length());
	}

	private static String maskUrls(String line) {
		return URL_CREDENTIALS.matcher(line).replaceAll("$1" + MASK + "@");
	}

}
