package io.virtwise.facts.internal.sosreport;

/**
 * Texts one after the other, each between two marks and behind bars, as the collector
 * script prints them.
 */
final class SectionText {

	private final StringBuilder text;

	SectionText(int expected) {
		this.text = new StringBuilder(expected);
		this.text.append("=== virtwise sosreport 1 ===\n");
	}

	/** Adds a text that is there. */
	void add(String name, String source, String content) {
		add(name, source, "ok", content);
	}

	/** Adds a text in its state. */
	void add(String name, String source, String state, String content) {
		this.text.append("=== begin ").append(name).append(": ").append(source).append(" ===\n");
		int from = 0;
		while (from < content.length()) {
			int end = content.indexOf('\n', from);
			end = (end < 0) ? content.length() : end;
			this.text.append("| ").append(content, from, end).append('\n');
			from = end + 1;
		}
		this.text.append("=== end ").append(name).append(": ").append(state).append(" ===\n");
	}

	/** All of it. */
	String finished() {
		this.text.append("=== end of virtwise sosreport ===\n");
		return this.text.toString();
	}

}
