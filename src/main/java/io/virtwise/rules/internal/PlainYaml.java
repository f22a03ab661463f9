package io.virtwise.rules.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes an entry of a list in YAML, a line for each of its keys.
 */
final class PlainYaml {

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*");

	private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

	private PlainYaml() {
	}

	static String entry(Map<String, Object> entry) {
		StringBuilder text = new StringBuilder();
		entry.forEach((key, value) -> {
			text.append(text.isEmpty() ? "- " : "  ").append(key).append(':');
			if (key.equals("given") && value instanceof Map<?, ?> groups) {
				groups.forEach((name, group) -> text.append("\n    ")
					.append(scalar(String.valueOf(name)))
					.append(": ")
					.append(flow(group)));
				text.append('\n');
			}
			else {
				text.append(' ').append(flow(value)).append('\n');
			}
		});
		return text.toString();
	}

	private static String flow(Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.isEmpty() ? "{}"
					: map.entrySet()
						.stream()
						.map((one) -> scalar(String.valueOf(one.getKey())) + ": " + flow(one.getValue()))
						.collect(Collectors.joining(", ", "{ ", " }"));
		}
		if (value instanceof List<?> list) {
			return list.stream().map(PlainYaml::flow).collect(Collectors.joining(", ", "[", "]"));
		}
		return (value instanceof String text) ? scalar(text) : String.valueOf(value);
	}

	private static String scalar(String text) {
		if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))) {
			return text;
		}
		StringBuilder quoted = new StringBuilder("\"");
		text.chars().forEach((sign) -> {
			if (sign == '"' || sign == '\\') {
				quoted.append('\\').append((char) sign);
			}
			else if (sign == '\n') {
				quoted.append("\\n");
			}
			else if (sign < ' ' || sign == 0x7F) {
				quoted.append(String.format("\\x%02x", sign));
			}
			else {
				quoted.append((char) sign);
			}
		});
		return quoted.append('"').toString();
	}

}
