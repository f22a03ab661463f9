package io.virtwise.rules.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gathers lines of evidence, one for each line of the source. A long line is shortened
 * around what was looked for, so the same line can come in two forms; the one that is cut
 * before its end shows something that was found, and stays.
 */
final class EvidenceLines {

	private static final Pattern NUMBERED = Pattern.compile("(.{1,200}? line \\d+): .*", Pattern.DOTALL);

	private static final Pattern CUT_INSIDE = Pattern.compile(".*… \\S.*", Pattern.DOTALL);

	private final Map<String, String> byPlace = new LinkedHashMap<>();

	void add(List<String> lines) {
		for (String line : lines) {
			Matcher numbered = NUMBERED.matcher(line);
			this.byPlace.merge(numbered.matches() ? numbered.group(1) : line, line,
					(before, now) -> CUT_INSIDE.matcher(before).matches() ? before : now);
		}
	}

	List<String> lines() {
		return List.copyOf(this.byPlace.values());
	}

}
