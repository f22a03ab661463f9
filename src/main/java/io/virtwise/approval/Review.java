package io.virtwise.approval;

import java.time.Instant;

/**
 * What somebody else said afterwards about an emergency.
 *
 * @param reviewedBy id of the person
 * @param comment in that person's words
 * @param reviewedAt when
 */
public record Review(String reviewedBy, String comment, Instant reviewedAt) {
}
