package io.virtwise.recommendation.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.How;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Assessment.Source;
import io.virtwise.rules.Severity;

/**
 * Finds for a recommended setting the sentence that says why.
 */
public final class Reasons {

	private Reasons() {
	}

	/** Every recommended setting with its reason. */
	public static List<ReasonedSetting> of(Assessment assessment) {
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
	 * its advice rests on, else what the verdict says.
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
			.or(() -> grounds(setting))
			.orElse(assessment.sentence());
	}

	/**
	 * What the rule's advice follows from directly, else the line that it was seen in.
	 */
	private static Optional<String> grounds(RecommendedSetting setting) {
		if (setting.cause().isEmpty()) {
			return Optional.empty();
		}
		Map<String, String> concluded = new LinkedHashMap<>();
		setting.cause().forEach((link) -> concluded.putIfAbsent(link.rule(), link.conclusion()));
		List<Source> sources = setting.cause().get(0).sources();
		String conclusions = sources.stream()
			.filter((source) -> source.how() == How.BECAUSE || source.how() == How.AND)
			.map((source) -> concluded.get(source.what()))
			.filter(Objects::nonNull)
			.distinct()
			.collect(Collectors.joining(" "));
		if (!conclusions.isEmpty()) {
			return Optional.of(conclusions);
		}
		return sources.stream()
			.filter((source) -> source.how() == How.SEEN)
			.map((source) -> "As " + source.what())
			.findFirst();
	}

}
