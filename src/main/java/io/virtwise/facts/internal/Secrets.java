package io.virtwise.facts.internal;

import java.util.regex.Pattern;

/**
 * Masks what must not be shown of a line: passwords in addresses, tokens, and whatever
 * stands behind a name that says secret.
 */
final class Secrets {

	private static final String MASK = "***";

	private static final Pattern IN_ADDRESS = Pattern.compile("(://[^\\s:/@]{0,128}:)[^\\s'\"]{1,256}(?=@)");

	private static final Pattern NAMED = Pattern.compile(
			"((?:passw(?:or)?d|passphrase|pass|secret|token|api_?key|private_?key|credentials?)[\\w-]{0,32}['\"]{0,2}\\s{0,3}[=:]\\s{0,3}[bu]?['\"]?)[^\\s'\",;&}\\])]{1,512}",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern BEARER = Pattern.compile("\\b((?:Bearer|Basic) )[\\w.~+/=-]{8,1024}",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern FERNET = Pattern.compile("gAAAA[\\w=-]{16,1024}");

	private Secrets() {
	}

	/** The text without them; every pattern looks at a bounded stretch from any place. */
	static String masked(String text) {
		String masked = IN_ADDRESS.matcher(text).replaceAll("$1" + MASK);
		masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
		masked = BEARER.matcher(masked).replaceAll("$1" + MASK);
		return FERNET.matcher(masked).replaceAll(MASK);
	}

}
