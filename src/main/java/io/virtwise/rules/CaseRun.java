package io.virtwise.rules;

import java.time.Instant;
import java.util.List;

import io.virtwise.rules.Assessment.RulebaseRevision;

/**
 * How the cases of a rulebase came out.
 *
 * @param rulebase the rulebase that they ran on
 * @param ranAt when they ran
 * @param millis how long all of them took
 * @param results one for each case, in the order of their files
 */
public record CaseRun(RulebaseRevision rulebase, Instant ranAt, long millis, List<CaseResult> results) {

	public CaseRun {
		results = List.copyOf(results);
	}

	/** How many came out as expected. */
	public long passed() {
		return this.results.stream().filter(CaseResult::passed).count();
	}

	/** The cases that speak of this rule, its own first. */
	public List<CaseResult> of(String rule) {
		return this.results.stream()
			.filter((result) -> result.speaksOf(rule))
			.sorted((one, other) -> Boolean.compare(other.rule().equals(rule), one.rule().equals(rule)))
			.toList();
	}

	/**
	 * How one case came out.
	 *
	 * @param file the file that it stands in
	 * @param rule the rule that it is about
	 * @param name what happens in it
	 * @param fires rules that must fire
	 * @param silent rules that must not
	 * @param faults what differs from what is expected, empty where nothing does
	 * @param line the line of its file where it begins, from 1; 0 where nobody counted
	 * @param fired ids of the rules that fired, in their order
	 * @param misses for each rule that should have fired and did not, why not
	 */
	public record CaseResult(String file, String rule, String name, List<String> fires, List<String> silent,
			List<String> faults, int line, List<String> fired, List<Miss> misses) {

		public CaseResult {
			fires = List.copyOf(fires);
			silent = List.copyOf(silent);
			faults = List.copyOf(faults);
			fired = List.copyOf(fired);
			misses = List.copyOf(misses);
		}

		/** The same without what happened on the way. */
		public CaseResult(String file, String rule, String name, List<String> fires, List<String> silent,
				List<String> faults) {
			this(file, rule, name, fires, silent, faults, 0, List.of(), List.of());
		}

		/** Whether it came out as expected. */
		public boolean passed() {
			return this.faults.isEmpty();
		}

		/** Whether it says anything about this rule. */
		public boolean speaksOf(String id) {
			return this.rule.equals(id) || this.fires.contains(id) || this.silent.contains(id);
		}

	}

	/**
	 * Why a rule did not fire.
	 *
	 * @param rule its id
	 * @param file the file that it stands in
	 * @param line the line of the pattern that found no fact, from 1
	 * @param pattern that pattern, as the rule says it
	 * @param actual what the facts have instead, field by field
	 */
	public record Miss(String rule, String file, int line, String pattern, List<String> actual) {

		public Miss {
			actual = List.copyOf(actual);
		}

	}

}
