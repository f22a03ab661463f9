package io.virtwise.nova;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.virtwise.nova.NovaConf.Assignment;
import io.virtwise.nova.NovaConf.Header;
import io.virtwise.nova.PythonText.Line;

/**
 * One change to the lines of a nova.conf that oslo.config can read.
 * <p>
 * Of an option given several times only the last assignment is rewritten: it is the one
 * in force, and lines that have no effect are not ours to tidy. An option that is in
 * force already changes nothing. Taking an option out takes out all its assignments,
 * since an earlier one would come into force otherwise.
 */
final class NovaConfEdit {

	private final NovaConf conf;

	private final List<Line> lines;

	NovaConfEdit(NovaConf conf) {
		this.conf = conf;
		this.lines = new ArrayList<>(conf.lines());
	}

	/** The file's text with this setting in force. */
	String apply(Setting setting) {
		List<Assignment> assignments = this.conf.values(setting.section(), setting.option());
		String value = setting.value();
		if (value == null) {
			remove(assignments);
		}
		else if (assignments.isEmpty()) {
			insert(setting.section(), setting.option(), value);
		}
		else {
			Assignment inForce = assignments.get(assignments.size() - 1);
			if (!inForce.value().equals(value)) {
				replace(inForce, value);
			}
		}
		return this.lines.stream().map(Line::whole).collect(Collectors.joining());
	}

	private void remove(List<Assignment> assignments) {
		for (int i = assignments.size() - 1; i >= 0; i--) {
			Assignment gone = assignments.get(i);
			this.lines.subList(gone.line() - 1, gone.lastLine()).clear();
		}
	}

	/**
	 * Keeps the line up to its value, and its end; continuation lines are part of the old
	 * value.
	 */
	private void replace(Assignment old, String value) {
		String text = this.lines.get(old.line() - 1).text();
		int from = NovaConfReader.separator(text) + 1;
		String rest = text.substring(from);
		String written = PythonText.lstrip(rest);
		String blank = rest.substring(0, rest.length() - written.length());
		if (written.isEmpty()) {
			boolean spaced = !blank.isEmpty() || (from > 1 && PythonText.isSpace(text.charAt(from - 2)));
			blank = spaced ? " " : "";
		}
		String line = text.substring(0, from) + (value.isEmpty() ? "" : blank + value);
		String end = this.lines.get(old.lastLine() - 1).end();
		this.lines.subList(old.line() - 1, old.lastLine()).clear();
		this.lines.add(old.line() - 1, new Line(line, end));
	}

	/**
	 * Below the last assignment of the section's last block; below its header where it
	 * has none.
	 */
	private void insert(String section, String option, String value) {
		Optional<Header> header = lastHeader(section);
		if (header.isEmpty()) {
			appendSection(section);
			this.lines.add(new Line(option + sign(null) + value, lineEnd(this.lines.size())));
			return;
		}
		int first = header.get().line();
		int next = this.conf.headers()
			.stream()
			.mapToInt(Header::line)
			.filter((line) -> line > first)
			.findFirst()
			.orElse(Integer.MAX_VALUE);
		Assignment above = null;
		for (Assignment assignment : this.conf.assignments()) {
			if (assignment.line() > first && assignment.line() < next) {
				above = assignment;
			}
		}
		int at = (above != null) ? above.lastLine() : first;
		endLine(at);
		this.lines.add(at, new Line(option + sign(above) + value, lineEnd(at)));
	}

	private Optional<Header> lastHeader(String section) {
		String group = NovaConf.normalized(section);
		return this.conf.headers()
			.stream()
			.filter((header) -> NovaConf.normalized(header.section()).equals(group))
			.reduce((earlier, later) -> later);
	}

	private void appendSection(String section) {
		int size = this.lines.size();
		if (size > 0) {
			endLine(size);
			if (!PythonText.strip(this.lines.get(size - 1).text()).isEmpty()) {
				this.lines.add(new Line("", lineEnd(size)));
			}
		}
		this.lines.add(new Line("[" + section + "]", lineEnd(this.lines.size())));
	}

	/** Ends a last line that had no end, so that another can follow. */
	private void endLine(int number) {
		Line line = this.lines.get(number - 1);
		if (line.end().isEmpty()) {
			this.lines.set(number - 1, new Line(line.text(), lineEnd(number)));
		}
	}

	/**
	 * How lines end around there: as the nearest line above, else as the file's first.
	 */
	private String lineEnd(int number) {
		for (int i = number - 1; i >= 0; i--) {
			if (!this.lines.get(i).end().isEmpty()) {
				return this.lines.get(i).end();
			}
		}
		return "\n";
	}

	/**
	 * The sign with or without blanks, as the assignment above has it, else the file's
	 * last one with that sign.
	 */
	private String sign(@Nullable Assignment above) {
		List<Assignment> all = this.conf.assignments();
		Assignment model = above;
		for (int i = all.size() - 1; i >= 0 && (model == null || !hasEqualsSign(model)); i--) {
			model = all.get(i);
		}
		if (model == null || !hasEqualsSign(model)) {
			return " = ";
		}
		String text = this.conf.line(model.line());
		int at = text.indexOf('=');
		String before = (at > 0 && text.charAt(at - 1) == ' ') ? " " : "";
		String rest = text.substring(at + 1);
		boolean spaced = PythonText.strip(rest).isEmpty() ? !before.isEmpty() : rest.startsWith(" ");
		return before + "=" + (spaced ? " " : "");
	}

	private boolean hasEqualsSign(Assignment assignment) {
		String text = this.conf.line(assignment.line());
		return text.charAt(NovaConfReader.separator(text)) == '=';
	}

}
