package io.virtwise.rules.internal.syntax;

/**
 * How long a rule file and its lines may be, and which characters it may hold.
 */
final class TextLimits {

	static final int LONGEST_FILE = 256 * 1024;

	static final int LONGEST_LINE = 2_000;

	private TextLimits() {
	}

	/** Whether the text is worth cutting into tokens. */
	static boolean hold(String text, Problems problems) {
		if (text.length() > LONGEST_FILE) {
			problems.error(Place.FILE, "a rule file has at most " + LONGEST_FILE + " characters; split it by subject");
			return false;
		}
		int before = problems.count();
		int line = 1;
		int lineStart = 0;
		for (int at = 0; at < text.length(); at++) {
			char character = text.charAt(at);
			if (character == '\n') {
				line++;
				lineStart = at + 1;
			}
			else if (!belongs(text, at)) {
				problems.error(new Place(line, at - lineStart + 1),
						String.format("character U+%04X does not belong into a rule file", (int) character));
			}
			else if (at - lineStart == LONGEST_LINE) {
				problems.error(new Place(line, at - lineStart + 1),
						"a line has at most " + LONGEST_LINE + " characters; break it after a comma");
			}
		}
		return problems.count() == before;
	}

	/**
	 * Nothing invisible, nothing that turns the direction of reading, and nothing beyond
	 * the characters of written languages.
	 */
	private static boolean belongs(String text, int at) {
		char character = text.charAt(at);
		if (character == '\t' || (character >= ' ' && character < 0x7F)) {
			return true;
		}
		if (character == '\r') {
			return text.startsWith("\n", at + 1);
		}
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.NON_SPACING_MARK,
					Character.ENCLOSING_MARK ->
				false;
			case Character.SPACE_SEPARATOR -> character == '\u00A0';
			default -> true;
		};
	}

}
