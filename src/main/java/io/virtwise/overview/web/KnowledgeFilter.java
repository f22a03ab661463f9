package io.virtwise.overview.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.virtwise.rules.Severity;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see of the knowledge.
 *
 * @param q words that must occur, in any order, whatever the case; {@code null} for all
 * @param severity only rules of this severity; {@code null} for all
 * @param source only this part, only the errata or {@code all}; {@code null} where
 * nothing was said
 */
record KnowledgeFilter(@Nullable String q, @Nullable Severity severity, @Nullable String source) {

	/** Stands for the errata where a source is asked for. */
	static final String ERRATA = "errata";

	/** Says that every source is meant, which is more than the page shows at first. */
	static final String ALL = "all";

	private static final int MAX_LENGTH = 200;

	/**
	 * The filter in an address.
	 * @param sources the parts that there are
	 */
	static KnowledgeFilter of(@Nullable String q, @Nullable String severity, @Nullable String source,
			Set<String> sources) {
		String text = given(q);
		if (text != null && text.length() > MAX_LENGTH) {
			throw Refused.invalid("q", "has more than " + MAX_LENGTH + " characters; a few words do");
		}
		String part = given(source);
		if (part != null && !part.equals(ERRATA) && !part.equals(ALL) && !sources.contains(part)) {
			throw Refused.invalid("source",
					"is not one of " + Stream.concat(sources.stream().sorted(), Stream.of(ERRATA, ALL))
						.collect(Collectors.joining(", ")));
		}
		return new KnowledgeFilter(text, severity(given(severity)), part);
	}

	/** Whether anything is left out. */
	public boolean narrows() {
		return this.q != null || this.severity != null || this.source != null;
	}

	/** Whether this part may have something to show. */
	boolean takesPart(String key) {
		return this.source == null || this.source.equals(ALL) || this.source.equals(key);
	}

	/** The same, and where nothing is asked for, only this part. */
	KnowledgeFilter orOnly(String part) {
		return narrows() ? this : new KnowledgeFilter(null, null, part);
	}

	/** Whether a rule of this severity is to be shown. */
	boolean takes(@Nullable Severity other) {
		return this.severity == null || this.severity == other;
	}

	/** Whether all words occur in these texts together. */
	boolean takes(@Nullable String... texts) {
		if (this.q == null) {
			return true;
		}
		String all = Arrays.stream(texts)
			.map(String::valueOf)
			.collect(Collectors.joining(" "))
			.toLowerCase(Locale.ROOT);
		return Arrays.stream(this.q.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(all::contains);
	}

	private static @Nullable Severity severity(@Nullable String word) {
		if (word == null) {
			return null;
		}
		return Arrays.stream(Severity.values())
			.filter((one) -> one.name().equalsIgnoreCase(word))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("severity", "is not one of BLOCK, HIGH, WARN, INFO"));
	}

	private static @Nullable String given(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

}
