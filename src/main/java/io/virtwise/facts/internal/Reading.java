package io.virtwise.facts.internal;

import java.util.List;
import java.util.Map;

import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Problem;

/**
 * What a parser made of a text.
 *
 * @param fact what was understood
 * @param seen where, by the name of the fact's record and component
 * @param problems what was not understood
 */
record Reading<T>(T fact, Map<String, List<EvidenceLine>> seen, List<Problem> problems) {
}
