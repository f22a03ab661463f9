package io.virtwise.recommendation.workorder;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a POSIX shell checks and does a step.
 *
 * @param before a condition: whether it is so already
 * @param commands what makes it so
 * @param after a condition: whether it is so now
 * @param whyNot what to tell where it is not
 * @param parts names of the functions that these lines use
 */
record Shell(String before, List<String> commands, String after, String whyNot, List<String> parts) {

	private static final String PLAIN = "[A-Za-z0-9_./:@%+,-]+";

	/** A text as one word, whatever it holds. */
	static String word(String text) {
		return text.matches(PLAIN) ? text : "'" + shown(text).replace("'", "'\\''") + "'";
	}

	/** Several texts as words. */
	static String words(String... texts) {
		return Arrays.stream(texts).map(Shell::word).collect(Collectors.joining(" "));
	}

	/** The same condition before and after. */
	static Shell checked(String condition, String command, String whyNot, String... parts) {
		return new Shell(condition, List.of(command), condition, whyNot, List.of(parts));
	}

	/**
	 * A text on one line, without what could steer a terminal or end a comment.
	 */
	static String shown(String text) {
		return text.codePoints()
			.map((c) -> (Character.isISOControl(c) || Character.getType(c) == Character.LINE_SEPARATOR
					|| Character.getType(c) == Character.PARAGRAPH_SEPARATOR
					|| Character.getType(c) == Character.SURROGATE || Character.getType(c) == Character.FORMAT) ? '?'
							: c)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
