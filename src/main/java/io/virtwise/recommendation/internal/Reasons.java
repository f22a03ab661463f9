package io.virtwise.recommendation.internal;

import java.util.List;
import java.util.Optional;

import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Severity;

/**
 * Finds for a recommended setting the sentence that says why.
 */
final class Reasons {

	private Reasons() {
	}

	/** Every recommended setting with its reason. */
	static List<ReasonedSetting> of(Assessment assessment) {
		return assessment.recommendation()
			.settings()
			.stream()
			.map((each) -> new ReasonedSetting(each.setting(), each.rule(), reason(assessment, each)))
			.toList();
	}

	/** What findings that block or weigh heavily need afterwards. */
	static List<String> requires(Assessment assessment) {
		return assessment.findings()
			.stream()
			.filter((finding) -> finding.severity() == Severity.BLOCK || finding.severity() == Severity.HIGH)
			.flatMap((finding) -> finding.requires().stream())
			.distinct()
			.toList();
	}

	/**
	 * The finding of the same rule says it best, else what that rule concluded, else what
	 * the verdict says.
	 */
	private static String reason(Assessment assessment, RecommendedSetting setting) {
		Optional<String> found = assessment.findings()
			.stream()
			.filter((finding) -> finding.rule().equals(setting.rule()))
			.map((finding) -> finding.title() + " " + finding.reason())
			.findFirst();
		return found
			.or(() -> assessment.conclusions()
				.stream()
				.filter((conclusion) -> conclusion.rule().equals(setting.rule()))
				.map(Assessment.Conclusion::sentence)
				.findFirst())
			.orElse(assessment.sentence());
	}

}
