package io.virtwise.authoring;

/**
 * A file of a rulebase, without its text.
 *
 * @param path its name, for example {@code cpu-mode.drl}
 * @param sha256 the hash of its text
 * @param size how many bytes its text has in UTF-8
 */
public record RulebaseFile(String path, String sha256, int size) {
}
