package io.virtwise.recommendation.web;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One fact as people read it.
 *
 * @param name what it is about
 * @param value the answer, {@code null} where nobody knows
 * @param seenIn where it was seen, {@code null} where it was not
 * @param seenAt when that text was read or handed in, {@code null} where that is not kept
 * @param howTo how to get it where nobody knows
 * @param command whether that is a command to run
 */
record FactRow(String name, @Nullable String value, @Nullable String seenIn, @Nullable Instant seenAt, String howTo,
		boolean command) {
}
