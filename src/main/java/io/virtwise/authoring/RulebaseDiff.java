package io.virtwise.authoring;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The difference between two rulebases, file by file and rule by rule.
 *
 * @param files files that differ, by path
 * @param rules rules that differ, by id
 */
public record RulebaseDiff(List<FileDiff> files, List<RuleDiff> rules) {

	public RulebaseDiff {
		files = List.copyOf(files);
		rules = List.copyOf(rules);
	}

	/**
	 * What happened to a file or to a rule.
	 */
	public enum Kind {

		/** It is new. */
		ADDED,
		/** It reads otherwise. */
		CHANGED,
		/** It is gone. */
		REMOVED;

		/** The name in the HTTP contract. */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** What happened to something that read like this before and after. */
		public static Kind of(@Nullable Object before, @Nullable Object after) {
			return (before == null) ? ADDED : (after == null) ? REMOVED : CHANGED;
		}

	}

	/**
	 * A file that differs.
	 *
	 * @param path the file
	 * @param kind what happened to it
	 * @param diff unified, with three lines of context
	 */
	public record FileDiff(String path, Kind kind, String diff) {
	}

	/**
	 * A rule that differs.
	 *
	 * @param id its id
	 * @param kind what happened to it
	 * @param file the file that it stands in, or stood in where it is gone
	 * @param before its text before, {@code null} where it is new
	 * @param after its text now, {@code null} where it is gone
	 * @param diff unified, of the rule's own lines
	 */
	public record RuleDiff(String id, Kind kind, String file, @Nullable String before, @Nullable String after,
			String diff) {
	}

}
