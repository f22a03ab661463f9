package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.Problem;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.recommendation.OptionComparison;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Conflict;
import io.virtwise.rules.Assessment.NovaVerdict;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.Assessment.ReleaseRange;
import org.jspecify.annotations.Nullable;

/**
 * An assessment as its page shows it.
 *
 * @param verdict the key of the one word
 * @param sentence the verdict in one sentence
 * @param virtType what the node should run, {@code null} where that cannot be said
 * @param cpuMode with which cpu_mode, {@code null} where that cannot be said
 * @param cpuModels and which models
 * @param counts how many findings of which severity, in words
 * @param findings worst first
 * @param novaConf the lines for nova.conf, may be blank
 * @param options each option today and then
 * @param nova what nova itself would say to the file, {@code null} without one
 * @param conflicts where rules disagree
 * @param kernelModules modules that should be loaded
 * @param imageFormats formats that images may have
 * @param facts the facts in words
 * @param problems what was not understood
 * @param counterfactuals what would have to be different
 * @param reasons each recommended value and why
 * @param logs errors in the logs
 * @param ranges what the rules say by release, where nobody said which one runs
 * @param revision the rulebase's revision
 * @param sha256 and its hash
 */
record AssessmentPage(String verdict, String sentence, @Nullable String virtType, @Nullable String cpuMode,
		List<String> cpuModels, String counts, List<FindingView> findings, String novaConf,
		List<OptionComparison> options, @Nullable NovaVerdict nova, List<Conflict> conflicts,
		List<String> kernelModules, List<String> imageFormats, List<FactRow> facts, List<Problem> problems,
		List<Counterfactual> counterfactuals, List<SettingReason> reasons, List<LoggedError> logs,
		List<ReleaseRange> ranges, int revision, String sha256) {

	static AssessmentPage of(NodeFacts facts, Assessment assessment, List<Counterfactual> counterfactuals,
			EvidenceAges ages) {
		return of(facts, assessment, counterfactuals, ages, FindingView.of(assessment));
	}

	static AssessmentPage of(NodeFacts facts, Assessment assessment, List<Counterfactual> counterfactuals,
			EvidenceAges ages, List<FindingView> findings) {
		Recommendation wanted = assessment.recommendation();
		return new AssessmentPage(assessment.verdict().key(), assessment.sentence(), wanted.virtType(),
				wanted.cpuMode(), wanted.cpuModels(), counts(findings), findings, assessment.novaConf(),
				OptionComparison.of(facts.novaConf(), wanted), assessment.nova(), assessment.conflicts(),
				wanted.kernelModules(), wanted.imageFormats(), FactRows.of(facts, assessment, ages), facts.problems(),
				counterfactuals, SettingReason.of(wanted), LoggedError.of(facts.logs(), findings),
				assessment.byRelease(), assessment.rulebase().revision(), assessment.rulebase().sha256());
	}

	/** How many findings count, those that are waived left out. */
	public long counting() {
		return this.findings.stream().filter((finding) -> finding.waiver() == null).count();
	}

	/** How many findings are waived. */
	public long waived() {
		return this.findings.size() - counting();
	}

	/** The facts that nobody knows. */
	public List<FactRow> unknown() {
		return this.facts.stream().filter((row) -> row.value() == null).toList();
	}

	/** Whether one of the findings is this rule's, so that a link can lead there. */
	public boolean finds(@Nullable String rule) {
		return this.findings.stream().anyMatch((finding) -> finding.anchor().equals(rule));
	}

	private static String counts(List<FindingView> findings) {
		List<String> counts = new ArrayList<>();
		add(counts, findings, "BLOCK", "block", "block");
		add(counts, findings, "HIGH", "high", "high");
		add(counts, findings, "UNKNOWN", "unknown", "unknown");
		add(counts, findings, "WARN", "warning", "warnings");
		add(counts, findings, "INFO", "note", "notes");
		return counts.isEmpty() ? "no findings" : String.join(" · ", counts);
	}

	private static void add(List<String> counts, List<FindingView> findings, String severity, String one, String many) {
		long count = findings.stream()
			.filter((finding) -> finding.severity().equals(severity) && finding.waiver() == null)
			.count();
		if (count > 0) {
			counts.add(count + " " + ((count == 1) ? one : many));
		}
	}

}
