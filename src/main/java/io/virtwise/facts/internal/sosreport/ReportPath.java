package io.virtwise.facts.internal.sosreport;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Paths inside an archive: relative, with a slash between their steps, and never out of
 * it.
 */
final class ReportPath {

	private static final int LONGEST = 4096;

	private static final int MOST_STEPS = 100;

	private ReportPath() {
	}

	/**
	 * The path without what means nothing in it.
	 * @return {@code null} where it is absolute, leads upwards, or is none
	 */
	static @Nullable String normal(String name) {
		if (name.length() > LONGEST || name.startsWith("/")) {
			return null;
		}
		List<String> steps = new ArrayList<>();
		for (String step : name.split("/", -1)) {
			if (step.equals("..") || steps.size() > MOST_STEPS || step.chars().anyMatch(Character::isISOControl)) {
				return null;
			}
			if (!step.isEmpty() && !step.equals(".")) {
				steps.add(step);
			}
		}
		return steps.isEmpty() ? null : String.join("/", steps);
	}

	/** The first step. */
	static String first(String path) {
		int slash = path.indexOf('/');
		return (slash < 0) ? path : path.substring(0, slash);
	}

	/** Everything behind the first step, empty where there is one step only. */
	static String rest(String path) {
		int slash = path.indexOf('/');
		return (slash < 0) ? "" : path.substring(slash + 1);
	}

	/** The folder that it is in, empty for the archive itself. */
	static String folder(String path) {
		int slash = path.lastIndexOf('/');
		return (slash < 0) ? "" : path.substring(0, slash);
	}

	/** The last step. */
	static String name(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	/** A path in a folder. */
	static String in(String folder, String path) {
		return folder.isEmpty() ? path : folder + "/" + path;
	}

}
