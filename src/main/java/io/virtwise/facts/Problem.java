package io.virtwise.facts;

import org.jspecify.annotations.Nullable;

/**
 * Something in a text that was not understood.
 *
 * @param part the part's name in the HTTP contract
 * @param line the line's number from 1, {@code null} where the whole part is meant
 * @param message what is wrong and what to do
 */
public record Problem(String part, @Nullable Integer line, String message) {
}
