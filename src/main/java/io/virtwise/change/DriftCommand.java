package io.virtwise.change;

import org.jspecify.annotations.Nullable;

/**
 * An answer to a drift that a person wants planned.
 *
 * @param kind which way out
 * @param approved how the file was approved: its place, its settings and their reasons
 * @param content the approved bytes
 * @param actual the bytes that were read from the node just now, {@code null} where the
 * file is not there
 * @param reason why, for whoever approves it
 */
@SuppressWarnings("ArrayRecordComponent") // exact bytes; nobody compares these records
public record DriftCommand(DriftAnswer.Kind kind, PlannedNode approved, byte[] content, byte @Nullable [] actual,
		String reason) {
}
