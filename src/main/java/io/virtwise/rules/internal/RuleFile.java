package io.virtwise.rules.internal;

/**
 * A file of rules as its author wrote it.
 *
 * @param name the file's name, for example {@code cpu-mode.drl}
 * @param text its text
 */
record RuleFile(String name, String text) {
}
