package io.virtwise.rules;

import java.util.Comparator;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Something in a file of a rulebase that its author should know.
 *
 * @param file the file
 * @param line the line from 1; 0 where the whole file is meant
 * @param column the column from 1; 0 where the whole line is meant
 * @param message what is wrong
 * @param severity whether it keeps the rulebase from being used
 * @param suggestion what to write instead, {@code null} where nobody knows
 */
public record RuleProblem(String file, int line, int column, String message, Severity severity,
		@Nullable String suggestion) implements Comparable<RuleProblem> {

	private static final Comparator<RuleProblem> IN_READING_ORDER = Comparator.comparing(RuleProblem::file)
		.thenComparingInt(RuleProblem::line)
		.thenComparingInt(RuleProblem::column)
		.thenComparing(RuleProblem::message);

	/** A mistake. */
	public static RuleProblem error(String file, int line, int column, String message) {
		return new RuleProblem(file, line, column, message, Severity.ERROR, null);
	}

	/** Something that is allowed and looks wrong. */
	public static RuleProblem warning(String file, int line, int column, String message) {
		return new RuleProblem(file, line, column, message, Severity.WARNING, null);
	}

	/** The same with what to write instead. */
	public RuleProblem suggesting(@Nullable String instead) {
		return new RuleProblem(this.file, this.line, this.column, this.message, this.severity, instead);
	}

	@Override
	public int compareTo(RuleProblem other) {
		return IN_READING_ORDER.compare(this, other);
	}

	/** As compilers print it: {@code cpu-mode.drl:12:7: error: …}. */
	@Override
	public String toString() {
		String place = this.file + ":" + this.line + ((this.column > 0) ? ":" + this.column : "");
		return place + ": " + this.severity.key() + ": " + this.message
				+ ((this.suggestion != null) ? " Write " + this.suggestion + " instead." : "");
	}

	/**
	 * How bad a problem is.
	 */
	public enum Severity {

		/** The rulebase cannot be used as it is. */
		ERROR,
		/** It can be used, but probably does not do what its author wants. */
		WARNING;

		/** The name in the HTTP contract. */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
