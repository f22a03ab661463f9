package io.virtwise.rules.internal;

import java.util.Optional;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.RulebaseComparison;
import io.virtwise.rules.internal.RulebasePart.Ran;

/**
 * Compares by the rules that differ. Rules come to the same in both rulebases where no
 * rule that differs fires otherwise; and where one does, only what hangs on it can be
 * different. So first the rules that differ are run, with what they rest on; then, where
 * they say something else, the rules that they lead to and those that the verdict rests
 * on.
 */
final class ComparedRulebases implements RulebaseComparison {

	private final BuiltRulebase before;

	private final BuiltRulebase after;

	/** For facts on which a part cannot be run: it says which of the two is to blame. */
	private final RulebaseComparison whole;

	private final RulebasePart gone;

	private final RulebasePart come;

	private final RulebasePart touchedBefore;

	private final RulebasePart touchedAfter;

	private final boolean settings;

	ComparedRulebases(BuiltRulebase before, BuiltRulebase after) {
		this.before = before;
		this.after = after;
		this.whole = RulebaseComparison.whole(before, after);
		RuleLinks old = new RuleLinks(before.rulebase().rules());
		RuleLinks now = new RuleLinks(after.rulebase().rules());
		RulesThatDiffer differ = new RulesThatDiffer(old, now);
		this.gone = new RulebasePart(before.rulebase(), differ.gone(), Stream.empty());
		this.come = new RulebasePart(after.rulebase(), differ.come(), Stream.empty());
		this.settings = differ.touchesSettings();
		this.touchedBefore = new RulebasePart(before.rulebase(), differ.touchedBefore(),
				old.rules().stream().filter((rule) -> RulesThatDiffer.judges(rule) || setsSomething(rule)));
		this.touchedAfter = new RulebasePart(after.rulebase(), differ.touchedAfter(),
				now.rules().stream().filter(this::setsSomething));
	}

	@Override
	public Optional<Sides> of(NodeFacts facts) {
		try {
			return affordable(facts) ? byParts(facts) : this.whole.of(facts);
		}
		catch (RuntimeException ex) {
			return this.whole.of(facts);
		}
	}

	private Optional<Sides> byParts(NodeFacts facts) {
		if (this.gone.run(facts).said().equals(this.come.run(facts).said())) {
			return Optional.empty();
		}
		Ran old = this.touchedBefore.run(facts);
		return Optional.of(Sides.of(written(this.before, facts, old, old.tally()), () -> {
			Ran now = this.touchedAfter.run(facts);
			return written(this.after, facts, now, now.tallyWith(old));
		}));
	}

	private boolean setsSomething(ReadRule rule) {
		return this.settings && RulesThatDiffer.setsSomething(rule);
	}

	/** Whether both rulebases can be run on the facts as a whole. */
	private boolean affordable(NodeFacts facts) {
		return this.before.rulebase().budget().allows(facts) && this.after.rulebase().budget().allows(facts);
	}

	private Assessment written(BuiltRulebase of, NodeFacts facts, Ran ran, VerdictTally tally) {
		return of.writer().part(of.revision(), facts, ran.told(), this.settings ? ran.advice() : null, tally.verdict());
	}

}
