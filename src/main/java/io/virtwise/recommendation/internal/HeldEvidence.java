package io.virtwise.recommendation.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.recommendation.FactSource;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * All evidence that is held about a node, each text with its age. Some of it can only be
 * read over libvirt and some only on the node itself, so it comes in at different times.
 *
 * @param items the texts, those of one kind in their reading order
 * @param release the release as somebody handed it in, {@code null} if nobody did
 * @param intent what the node is for
 */
public record HeldEvidence(List<Item> items, @Nullable String release, Intent intent) {

	/** Nothing is held yet. */
	public static final HeldEvidence NONE = new HeldEvidence(List.of(), null, Intent.UNKNOWN);

	public HeldEvidence {
		items = List.copyOf(items);
	}

	/**
	 * The same after more came in: the newer texts of a kind take the place of all older
	 * ones of that kind, and an answer that was given, or left open on purpose, takes the
	 * place of the older one.
	 * @param covered kinds that the newer texts also tell about, as the collector's
	 * output and a sosreport do about most
	 */
	public HeldEvidence with(Evidence newer, Set<EvidenceKind> covered, Instant seenAt, FactSource source) {
		Set<EvidenceKind> replaced = newer.items()
			.stream()
			.map(Evidence.Item::kind)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(EvidenceKind.class)));
		replaced.addAll(covered);
		List<Item> merged = new ArrayList<>();
		this.items.stream().filter((item) -> !replaced.contains(item.kind())).forEach(merged::add);
		newer.items().forEach((item) -> merged.add(new Item(item.kind(), item.source(), item.text(), seenAt, source)));
		return new HeldEvidence(merged, (newer.release() != null) ? newer.release() : this.release,
				merge(newer.intent(), this.intent.without(newer.leftOpen())));
	}

	/**
	 * The evidence as the fact reader takes it.
	 * @param registered the release that the register knows, which goes before one handed
	 * in with evidence; {@code null} if it knows none
	 */
	public Evidence toEvidence(@Nullable String registered) {
		List<Evidence.Item> texts = this.items.stream()
			.map((item) -> new Evidence.Item(item.kind(), item.source(), item.text()))
			.toList();
		return new Evidence(texts, (registered != null) ? registered : this.release, this.intent);
	}

	/** The newest text of this kind, if there is one. */
	public Optional<Item> newest(EvidenceKind kind) {
		return this.items.stream().filter((item) -> item.kind() == kind).reduce((first, second) -> second);
	}

	/**
	 * The hash over everything that an assessment rests on, which does not depend on when
	 * it was seen.
	 */
	public ContentHash hash(@Nullable String registered) {
		Evidence evidence = toEvidence(registered);
		StringBuilder content = new StringBuilder();
		evidence.items().forEach((item) -> append(content, item.kind().part(), item.source(), item.text()));
		append(content, "release", "", String.valueOf(evidence.release()));
		append(content, "intent", "", evidence.intent().toString());
		return ContentHash.of(content.toString());
	}

	/** Lengths go before texts, so that no text can pass for another's end. */
	private static void append(StringBuilder content, String... parts) {
		for (String part : parts) {
			content.append(part.length()).append(':').append(part);
		}
	}

	private static Intent merge(Intent newer, Intent older) {
		return new Intent(
				(newer.environment() != Intent.Environment.UNKNOWN) ? newer.environment() : older.environment(),
				merge(newer.liveMigration(), older.liveMigration()), merge(newer.nested(), older.nested()),
				merge(newer.acceptEmulation(), older.acceptEmulation()),
				newer.imageFormats().isEmpty() ? older.imageFormats() : new TreeSet<>(newer.imageFormats()),
				merge(newer.guestAgent(), older.guestAgent()));
	}

	private static Known merge(Known newer, Known older) {
		return (newer != Known.UNKNOWN) ? newer : older;
	}

	/**
	 * One text with its age.
	 *
	 * @param kind what it is
	 * @param source where it came from, as people read it
	 * @param text as received
	 * @param seenAt when it was read or handed in
	 * @param from how it came in
	 */
	public record Item(EvidenceKind kind, String source, String text, Instant seenAt, FactSource from) {
	}

}
