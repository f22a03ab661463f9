package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.virtwise.facts.EvidenceKind;
import org.jspecify.annotations.Nullable;

/**
 * What the collector script printed, cut into its sections, and in the same form what was
 * taken out of a sosreport. Whatever a terminal or a mail put around it is left out, and
 * a line that a narrow terminal broke is put together again: every line of a section
 * begins with a bar.
 *
 * @param recognized whether this is of that form at all
 * @param complete whether its last line is there
 * @param sections in the order printed
 */
record CollectorOutput(boolean recognized, boolean complete, List<Section> sections) {

	/** Nobody ran it. */
	static final CollectorOutput NONE = new CollectorOutput(true, true, List.of());

	private static final String FIRST = "=== virtwise ";

	private static final String LAST = "=== end of virtwise ";

	private static final int MOST_SECTIONS = 2000;

	/** Marks are short: a name, and a command or a path. */
	private static final int LONGEST_MARK = 600;

	private static final Pattern BEGIN = Pattern.compile("=== begin ([a-z_-]{1,40}): (.{1,500}) ===");

	private static final Pattern END = Pattern
		.compile("=== end ([a-z_-]{1,40}): (ok|absent|denied|no-command|failed \\d{1,5}) ===");

	CollectorOutput {
		sections = List.copyOf(sections);
	}

	/**
	 * Cuts a text into its sections.
	 * @param part the name in the HTTP contract of the part that it came as
	 */
	static CollectorOutput parse(String text, String part) {
		boolean recognized = false;
		boolean complete = false;
		List<Section> sections = new ArrayList<>();
		OpenSection open = null;
		for (TextLine line : new TextLines(text)) {
			String mark = (line.text().length() <= LONGEST_MARK) ? line.text().strip() : "";
			recognized |= mark.startsWith(FIRST + part + " ");
			complete |= mark.equals(LAST + part + " ===");
			Matcher begin = BEGIN.matcher(mark);
			Matcher end = END.matcher(mark);
			if (begin.matches() && sections.size() < MOST_SECTIONS) {
				open = new OpenSection(begin.group(1), begin.group(2), line.number());
			}
			else if (open != null && end.matches() && end.group(1).equals(open.name)) {
				sections.add(open.closed(end.group(2), part));
				open = null;
			}
			else if (open != null) {
				open.add(line.text());
			}
		}
		return new CollectorOutput(recognized || !sections.isEmpty(), complete, sections);
	}

	/**
	 * The same, and where a section is not here or could not be read, that of another.
	 */
	CollectorOutput or(CollectorOutput other) {
		Set<String> answered = this.sections.stream()
			.filter((section) -> section.read() || section.absent())
			.map(Section::name)
			.collect(Collectors.toSet());
		Set<String> replaced = other.sections.stream()
			.map(Section::name)
			.filter((name) -> !answered.contains(name))
			.collect(Collectors.toSet());
		List<Section> all = new ArrayList<>();
		this.sections.stream().filter((section) -> !replaced.contains(section.name())).forEach(all::add);
		other.sections.stream().filter((section) -> replaced.contains(section.name())).forEach(all::add);
		return new CollectorOutput(this.recognized && other.recognized, this.complete && other.complete, all);
	}

	/** The sections of this name. */
	List<Section> named(String name) {
		return this.sections.stream().filter((section) -> section.name().equals(name)).toList();
	}

	/** The text of the first section of this name that was read. */
	@Nullable String text(String name) {
		return named(name).stream().filter(Section::read).map(Section::text).findFirst().orElse(null);
	}

	/**
	 * One command or file.
	 *
	 * @param name the section's name
	 * @param source the command or the file
	 * @param state {@code ok}, {@code absent}, {@code denied}, {@code no-command} or
	 * {@code failed N}
	 * @param text what was printed, complaints too
	 * @param line where it begins in the collector's output, {@code null} for a
	 * sosreport, whose parts nobody sees in a row
	 * @param part the part of the HTTP contract that it came as
	 */
	record Section(String name, String source, String state, String text, @Nullable Integer line, String part) {

		boolean read() {
			return this.state.equals("ok");
		}

		boolean absent() {
			return this.state.equals("absent");
		}

	}

	/**
	 * A section whose end was not seen yet.
	 */
	private static final class OpenSection {

		private final String name;

		private final String source;

		private final int line;

		private final StringBuilder text = new StringBuilder();

		OpenSection(String name, String source, int line) {
			this.name = name;
			this.source = source;
			this.line = line;
		}

		void add(String line) {
			if (line.startsWith("| ")) {
				this.text.append(line, 2, line.length()).append('\n');
			}
			else if (line.equals("|")) {
				this.text.append('\n');
			}
			else if (!this.text.isEmpty() && !line.isEmpty()) {
				this.text.insert(this.text.length() - 1, line);
			}
		}

		Section closed(String state, String part) {
			Integer line = part.equals(EvidenceKind.SOSREPORT.part()) ? null : Integer.valueOf(this.line);
			return new Section(this.name, this.source, state, this.text.toString(), line, part);
		}

	}

}
