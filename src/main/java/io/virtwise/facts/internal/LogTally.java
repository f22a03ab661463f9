package io.virtwise.facts.internal;

import io.virtwise.facts.LogFacts;
import io.virtwise.facts.LogSignature;
import io.virtwise.facts.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often something stands in the logs, with its first and last time.
 */
final class LogTally {

	private final String log;

	private final int lineNumber;

	private final String line;

	private int count;

	private @Nullable String first;

	private @Nullable String last;

	/**
	 * @param log the log in which it stands first
	 * @param lineNumber and where there
	 * @param line as it is shown
	 */
	LogTally(String log, int lineNumber, String line) {
		this.log = log;
		this.lineNumber = lineNumber;
		this.line = line;
	}

	void add(@Nullable String time) {
		this.count++;
		if (time == null) {
			return;
		}
		// logs come in any order; only dates can be compared
		if (this.first == null || (isDate(time) && isDate(this.first) && compare(time, this.first) < 0)) {
			this.first = time;
		}
		if (this.last == null || !isDate(time) || !isDate(this.last) || compare(time, this.last) > 0) {
			this.last = time;
		}
	}

	/** Without the zone's letter, which sorts behind the point of a fraction. */
	private static int compare(String one, String other) {
		return one.replace("Z", "").compareTo(other.replace("Z", ""));
	}

	private static boolean isDate(String time) {
		return time.length() >= 19 && time.charAt(4) == '-' && time.charAt(10) == 'T';
	}

	LogSignature of(Signature signature) {
		return new LogSignature(signature, this.log, this.count, this.first, this.last, this.lineNumber, this.line);
	}

	LogFacts.UnexplainedError asError() {
		return new LogFacts.UnexplainedError(this.log, this.count, this.first, this.last, this.lineNumber, this.line);
	}

}
