package io.virtwise.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log, as it is kept.
 *
 * @param seq its place in the chain, from 1 without gaps
 * @param id opaque
 * @param at when it happened, to the microsecond
 * @param personId who did it, {@code null} where nobody was signed in
 * @param username that person's name then; "anonymous" before sign-in, "portal" for what
 * the portal does by itself
 * @param remoteAddress where the request came from, {@code null} without a request
 * @param via through what they acted, where it was a token: "token" and its first
 * characters
 * @param action what was done, as {@code subject.verb}
 * @param subjectType the kind of object it was done to
 * @param subjectId that object's id
 * @param subjectName that object's name then
 * @param before the object's state before, {@code null} where there was none
 * @param after the state after, {@code null} where there is none
 * @param previousHash the hash of the entry before
 * @param hash the SHA-256 over all of the above
 */
public record AuditEntry(long seq, String id, Instant at, @Nullable String personId, String username,
		@Nullable String remoteAddress, @Nullable String via, String action, String subjectType, String subjectId,
		String subjectName, @Nullable String before, @Nullable String after, String previousHash, String hash) {
}
