package io.virtwise.rules.internal.network;

/**
 * What rules are held against: all that is known, and for rules about one fact of which
 * there may be several, that fact.
 *
 * @param situation what is known
 * @param joined the one fact, or none
 */
record Step(Situation situation, Object[] joined) {
}
