package io.virtwise.recommendation.internal;

import java.time.Instant;

import io.virtwise.recommendation.FactSource;
import io.virtwise.rules.Verdict;

/**
 * One line of a node's history.
 *
 * @param id of the assessment
 * @param assessedAt when
 * @param source how the newest of its facts came in
 * @param factsSha256 hash over its evidence
 * @param rulebaseRevision which revision of the rulebase said it
 * @param verdict the one word
 * @param sentence the same in one sentence
 */
public record HistoryEntry(String id, Instant assessedAt, FactSource source, String factsSha256, int rulebaseRevision,
		Verdict verdict, String sentence) {
}
