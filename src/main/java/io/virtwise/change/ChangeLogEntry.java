package io.virtwise.change;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a change.
 *
 * @param at when
 * @param personId who did it, {@code null} for the portal itself
 * @param verb what
 * @param status where the change stood afterwards
 * @param note what was said
 */
public record ChangeLogEntry(Instant at, @Nullable String personId, String verb, ChangeStatus status,
		@Nullable String note) {
}
