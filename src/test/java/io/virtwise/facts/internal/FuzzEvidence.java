package io.virtwise.facts.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactsView;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFacts;

/**
 * A target of the fuzzer: evidence of any kinds, cut at bytes that no text has.
 */
public final class FuzzEvidence {

	private static final EvidenceKind[] KINDS = EvidenceKind.values();

	private static final EvidenceReader READER = new EvidenceReader();

	/** More than this of a node's facts would be more than anybody reads. */
	private static final int MOST = 4 * 1024 * 1024;

	private FuzzEvidence() {
	}

	/** Reads the bytes as evidence; whatever is thrown is a fault. */
	public static void fuzzerTestOneInput(byte[] data) {
		List<Evidence.Item> items = new ArrayList<>();
		int from = 0;
		while (from < data.length && items.size() < 8) {
			EvidenceKind kind = KINDS[(data[from] & 0xFF) % KINDS.length];
			int to = from + 1;
			while (to < data.length && data[to] != (byte) 0xFF) {
				to++;
			}
			items.add(new Evidence.Item(kind, new String(data, from + 1, to - from - 1, StandardCharsets.UTF_8)));
			from = to + 1;
		}
		NodeFacts facts = READER.read(new Evidence(items, null, Intent.UNKNOWN));
		if (FactsView.of(facts, facts.platform().firmware()).toString().length() > MOST) {
			throw new IllegalStateException("the facts are larger than what was handed in");
		}
		if (!READER.read(new Evidence(items, null, Intent.UNKNOWN)).equals(facts)) {
			throw new IllegalStateException("the same evidence gave other facts");
		}
	}

}
