package io.virtwise.rules.internal;

/**
 * Those who listen while rules fire: first which rule it is, then what it says.
 *
 * @param match knows the rule that is firing
 * @param conclusions takes down conclusions
 * @param advice takes down advice
 */
record Fired(CurrentMatch match, ConclusionCollector conclusions, AdviceCollector advice) {
}
