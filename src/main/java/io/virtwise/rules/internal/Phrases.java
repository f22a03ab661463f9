package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.virtwise.nova.NovaConf;
import io.virtwise.nova.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a rulebase taken apart, each once: where they have places for values, and
 * which settings they name. There are as many as the rules have texts.
 */
final class Phrases {

	private final Map<String, Phrase> phrases = new ConcurrentHashMap<>();

	private final Map<String, Setting> settings = new ConcurrentHashMap<>();

	/** This text of a rule, taken apart. */
	Phrase of(String text) {
		Phrase known = this.phrases.get(text);
		return (known != null) ? known : this.phrases.computeIfAbsent(text, Phrase::of);
	}

	/** The setting that a text names, with the values in it already. */
	Setting setting(String text, String filled) {
		if (!of(text).isWhole()) {
			return read(filled);
		}
		Setting known = this.settings.get(text);
		return (known != null) ? known : this.settings.computeIfAbsent(text, Phrases::read);
	}

	private static Setting read(String text) {
		boolean takeOut = text.startsWith("-");
		String[] pair = text.substring(takeOut ? 1 : 0).split("=", 2);
		int slash = pair[0].indexOf('/');
		if (slash < 1 || (pair.length == 1) != takeOut) {
			throw new IllegalArgumentException("a setting is section/option=value or -section/option: " + text);
		}
		return new Setting(pair[0].substring(0, slash), pair[0].substring(slash + 1), takeOut ? null : pair[1]);
	}

	/**
	 * A text with places for the values of variables.
	 *
	 * @param parts what stands before the first place, between them, and after the last
	 * @param variables what each place is named after, with its sign
	 */
	record Phrase(String[] parts, String[] variables) {

		static Phrase of(String text) {
			List<String> parts = new ArrayList<>();
			List<String> variables = new ArrayList<>();
			int from = 0;
			int open = text.indexOf('{');
			while (open >= 0) {
				int close = endOfName(text, open + 1);
				if (close > 0) {
					parts.add(text.substring(from, open));
					variables.add('$' + text.substring(open + 1, close));
					from = close + 1;
				}
				open = text.indexOf('{', Math.max(from, open + 1));
			}
			parts.add(text.substring(from));
			return new Phrase(parts.toArray(new String[0]), variables.toArray(new String[0]));
		}

		/** Whether no place for a value is in it. */
		boolean isWhole() {
			return this.variables.length == 0;
		}

		/** The text with these values in its places; one that has none stays as it is. */
		String filled(Values values) {
			return filled(values, false);
		}

		/** The same, a value between single quotes printed as nova prints it. */
		String printed(Values values) {
			return filled(values, true);
		}

		private String filled(Values values, boolean printed) {
			StringBuilder filled = new StringBuilder(200);
			int quote = 0;
			for (int at = 0; at < this.variables.length; at++) {
				String value = values.of(this.variables[at]);
				filled.append(this.parts[at], quote, this.parts[at].length());
				quote = 0;
				if (value == null) {
					filled.append('{').append(this.variables[at], 1, this.variables[at].length()).append('}');
				}
				else if (printed && this.parts[at].endsWith("'") && this.parts[at + 1].startsWith("'")) {
					filled.setLength(filled.length() - 1);
					filled.append(NovaConf.literal(value));
					quote = 1;
				}
				else {
					filled.append(value);
				}
			}
			String rest = this.parts[this.parts.length - 1];
			return filled.append(rest, quote, rest.length()).toString();
		}

		/** Where the name of a variable ends that a brace closes, 0 if it is no name. */
		private static int endOfName(String text, int from) {
			int at = from;
			while (at < text.length() && isOfName(text.charAt(at), at > from)) {
				at++;
			}
			return (at > from && at < text.length() && text.charAt(at) == '}') ? at : 0;
		}

		private static boolean isOfName(char letter, boolean further) {
			return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
					|| (further && (letter == '_' || (letter >= '0' && letter <= '9')));
		}

	}

	/**
	 * Knows the values of variables.
	 */
	interface Values {

		/** The value as people read it, {@code null} where there is no such variable. */
		@Nullable String of(String variable);

	}

}
