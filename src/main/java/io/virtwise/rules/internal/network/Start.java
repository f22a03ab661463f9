package io.virtwise.rules.internal.network;

/**
 * The fact that sets off the joins of one rule, when everything else that it asks for is
 * so.
 *
 * @param number which rule
 * @param situation what is known
 */
public record Start(int number, Situation situation) {
}
