package io.virtwise.recommendation.web;

import java.time.Instant;
import java.util.Optional;

import io.virtwise.facts.EvidenceKind;
import io.virtwise.recommendation.internal.HeldEvidence;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the text was seen that a fact rests on.
 */
interface EvidenceAges {

	/** Nothing is kept, so nothing has an age. */
	EvidenceAges NONE = (kind, source) -> null;

	/**
	 * When the text was seen.
	 * @param kind the kind of text that usually tells the fact, {@code null} for none
	 * @param source the text that did tell it, {@code null} if that is not known
	 * @return {@code null} where no age is kept
	 */
	@Nullable Instant of(@Nullable EvidenceKind kind, @Nullable String source);

	/**
	 * The ages of what is held: by the text itself, else by its kind, else as the
	 * collector's output or a sosreport held it.
	 */
	static EvidenceAges of(HeldEvidence evidence) {
		return (kind, source) -> evidence.items()
			.stream()
			.filter((item) -> item.source().equals(source))
			.reduce((first, second) -> second)
			.or(() -> (kind != null) ? evidence.newest(kind) : Optional.empty())
			.or(() -> (kind != null) ? together(evidence) : Optional.empty())
			.map(HeldEvidence.Item::seenAt)
			.orElse(null);
	}

	private static Optional<HeldEvidence.Item> together(HeldEvidence evidence) {
		return evidence.items()
			.stream()
			.filter((item) -> item.kind() == EvidenceKind.COLLECTOR || item.kind() == EvidenceKind.SOSREPORT)
			.reduce((first, second) -> second);
	}

}
