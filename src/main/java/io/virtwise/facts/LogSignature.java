package io.virtwise.facts;

import org.jspecify.annotations.Nullable;

/**
 * A documented line that stands in a log, however often.
 *
 * @param signature which
 * @param log the log as people call it
 * @param count how often it stands there
 * @param first its first time, as the log tells it; {@code null} where it tells none
 * @param last its last time
 * @param lineNumber where it stands first, from 1
 * @param line the first such line, shortened, without secrets
 */
public record LogSignature(Signature signature, String log, int count, @Nullable String first, @Nullable String last,
		int lineNumber, String line) {
}
