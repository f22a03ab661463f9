package io.virtwise.recommendation;

/**
 * A registered node was assessed and the assessment stored. Published inside that
 * transaction.
 *
 * @param assessment what was stored
 */
public record NodeAssessed(NodeAssessment assessment) {
}
