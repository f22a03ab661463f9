package io.virtwise.rules.language;

/**
 * Something that a rule derived from facts, itself a fact for other rules.
 *
 * @param topic what it is about
 * @param answer what was found
 */
public record Conclusion(Topic topic, Answer answer) {
}
