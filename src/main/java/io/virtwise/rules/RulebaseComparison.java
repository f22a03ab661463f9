package io.virtwise.rules;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.virtwise.facts.NodeFacts;
import org.jspecify.annotations.Nullable;

/**
 * Judges facts by two rulebases, for whoever wants to know what is different. It goes no
 * further than it must: most of two revisions is the same, and so is what they say of
 * most facts. Safe to call from many threads.
 */
public interface RulebaseComparison {

	/**
	 * What both say of these facts, as far as people act on it: verdict, settings,
	 * findings, and options that rules disagree on. What is sure to be the same in both
	 * may be left out of both; empty where everything is.
	 */
	Optional<Sides> of(NodeFacts facts);

	/**
	 * Judges everything by both, and leaves nothing out. Facts on which the one in force
	 * cannot be run are undetermined by it; nothing changes where the other one cannot
	 * either.
	 */
	static RulebaseComparison whole(CompiledRulebase before, CompiledRulebase after) {
		return (facts) -> {
			Assessment old;
			try {
				old = before.judge(facts);
			}
			catch (RuntimeException ex) {
				Sides sides = Sides.of(nothing(before), () -> after.judge(facts));
				return (sides.after() != null) ? Optional.of(sides) : Optional.empty();
			}
			return Optional.of(Sides.of(old, () -> after.judge(facts)));
		};
	}

	private static Assessment nothing(CompiledRulebase rulebase) {
		Assessment.Recommendation none = new Assessment.Recommendation(null, null, null, List.of(), List.of(),
				List.of(), List.of());
		return new Assessment(rulebase.revision(), Verdict.UNDETERMINED, "", none, "", List.of(), List.of(), null,
				List.of());
	}

	/**
	 * What two rulebases say of the same facts.
	 *
	 * @param before what the one in force says
	 * @param after what the other one says, {@code null} where it could not be run
	 * @param failure why it could not be run, {@code null} where it could
	 */
	record Sides(Assessment before, @Nullable Assessment after, @Nullable String failure) {

		/** The other one is not known yet, and may not be able to say anything. */
		public static Sides of(Assessment before, Supplier<Assessment> after) {
			try {
				return new Sides(before, after.get(), null);
			}
			catch (RuntimeException ex) {
				return new Sides(before, null,
						Objects.requireNonNullElse(ex.getMessage(), "the rules could not be run"));
			}
		}

	}

}
