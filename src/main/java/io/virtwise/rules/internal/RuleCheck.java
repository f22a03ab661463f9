package io.virtwise.rules.internal;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.virtwise.rules.internal.syntax.Canonical;
import io.virtwise.rules.internal.syntax.Condition;
import io.virtwise.rules.internal.syntax.NotAllowed;
import io.virtwise.rules.internal.syntax.Problems;
import io.virtwise.rules.internal.syntax.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Checks the tree of one rule against the facts, the words and the sinks that there are.
 */
final class RuleCheck {

	private final Rule rule;

	private final Vocabulary vocabulary;

	private final Problems problems;

	RuleCheck(Rule rule, Vocabulary vocabulary, Problems problems) {
		this.rule = rule;
		this.vocabulary = vocabulary;
		this.problems = problems;
	}

	/** The rule, or nothing if it has faults, which are then said. */
	Optional<ReadRule> read() {
		int before = this.problems.count();
		ConditionCheck conditions = new ConditionCheck(this.vocabulary, this.problems);
		conditions.check(this.rule.conditions());
		Stage stage = stage(conditions);
		RuleHead head = new HeadCheck(this.rule, this.problems).check(stage, conditions.mentions());
		if (head == null || this.problems.count() > before) {
			return Optional.empty();
		}
		new MatchLimits(this.rule, this.problems).check();
		if (stage == Stage.DIAGNOSE) {
			conclusions();
		}
		int errors = this.problems.count();
		NeverFires.in(this.rule)
			.ifPresent((one) -> this.problems.warning(one.place(), "this rule can never fire: " + Canonical.text(one)
					+ " contradicts what is asked of the same field before"));
		if (errors > before) {
			return Optional.empty();
		}
		return Optional.of(new ReadRule(head, this.rule));
	}

	private @Nullable Stage stage(ConditionCheck conditions) {
		try {
			return new ConsequenceCheck(new Comparisons(this.vocabulary, Map.of()), conditions.bound())
				.check(this.rule.call());
		}
		catch (NotAllowed ex) {
			this.problems.error(ex);
			return null;
		}
	}

	private void conclusions() {
		this.rule.conditions()
			.stream()
			.flatMap(RuleCheck::negated)
			.filter((not) -> not.patterns().anyMatch(Conclusions::isOne))
			.forEach((not) -> this.problems.error(not.place(),
					"a rule that concludes may not ask that a conclusion be absent: it may still come; let the rules of "
							+ "that topic conclude Answer.NO or Answer.UNKNOWN, and ask for that"));
		Conclusions.ofItself(this.rule)
			.ifPresent((pattern) -> this.problems.error(pattern.place(),
					"this rule rests on the very conclusion that it comes to"));
	}

	private static Stream<Condition.Not> negated(Condition condition) {
		if (condition instanceof Condition.Not not) {
			return Stream.of(not);
		}
		if (condition instanceof Condition.AllOf all) {
			return all.parts().stream().flatMap(RuleCheck::negated);
		}
		if (condition instanceof Condition.AnyOf any) {
			return any.parts().stream().flatMap(RuleCheck::negated);
		}
		return (condition instanceof Condition.Exists exists) ? negated(exists.inner()) : Stream.of();
	}

}
