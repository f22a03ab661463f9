package io.virtwise.rules.internal.network;

/**
 * The fact that sets off the rules of one level, when all that they ask for is concluded.
 *
 * @param level which rules
 * @param situation what is known
 */
public record Step(int level, Situation situation) {
}
