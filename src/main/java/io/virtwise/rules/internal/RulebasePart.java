package io.virtwise.rules.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.Setting;
import io.virtwise.rules.Severity;
import io.virtwise.rules.internal.AdviceCollector.Told;
import io.virtwise.rules.internal.AdviceCollector.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * Some rules of a rulebase with all that they rest on: they fire as they do among all the
 * others.
 */
final class RulebasePart {

	private final @Nullable Rulebase rules;

	private final Set<String> meant;

	/**
	 * @param meant the rules of which somebody wants to know
	 * @param others rules that are to fire as well
	 */
	RulebasePart(Rulebase whole, List<ReadRule> meant, Stream<ReadRule> others) {
		Set<ReadRule> all = Stream.concat(meant.stream(), others).collect(Collectors.toSet());
		List<ReadRule> part = new RuleLinks(whole.rules()).restingOn(all);
		this.rules = part.isEmpty() ? null : whole.only(part);
		this.meant = meant.stream().map((rule) -> rule.head().id()).collect(Collectors.toSet());
	}

	/** What the rules make of these facts. */
	Ran run(NodeFacts facts) {
		return new Ran((this.rules != null) ? Run.brief(this.rules, facts) : null, this.meant);
	}

	/**
	 * How the rules came out on some facts.
	 *
	 * @param run the run, {@code null} where there are no rules
	 * @param meant ids of the rules of which somebody wants to know
	 */
	record Ran(@Nullable Run run, Set<String> meant) {

		/** The findings of the rules meant. */
		List<Told> told() {
			return findings().filter((one) -> isMeant(one.trace())).toList();
		}

		/** All that the rules meant say and that can make a difference. */
		Set<Object> said() {
			Set<Object> said = new HashSet<>();
			told().forEach((one) -> said.add(Saying.of(one)));
			if (this.run != null) {
				AdviceCollector advice = this.run.advice();
				Stream.concat(advice.settings().stream(), advice.inForce().stream())
					.filter((one) -> isMeant(one.trace()))
					.forEach((one) -> said.add(Claim.of(one)));
				this.run.conclusions()
					.ways()
					.stream()
					.filter((way) -> isMeant(way.trace()))
					.forEach((way) -> said.add(way.conclusion()));
			}
			return said;
		}

		/** All that was advised. */
		@Nullable AdviceCollector advice() {
			return (this.run != null) ? this.run.advice() : null;
		}

		/** What the verdict rests on. */
		VerdictTally tally() {
			VerdictTally tally = new VerdictTally();
			findings().forEach((one) -> count(one, tally));
			return tally;
		}

		/** The same, where all but the rules meant fire as they did there. */
		VerdictTally tallyWith(Ran other) {
			VerdictTally tally = new VerdictTally();
			other.findings().filter((one) -> !other.isMeant(one.trace())).forEach((one) -> count(one, tally));
			told().forEach((one) -> count(one, tally));
			return tally;
		}

		private Stream<Told> findings() {
			return (this.run != null) ? this.run.advice().findings().stream() : Stream.empty();
		}

		private boolean isMeant(Trace trace) {
			return this.meant.contains(trace.rule().id());
		}

		private static void count(Told one, VerdictTally tally) {
			tally.add(one.trace().rule().severity(), one.unknown());
		}

	}

	/**
	 * A finding, as far as people act on it.
	 */
	private record Saying(String rule, Severity severity, boolean unknown, String title, String why,
			List<String> steps) {

		static Saying of(Told told) {
			RuleHead rule = told.trace().rule();
			return new Saying(rule.id(), rule.severity(), told.unknown(), told.title(), told.why(), told.steps());
		}

	}

	/**
	 * A setting that a rule wants, with the right that it has to it.
	 */
	private record Claim(String rule, Severity severity, long breadth, Setting setting) {

		static Claim of(Wanted wanted) {
			RuleHead rule = wanted.rule();
			return new Claim(rule.id(), rule.severity(), rule.breadth(), wanted.setting());
		}

	}

}
