package io.virtwise.facts.internal;

import java.util.List;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;

/**
 * Short ways to write down evidence in tests.
 */
final class Items {

	private Items() {
	}

	static Evidence.Item of(EvidenceKind kind, String text) {
		return new Evidence.Item(kind, text);
	}

	/** Where a fact was seen. */
	static List<EvidenceLine> seen(Reading<?> reading, String fact) {
		return reading.seen().getOrDefault(fact, List.of());
	}

}
