package io.virtwise.overview.web;

import java.time.Instant;
import java.util.List;

import io.virtwise.rules.CaseRun;
import io.virtwise.rules.CaseRun.CaseResult;

/**
 * How all cases of the rulebase came out.
 *
 * @param ranAt when they ran
 * @param millis how long that took
 * @param total how many there are
 * @param passed how many came out as expected
 * @param failures those that did not
 */
record RunView(Instant ranAt, long millis, int total, long passed, List<CaseResult> failures) {

	static RunView of(CaseRun run) {
		return new RunView(run.ranAt(), run.millis(), run.results().size(), run.passed(),
				run.results().stream().filter((one) -> !one.passed()).toList());
	}

}
