package io.virtwise.overview.web;

import java.time.Instant;

/**
 * Something that waits for this person.
 *
 * @param icon the icon's class
 * @param title what it is
 * @param note why it waits, and for whom
 * @param since since when
 * @param path where it is dealt with
 * @param action the word on its button
 */
record Waiting(String icon, String title, String note, Instant since, String path, String action) {
}
