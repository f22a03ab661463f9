package io.virtwise.rules.internal;

import java.util.List;

import io.virtwise.rules.internal.network.Firing.Rests;
import io.virtwise.rules.language.Conclusion;
import org.jspecify.annotations.Nullable;

/**
 * One firing of a rule: what it rests on. The lines of evidence are looked for when
 * somebody asks.
 */
final class Trace {

	private final RuleHead rule;

	private final @Nullable Rests rests;

	private final @Nullable EvidenceText texts;

	private @Nullable List<Conclusion> conclusions;

	private @Nullable List<ShownLine> evidence;

	/**
	 * @param rule the rule
	 * @param rests what it matched, {@code null} where nobody will ask
	 * @param texts finds the lines of the run, {@code null} where nobody will ask
	 */
	Trace(RuleHead rule, @Nullable Rests rests, @Nullable EvidenceText texts) {
		this.rule = rule;
		this.rests = rests;
		this.texts = texts;
	}

	/** The rule. */
	RuleHead rule() {
		return this.rule;
	}

	/** The conclusions that it matched, each once, by topic. */
	List<Conclusion> conclusions() {
		List<Conclusion> known = this.conclusions;
		if (known == null) {
			known = (this.rests != null) ? this.rests.conclusions() : List.of();
			this.conclusions = known;
		}
		return known;
	}

	/** The lines seen of the facts that it looks at. */
	List<ShownLine> evidence() {
		List<ShownLine> known = this.evidence;
		if (known == null) {
			known = (this.rests != null && this.texts != null)
					? this.texts.of(this.rule.mentions(), this.rests.several()) : List.of();
			this.evidence = known;
		}
		return known;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Trace trace && trace.rule.id().equals(this.rule.id())
				&& trace.conclusions().equals(conclusions()) && trace.evidence().equals(evidence());
	}

	@Override
	public int hashCode() {
		return this.rule.id().hashCode();
	}

}
