package io.virtwise.recommendation.workorder;

import java.util.List;
import java.util.Map;

/**
 * Writes maps, lists and texts as YAML. Every text that is not a plain word is quoted, so
 * that no text can become a number, a date or another structure.
 */
final class Yaml {

	private static final String PLAIN = "[A-Za-z_][A-Za-z0-9_.:/-]*[A-Za-z0-9_/-]|[A-Za-z_]";

	private static final String WORDS_OF_YAML = "(?i)true|false|yes|no|on|off|null|y|n";

	/** Ansible reads what stands in double braces as a program, except in such a text. */
	private final boolean guardTemplates;

	private final StringBuilder text = new StringBuilder();

	Yaml(boolean guardTemplates) {
		this.guardTemplates = guardTemplates;
	}

	/** A list of maps at the top. */
	String list(List<Map<String, Object>> items) {
		this.text.append("---\n");
		items.forEach((item) -> item(item, ""));
		return this.text.toString();
	}

	/** A map at the top. */
	String map(Map<String, Object> map) {
		map.forEach((key, value) -> entry(key, value, ""));
		return this.text.toString();
	}

	/** A text that is one value, as it stands in a file. */
	static String scalar(String value) {
		return new Yaml(false).written(value);
	}

	private void item(Map<String, Object> item, String indent) {
		String lead = indent + "- ";
		for (Map.Entry<String, Object> entry : item.entrySet()) {
			this.text.append(lead);
			entryAfterLead(entry.getKey(), entry.getValue(), indent + "  ");
			lead = indent + "  ";
		}
	}

	private void entry(String key, Object value, String indent) {
		this.text.append(indent);
		entryAfterLead(key, value, indent);
	}

	private void entryAfterLead(String key, Object value, String indent) {
		this.text.append(written(key)).append(':');
		if (value instanceof Map<?, ?> map) {
			if (map.isEmpty()) {
				this.text.append(" {}");
			}
			this.text.append('\n');
			map.entrySet()
				.stream()
				.sorted(java.util.Comparator.comparing((entry) -> String.valueOf(entry.getKey())))
				.forEach((entry) -> entry(String.valueOf(entry.getKey()), entry.getValue(), indent + "  "));
		}
		else if (value instanceof List<?> list) {
			list(list, indent);
		}
		else if (value instanceof String string) {
			this.text.append(' ').append(tag(string)).append(block(string, indent + "  ")).append('\n');
		}
		else {
			this.text.append(' ').append(value).append('\n');
		}
	}

	@SuppressWarnings("unchecked")
	private void list(List<?> list, String indent) {
		this.text.append(list.isEmpty() ? " []\n" : "\n");
		for (Object one : list) {
			if (one instanceof Map<?, ?> map) {
				item((Map<String, Object>) map, indent + "  ");
			}
			else {
				String string = String.valueOf(one);
				this.text.append(indent).append("  - ").append(tag(string)).append(written(string)).append('\n');
			}
		}
	}

	private String tag(String value) {
		boolean program = value.contains("{{") || value.contains("{%") || value.contains("{#");
		return (this.guardTemplates && program && !Restart.TEMPLATES.contains(value)) ? "!unsafe " : "";
	}

	/** Several lines that are all printable stand below each other. */
	private String block(String value, String indent) {
		if (!value.endsWith("\n") || value.endsWith("\n\n") || value.startsWith("\n") || value.startsWith(" ")
				|| !value.codePoints().allMatch((c) -> c == '\n' || (c >= 0x20 && c < 0x7F))) {
			return written(value);
		}
		return "|\n" + indent + value.substring(0, value.length() - 1).replace("\n", "\n" + indent);
	}

	private String written(String value) {
		boolean plain = value.matches(PLAIN) && !value.matches(WORDS_OF_YAML) && !value.contains("::");
		if (plain || isHieraKey(value)) {
			return value;
		}
		StringBuilder quoted = new StringBuilder("\"");
		value.codePoints().forEach((c) -> {
			switch (c) {
				case '"' -> quoted.append("\\\"");
				case '\\' -> quoted.append("\\\\");
				case '\n' -> quoted.append("\\n");
				case '\t' -> quoted.append("\\t");
				default -> {
					if (Character.isISOControl(c) || Character.getType(c) == Character.LINE_SEPARATOR
							|| Character.getType(c) == Character.PARAGRAPH_SEPARATOR
							|| Character.getType(c) == Character.SURROGATE || c == 0xFEFF) {
						quoted.append(String.format("\\u%04x", c));
					}
					else {
						quoted.appendCodePoint(c);
					}
				}
			}
		});
		return quoted.append('"').toString();
	}

	private static boolean isHieraKey(String value) {
		return value.matches("[a-z_]+(?:::[a-z_]+)+");
	}

}
