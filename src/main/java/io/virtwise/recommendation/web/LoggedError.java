package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.LogFacts;
import io.virtwise.facts.LogSignature;
import org.jspecify.annotations.Nullable;

/**
 * An error in a log as the page shows it.
 *
 * @param name what it is called where its meaning is documented, otherwise {@code null}
 * @param line the first such line
 * @param place where that stands
 * @param times how often, and when
 * @param finding what explains it, {@code null} where nothing does
 */
record LoggedError(@Nullable String name, String line, String place, String times, @Nullable FindingView finding) {

	/**
	 * The errors: those that are documented first, each with the worst finding that rests
	 * on its line.
	 * @param findings worst first
	 */
	static List<LoggedError> of(LogFacts logs, List<FindingView> findings) {
		List<LoggedError> errors = new ArrayList<>();
		for (LogSignature one : logs.signatures()) {
			String place = place(one.log(), one.lineNumber());
			errors.add(new LoggedError(one.signature().key(), one.line(), place,
					times(one.count(), one.first(), one.last()), explaining(place, findings)));
		}
		for (LogFacts.UnexplainedError one : logs.unexplained()) {
			errors.add(new LoggedError(null, one.line(), place(one.log(), one.lineNumber()),
					times(one.count(), one.first(), one.last()), null));
		}
		return List.copyOf(errors);
	}

	private static String place(String log, int line) {
		return log + " line " + line;
	}

	private static @Nullable FindingView explaining(String place, List<FindingView> findings) {
		return findings.stream()
			.filter((finding) -> finding.evidence().stream().anyMatch((line) -> line.startsWith(place + ": ")))
			.findFirst()
			.orElse(null);
	}

	private static String times(int count, @Nullable String first, @Nullable String last) {
		if (count == 1) {
			return (first != null) ? "once, at " + first : "once";
		}
		String times = count + " times";
		if (first == null || last == null) {
			return times;
		}
		return first.equals(last) ? times + ", all at " + first : times + ", first at " + first + ", last at " + last;
	}

}
