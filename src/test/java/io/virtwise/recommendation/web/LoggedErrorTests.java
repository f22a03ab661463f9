package io.virtwise.recommendation.web;

import java.util.List;

import io.virtwise.facts.LogFacts;
import io.virtwise.facts.LogFacts.UnexplainedError;
import io.virtwise.facts.LogSignature;
import io.virtwise.facts.Signature;
import io.virtwise.recommendation.Samples;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors in logs, each with what explains it.
 */
class LoggedErrorTests {

	private static final String HVM = "no supported architecture for os type 'hvm'";

	@Test
	void leadsToTheWorstFindingThatRestsOnTheLine() {
		List<FindingView> findings = views(finding("P21", "nova.conf line 3: virt_type = kvm"),
				finding("S44", "nova-compute.log line 1: " + HVM), finding("L06", "nova-compute.log line 1: " + HVM));

		LoggedError error = LoggedError.of(logs(1, "2020-02-02T00:00:02", "2020-02-02T00:00:02"), findings).get(0);

		assertThat(error.finding()).isNotNull().satisfies((finding) -> assertThat(finding.anchor()).isEqualTo("S44"));
		assertThat(error.name()).isEqualTo("hvm-not-supported");
		assertThat(error.place()).isEqualTo("nova-compute.log line 1");
		assertThat(error.times()).isEqualTo("once, at 2020-02-02T00:00:02");
	}

	@Test
	void anotherLineIsNotTakenForIt() {
		List<FindingView> findings = views(finding("S44", "nova-compute.log line 12: " + HVM));

		assertThat(LoggedError.of(logs(3, null, null), findings).get(0).finding()).isNull();
		assertThat(LoggedError.of(logs(3, null, null), findings).get(0).times()).isEqualTo("3 times");
	}

	@Test
	void errorsThatNobodyExplainsComeLastAndAreNamedByNobody() {
		LogFacts logs = new LogFacts(true, true, logs(2, "a", "b").signatures(),
				List.of(new UnexplainedError("kernel log", 2, "5.1", "5.1", 7, "kvm: something")));

		List<LoggedError> errors = LoggedError.of(logs, List.of());

		assertThat(errors).extracting(LoggedError::times)
			.containsExactly("2 times, first at a, last at b", "2 times, all at 5.1");
		assertThat(errors.get(1).name()).isNull();
		assertThat(errors.get(1).finding()).isNull();
	}

	private static LogFacts logs(int count, @Nullable String first, @Nullable String last) {
		return new LogFacts(false, true,
				List.of(new LogSignature(Signature.HVM_NOT_SUPPORTED, "nova-compute.log", count, first, last, 1, HVM)),
				List.of());
	}

	private static List<FindingView> views(Finding... findings) {
		Assessment sample = Samples.blocked();
		return FindingView.of(new Assessment(sample.rulebase(), sample.verdict(), sample.sentence(),
				sample.recommendation(), sample.novaConf(), List.of(findings), List.of(), null, List.of()));
	}

	private static Finding finding(String rule, String evidence) {
		return new Finding(rule, Severity.BLOCK, false, rule, "why", List.of(evidence), List.of(), List.of(),
				new Document("nova", "x"), List.of());
	}

}
