package io.virtwise.facts;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the node's logs tell.
 *
 * @param kernelLog whether a kernel log was handed in
 * @param novaComputeLog whether a log of nova-compute was handed in
 * @param signatures the documented lines, in the order of their first place
 * @param unexplained errors that nothing documented explains
 */
public record LogFacts(boolean kernelLog, boolean novaComputeLog, List<LogSignature> signatures,
		List<UnexplainedError> unexplained) {

	/** Nobody handed in a log. */
	public static final LogFacts UNKNOWN = new LogFacts(false, false, List.of(), List.of());

	public LogFacts {
		signatures = List.copyOf(signatures);
		unexplained = List.copyOf(unexplained);
	}

	/**
	 * An error in a log of which nobody here knows the meaning.
	 *
	 * @param log the log as people call it
	 * @param count how often its like stands there
	 * @param first its first time, {@code null} where the log tells none
	 * @param last its last time
	 * @param lineNumber where it stands first, from 1
	 * @param line the first such line, shortened, without secrets
	 */
	public record UnexplainedError(String log, int count, @Nullable String first, @Nullable String last, int lineNumber,
			String line) {
	}

}
