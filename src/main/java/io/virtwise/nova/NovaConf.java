package io.virtwise.nova;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * One nova.conf as oslo.config reads it: the same judgement on every line, the same
 * values, the same complaint. Keeps every byte, so that what was parsed can be written
 * back unchanged. Never throws for what a file holds.
 */
public final class NovaConf {

	private final String source;

	private final List<PythonText.Line> lines;

	private final List<Header> headers;

	private final List<Assignment> assignments;

	private final @Nullable Fault fault;

	private NovaConf(String source, List<PythonText.Line> lines, NovaConfReader reader) {
		this.source = source;
		this.lines = List.copyOf(lines);
		this.fault = reader.fault();
		this.headers = (this.fault == null) ? List.copyOf(reader.headers()) : List.of();
		this.assignments = (this.fault == null) ? List.copyOf(reader.assignments()) : List.of();
	}

	/**
	 * Parses a file.
	 * @param content its bytes; those that are not UTF-8 are kept
	 * @param source what people call it, for example {@code /etc/nova/nova.conf}
	 */
	public static NovaConf parse(byte[] content, String source) {
		return parse(PythonText.decode(content), source);
	}

	/**
	 * Parses a file's text.
	 * @param text the text as it is, with its line ends
	 * @param source what people call it, for example {@code /etc/nova/nova.conf}
	 */
	public static NovaConf parse(String text, String source) {
		List<PythonText.Line> lines = PythonText.lines(text);
		NovaConfReader reader = new NovaConfReader(source);
		reader.read(lines);
		return new NovaConf(source, lines, reader);
	}

	/** What people call it. */
	public String source() {
		return this.source;
	}

	/** Why oslo.config cannot read it; then there are no values. */
	public Optional<Fault> fault() {
		return Optional.ofNullable(this.fault);
	}

	/**
	 * The first line, from 1, with bytes that are not UTF-8. A nova on Python 3 does not
	 * start with such a file; one on Python 2 (Rocky and older) does.
	 */
	public Optional<Integer> firstLineNotUtf8() {
		for (int i = 0; i < this.lines.size(); i++) {
			String text = this.lines.get(i).text();
			for (int c = 0; c < text.length(); c++) {
				if (PythonText.isEscapedByte(text, c)) {
					return Optional.of(i + 1);
				}
			}
		}
		return Optional.empty();
	}

	/** All assignments in the file's order. */
	public List<Assignment> assignments() {
		return this.assignments;
	}

	/**
	 * The assignments of one option in the file's order; the last one counts. As in
	 * oslo.config a section's name matches in any case, {@code DEFAULT} and an option's
	 * name exactly.
	 */
	public List<Assignment> values(String section, String option) {
		String group = normalized(section);
		return this.assignments.stream()
			.filter((a) -> a.option().equals(option) && normalized(a.section()).equals(group))
			.toList();
	}

	/** The assignment that counts, if there is one. */
	public Optional<Assignment> effective(String section, String option) {
		List<Assignment> all = values(section, option);
		return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
	}

	/**
	 * Section, option and all its values as the parser hands them on: sections spelled as
	 * in the file, empty ones included.
	 */
	public Map<String, Map<String, List<String>>> sections() {
		Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
		for (Header header : this.headers) {
			sections.computeIfAbsent(header.section(), (name) -> new LinkedHashMap<>());
		}
		for (Assignment assignment : this.assignments) {
			sections.computeIfAbsent(assignment.section(), (name) -> new LinkedHashMap<>())
				.computeIfAbsent(assignment.option(), (name) -> new ArrayList<>())
				.add(assignment.value());
		}
		return sections;
	}

	/** The text of a line as it is in the file, without its end. */
	public String line(int number) {
		return this.lines.get(number - 1).text();
	}

	/** The file's bytes, as they were parsed. */
	byte[] bytes() {
		StringBuilder text = new StringBuilder();
		this.lines.forEach((line) -> text.append(line.whole()));
		return PythonText.encode(text.toString());
	}

	List<PythonText.Line> lines() {
		return this.lines;
	}

	List<Header> headers() {
		return this.headers;
	}

	/** A value as nova prints it in a message, with quotes and escapes. */
	public static String literal(String value) {
		return PythonText.repr(value);
	}

	/** A value without what Python takes for blanks, the no-break space among it. */
	public static String stripped(String value) {
		return PythonText.strip(value);
	}

	/** The name under which oslo.config looks a section up. */
	static String normalized(String section) {
		return section.equals("DEFAULT") ? section : section.toLowerCase(Locale.ROOT);
	}

	/**
	 * An option set in a file.
	 *
	 * @param source the file as people call it
	 * @param section the section as the file spells it
	 * @param option the option's name
	 * @param value what nova gets, continuation lines joined by a newline
	 * @param line its line, from 1
	 * @param lastLine its last continuation line, or the same line
	 */
	public record Assignment(String source, String section, String option, String value, int line, int lastLine) {
	}

	/**
	 * Why oslo.config cannot read a file, in its own words.
	 *
	 * @param source the file as people call it
	 * @param line the line that it names, from 1; for an option above any section that is
	 * the line at which it notices
	 * @param message the fault
	 * @param text the line as it prints it, {@code null} where it has none at hand
	 */
	public record Fault(String source, int line, String message, @Nullable String text) {

		/** The whole sentence that is in nova's log. */
		public String sentence() {
			return "Failed to parse " + this.source + ": at " + this.source + ":" + this.line + ", " + this.message
					+ ": " + ((this.text == null) ? "None" : literal(this.text));
		}

	}

	/**
	 * A section's header.
	 *
	 * @param section the name between the brackets
	 * @param line its line, from 1
	 */
	record Header(String section, int line) {
	}

}
