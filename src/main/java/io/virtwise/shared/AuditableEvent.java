package io.virtwise.shared;

import org.jspecify.annotations.Nullable;

/**
 * Something happened that an auditor wants to know. Published inside the transaction of
 * what it tells, and written down in that same transaction; who did it and from where is
 * added by whoever writes it down.
 *
 * @param action what was done, as {@code subject.verb}, for example
 * {@code change.approved}
 * @param subjectType the kind of object it was done to, for example {@code change}
 * @param subjectId that object's id
 * @param subjectName that object's name as people know it
 * @param before the object's state before, as people read it, {@code null} where there
 * was none
 * @param after the state after, {@code null} where there is none
 */
public record AuditableEvent(String action, String subjectType, String subjectId, String subjectName,
		@Nullable String before, @Nullable String after) {
}
