package io.virtwise.authoring.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.virtwise.authoring.Publishing;
import io.virtwise.authoring.Trials;
import io.virtwise.authoring.Trials.CaseChoice;
import io.virtwise.rules.CaseRun.CaseResult;
import io.virtwise.rules.CaseRun.Miss;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleWorkshop.CaseReport;
import io.virtwise.rules.RuleWorkshop.Uncovered;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a draft must show, and how it comes into force, over HTTP.
 */
@RestController
@RequestMapping("/api/v1/rulebase/drafts/{id}")
class ProofApi {

	private final Trials trials;

	private final Publishing publishing;

	private final DraftReports reports;

	ProofApi(Trials trials, Publishing publishing, DraftReports reports) {
		this.trials = trials;
		this.publishing = publishing;
		this.reports = reports;
	}

	@PostMapping("/check")
	ProblemsBody check(@PathVariable String id) {
		return ProblemsBody.of(this.trials.check(id));
	}

	@PostMapping("/cases")
	@PreAuthorize("hasAnyAuthority('rule:write', 'change:decide')")
	CasesBody cases(@PathVariable String id, @RequestBody(required = false) @Nullable ChoiceBody which) {
		CaseReport report = this.trials.cases(id, (which != null) ? which.choice() : CaseChoice.ALL);
		if (which != null && report.results().isEmpty() && report.problems().isEmpty()) {
			which.refuseAsEmpty(); // no case went wrong, and none went well
		}
		return CasesBody.of(report);
	}

	@PostMapping("/submit")
	@PreAuthorize("hasAuthority('rule:write')")
	DraftBody submit(@PathVariable String id, @RequestBody(required = false) RulebaseApi.@Nullable WishBody body) {
		return this.reports.of(this.publishing.submit(id, (body != null) ? body.message() : null));
	}

	@PostMapping("/approve")
	@PreAuthorize("hasAuthority('change:decide')")
	DraftBody approve(@PathVariable String id, @RequestBody VerdictBody body) {
		return this.reports.of(this.publishing.approve(id, body.hash(), body.comment()));
	}

	@PostMapping("/deny")
	@PreAuthorize("hasAuthority('change:decide')")
	DraftBody deny(@PathVariable String id, @RequestBody VerdictBody body) {
		return this.reports.of(this.publishing.deny(id, body.comment()));
	}

	@PostMapping("/withdraw")
	DraftBody withdraw(@PathVariable String id) {
		return this.reports.of(this.publishing.withdraw(id));
	}

	/** What is wrong with a draft. */
	record ProblemsBody(List<ProblemBody> problems) {

		static ProblemsBody of(List<RuleProblem> problems) {
			return new ProblemsBody(problems.stream().map(ProblemBody::of).toList());
		}

	}

	/** One thing that is wrong, with its place and what to write instead. */
	record ProblemBody(String file, int line, int column, String message, String severity,
			@Nullable String suggestion) {

		static ProblemBody of(RuleProblem problem) {
			return new ProblemBody(problem.file(), problem.line(), problem.column(), problem.message(),
					problem.severity().key(), problem.suggestion());
		}

	}

	/** Which cases to run; all where nothing is said. */
	record ChoiceBody(@Nullable String file, @Nullable String rule, @JsonProperty("case") @Nullable String name) {

		CaseChoice choice() {
			return new CaseChoice(this.file, this.rule, this.name);
		}

		void refuseAsEmpty() {
			String field = (this.name != null) ? "case" : (this.rule != null) ? "rule" : "file";
			if (this.file != null || this.rule != null || this.name != null) {
				throw Refused.invalid(field, "chooses no case of this draft; leave it out to run all of them");
			}
		}

	}

	/** How cases came out. */
	record CasesBody(boolean green, long passed, long failed, long millis, List<CaseBody> results,
			List<Uncovered> uncovered, List<ProblemBody> problems) {

		static CasesBody of(CaseReport report) {
			long passed = report.results().stream().filter(CaseResult::passed).count();
			return new CasesBody(report.green(), passed, report.results().size() - passed, report.millis(),
					report.results().stream().map(CaseBody::of).toList(), report.uncovered(),
					report.problems().stream().map(ProblemBody::of).toList());
		}

	}

	/** How one case came out. */
	record CaseBody(String file, int line, String rule, @JsonProperty("case") String name, boolean passed,
			List<String> fires, List<String> silent, List<String> faults, List<String> fired, List<Miss> misses) {

		static CaseBody of(CaseResult one) {
			return new CaseBody(one.file(), one.line(), one.rule(), one.name(), one.passed(), one.fires(), one.silent(),
					one.faults(), one.fired(), one.misses());
		}

	}

}
