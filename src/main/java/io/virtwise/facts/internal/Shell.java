package io.virtwise.facts.internal;

import java.util.regex.Pattern;

/**
 * What a terminal leaves in a text that was copied from it.
 */
final class Shell {

	/** A prompt is short; what is longer is no prompt. */
	private static final int PROMPT = 300;

	private static final Pattern COMMAND = Pattern
		.compile("(?:\\[[^\\]]{1,80}\\]|[\\w.@:~/()+-]{0,80}|COMMAND)[ ]?[#$>%](?:[ ].*)?");

	private Shell() {
	}

	/** Whether this line is a prompt, with or without a command behind it. */
	static boolean isPrompt(String line) {
		return line.length() <= PROMPT && COMMAND.matcher(line.strip()).matches();
	}

	/**
	 * Whether the text shows a command that printed nothing: only prompts and blank
	 * lines, and one of them runs a command with this word in it.
	 */
	static boolean printedNothing(String text, String word) {
		boolean ran = false;
		for (TextLine line : new TextLines(text)) {
			if (line.text().isBlank()) {
				continue;
			}
			if (!isPrompt(line.text())) {
				return false;
			}
			ran |= line.text().contains(word);
		}
		return ran;
	}

}
