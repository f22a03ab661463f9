package io.virtwise.nova;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.virtwise.nova.NovaConf.Assignment;
import io.virtwise.nova.NovaConf.Fault;
import io.virtwise.nova.NovaConf.Header;

/**
 * Goes once through the lines of a nova.conf by oslo.config's rules. An assignment stays
 * open, because indented lines continue it, until any other line closes it; that is also
 * the moment at which a missing section is noticed.
 */
final class NovaConfReader {

	private final String source;

	private final List<Header> headers = new ArrayList<>();

	private final List<Assignment> assignments = new ArrayList<>();

	private @Nullable String section;

	private @Nullable OpenAssignment open;

	private @Nullable Fault fault;

	NovaConfReader(String source) {
		this.source = source;
	}

	List<Header> headers() {
		return this.headers;
	}

	List<Assignment> assignments() {
		return this.assignments;
	}

	@Nullable Fault fault() {
		return this.fault;
	}

	void read(List<PythonText.Line> lines) {
		int number = 0;
		for (PythonText.Line line : lines) {
			number++;
			this.fault = readLine(PythonText.rstrip(line.text()), number);
			if (this.fault != null) {
				return;
			}
		}
		this.fault = close(number);
	}

	private @Nullable Fault readLine(String line, int number) {
		if (line.startsWith(" ") || line.startsWith("\t")) {
			if (this.open == null) {
				return fault(number, "Unexpected continuation line", line);
			}
			this.open.continueWith(PythonText.lstrip(line), number);
			return null;
		}
		Fault atClosing = close(number);
		if (atClosing != null || line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
			return atClosing;
		}
		return line.startsWith("[") ? header(line, number) : assignment(line, number);
	}

	private @Nullable Fault header(String line, int number) {
		if (!line.endsWith("]")) {
			return fault(number, "Invalid section (must end with ])", line);
		}
		if (line.length() <= 2) {
			return fault(number, "Empty section name", line);
		}
		this.section = line.substring(1, line.length() - 1);
		this.headers.add(new Header(this.section, number));
		return null;
	}

	private @Nullable Fault assignment(String line, int number) {
		int separator = separator(line);
		if (separator < 0) {
			return fault(number, "No ':' or '=' found in assignment", line);
		}
		String option = PythonText.strip(line.substring(0, separator));
		if (option.isEmpty()) {
			return fault(number, "Key cannot be empty", line);
		}
		this.open = new OpenAssignment(option, unquoted(PythonText.strip(line.substring(separator + 1))), number);
		return null;
	}

	/** Where the name ends: at the first of the two signs, -1 if there is none. */
	static int separator(String line) {
		for (int i = 0; i < line.length(); i++) {
			if (line.charAt(i) == '=' || line.charAt(i) == ':') {
				return i;
			}
		}
		return -1;
	}

	/** Without one pair of quotes; a quote alone is a pair of itself. */
	static String unquoted(String value) {
		if (value.isEmpty()) {
			return value;
		}
		char first = value.charAt(0);
		boolean quoted = (first == '"' || first == '\'') && value.charAt(value.length() - 1) == first;
		return quoted ? value.substring(1, Math.max(1, value.length() - 1)) : value;
	}

	private @Nullable Fault close(int number) {
		OpenAssignment closing = this.open;
		if (closing == null) {
			return null;
		}
		if (this.section == null) {
			return fault(number, "Section must be started before assignment", null);
		}
		this.assignments.add(closing.in(this.source, this.section));
		this.open = null;
		return null;
	}

	private Fault fault(int number, String message, @Nullable String text) {
		return new Fault(this.source, number, message, text);
	}

	/**
	 * An assignment that further lines may continue.
	 */
	private static final class OpenAssignment {

		private final String option;

		private final StringBuilder value;

		private final int line;

		private int lastLine;

		OpenAssignment(String option, String value, int line) {
			this.option = option;
			this.value = new StringBuilder(value);
			this.line = line;
			this.lastLine = line;
		}

		void continueWith(String more, int number) {
			this.value.append('\n').append(more);
			this.lastLine = number;
		}

		Assignment in(String source, String section) {
			return new Assignment(source, section, this.option, this.value.toString(), this.line, this.lastLine);
		}

	}

}
