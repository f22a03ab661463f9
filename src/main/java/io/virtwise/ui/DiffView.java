package io.virtwise.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A unified diff as rows of a table, for {@code ui/diff :: diff}.
 *
 * @param rows in the diff's order
 * @param added how many lines are added
 * @param removed how many lines are removed
 */
public record DiffView(List<Row> rows, long added, long removed) {

	private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@ ?(.*)");

	public DiffView {
		rows = List.copyOf(rows);
	}

	/**
	 * Reads a unified diff of one file. Lines outside hunks, such as the names of the two
	 * files, are left out; what is unchanged between hunks becomes one row that says how
	 * many lines it stands for.
	 */
	public static DiffView of(String unifiedDiff) {
		List<Row> rows = new ArrayList<>();
		int before = 1;
		int after = 1;
		int beforeLeft = 0;
		int afterLeft = 0;
		for (String line : unifiedDiff.lines().toList()) {
			if (beforeLeft <= 0 && afterLeft <= 0) {
				Matcher hunk = HUNK.matcher(line);
				if (hunk.matches()) {
					int start = start(hunk.group(1), hunk.group(2));
					fold(rows, start - before, hunk.group(5));
					before = start;
					after = start(hunk.group(3), hunk.group(4));
					beforeLeft = count(hunk.group(2));
					afterLeft = count(hunk.group(4));
				}
				else if (line.startsWith("\\") && !rows.isEmpty()) {
					rows.add(new Row(Kind.FOLD, null, null, "No newline at the end of the file"));
				}
				continue;
			}
			char sign = line.isEmpty() ? ' ' : line.charAt(0);
			String text = line.isEmpty() ? "" : line.substring(1);
			switch (sign) {
				case '+' -> {
					rows.add(new Row(Kind.ADDED, null, after++, text));
					afterLeft--;
				}
				case '-' -> {
					rows.add(new Row(Kind.REMOVED, before++, null, text));
					beforeLeft--;
				}
				case '\\' -> rows.add(new Row(Kind.FOLD, null, null, "No newline at the end of the file"));
				default -> {
					rows.add(new Row(Kind.CONTEXT, before++, after++, text));
					beforeLeft--;
					afterLeft--;
				}
			}
		}
		return new DiffView(rows, count(rows, Kind.ADDED), count(rows, Kind.REMOVED));
	}

	private static void fold(List<Row> rows, int lines, String heading) {
		if (lines > 0) {
			String text = "… " + lines + ((lines == 1) ? " unchanged line" : " unchanged lines");
			rows.add(new Row(Kind.FOLD, null, null, heading.isBlank() ? text : text + ": " + heading));
		}
	}

	/** A hunk of no lines names the line before it. */
	private static int start(String number, @Nullable String length) {
		return Integer.parseInt(number) + ((count(length) == 0) ? 1 : 0);
	}

	private static int count(@Nullable String length) {
		return (length != null) ? Integer.parseInt(length) : 1;
	}

	private static long count(List<Row> rows, Kind kind) {
		return rows.stream().filter((row) -> row.kind() == kind).count();
	}

	/**
	 * One line of the table.
	 *
	 * @param kind what the line is
	 * @param before its number in the old text, {@code null} where it is not there
	 * @param after its number in the new text, {@code null} where it is not there
	 * @param text the line without its sign
	 */
	public record Row(Kind kind, @Nullable Integer before, @Nullable Integer after, String text) {
	}

	/**
	 * What a row is, with the class that the style sheet knows it by.
	 */
	public enum Kind {

		/** In the new text only. */
		ADDED("add"),
		/** In the old text only. */
		REMOVED("del"),
		/** In both. */
		CONTEXT("ctx"),
		/** Stands for lines that are not shown. */
		FOLD("fold");

		private final String css;

		Kind(String css) {
			this.css = css;
		}

		public String css() {
			return this.css;
		}

		/** The same for templates, which read properties. */
		public String getCss() {
			return this.css;
		}

	}

}
