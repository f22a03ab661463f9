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
	 */
	public record CaseResult(String file, String rule, String name, List<String> fires, List<String> silent,
			List<String> faults) {

		public CaseResult {
			fires = List.copyOf(fires);
			silent = List.copyOf(silent);
			faults = List.copyOf(faults);
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

}
