package io.virtwise.authoring.internal;

import java.util.Set;
import java.util.regex.Pattern;

import io.virtwise.shared.Refused;

/**
 * Which names files of a rulebase may have.
 */
final class RulePath {

	/** How many characters the text of a file may have. */
	static final int MAX_TEXT = 256 * 1024;

	/** How many files a rulebase may have. */
	static final int MAX_FILES = 400;

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,80}(\\.drl|\\.cases\\.yaml)");

	private static final Set<String> OTHERS = Set.of("base-nodes.yaml", "index.yaml");

	private RulePath() {
	}

	static boolean valid(String path) {
		return NAME.matcher(path).matches() || OTHERS.contains(path);
	}

	/** The path itself. */
	static String check(String path) {
		if (!valid(path)) {
			throw Refused.invalid("path",
					"is no name of a file of a rulebase; it is made of small letters, digits and - and ends with .drl"
							+ " or .cases.yaml, as cpu-mode.drl, or it is base-nodes.yaml or index.yaml; there are no"
							+ " folders");
		}
		return path;
	}

	/** The text itself. */
	static String check(String path, String text) {
		if (text.length() > MAX_TEXT) {
			throw Refused.tooLarge(path + " has " + text.length() + " characters; a file of a rulebase has at most "
					+ MAX_TEXT + ". Split it by subject.");
		}
		if (text.indexOf('\0') >= 0) {
			throw Refused.invalid(path, "holds a zero byte, so it is no text");
		}
		return text;
	}

}
