package io.virtwise.recommendation.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.Problem;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Assessment.ReleaseRange;
import io.virtwise.rules.Assessment.Step;
import io.virtwise.rules.Severity;
import io.virtwise.rules.Verdict;

/**
 * An assessment as text for a terminal of 80 columns: verdict, lines for nova.conf,
 * findings with what to do.
 */
final class AssessmentText {

	private static final Map<String, String> NEEDS = Map.of("restart-nova-compute", "restart nova-compute", "reboot",
			"reboot the node", "firmware", "change the firmware's settings", "re-login", "log in again",
			"restart-libvirt", "restart libvirt");

	private final Page page;

	AssessmentText(boolean colours) {
		this.page = new Page(colours);
	}

	String of(NodeFacts facts, Assessment assessment, List<Counterfactual> counterfactuals) {
		verdict(assessment);
		novaConf(assessment);
		if (!assessment.findings().isEmpty()) {
			heading("Findings");
			assessment.findings().forEach(this::finding);
		}
		counterfactuals(counterfactuals);
		releases(assessment);
		conflicts(assessment);
		problems(facts);
		this.page.blank()
			.wrapped("", "Rulebase " + assessment.rulebase().revision() + ", sha256 " + assessment.rulebase().sha256());
		return this.page.text();
	}

	private void verdict(Assessment assessment) {
		String word = assessment.verdict().key().replace('-', ' ').toUpperCase(Locale.ROOT);
		this.page.heading(word, colour(assessment.verdict())).wrapped("", assessment.sentence());
	}

	private void novaConf(Assessment assessment) {
		if (!assessment.novaConf().isBlank()) {
			heading("Lines for nova.conf");
			assessment.novaConf()
				.stripTrailing()
				.lines()
				.forEach((line) -> this.page.line(line.isEmpty() ? "" : "    ", line));
		}
		String out = assessment.recommendation()
			.settings()
			.stream()
			.map(RecommendedSetting::setting)
			.filter((setting) -> setting.value() == null)
			.map(AssessmentText::name)
			.collect(Collectors.joining(", "));
		if (!out.isEmpty()) {
			heading("Take out of nova.conf");
			this.page.wrapped("    ", out);
		}
	}

	private void finding(Finding finding) {
		String chip = String.format("%-5s", finding.severity());
		this.page.blank()
			.wrapped(this.page.coloured(chip, colour(finding.severity())) + "  ", "       ",
					finding.rule() + "  " + finding.title());
		this.page.wrapped("       ", finding.reason());
		finding.evidence().forEach((line) -> this.page.wrapped("       Seen: ", "             ", line));
		finding.remediation().forEach(this::step);
		finding.requires()
			.forEach((need) -> this.page.wrapped("       Then: ", "             ", NEEDS.getOrDefault(need, need)));
		this.page.wrapped("       See:  ", "             ",
				finding.document().name() + ", " + finding.document().section());
	}

	/** A command is never wrapped: it is there to be copied. */
	private void step(Step step) {
		if (step.command() != null) {
			step.command()
				.lines()
				.forEach((line) -> this.page.line("       Do:   ", (step.asRoot() ? "# " : "$ ") + line));
			if (step.note() != null) {
				this.page.wrapped("             ", step.note());
			}
		}
		else if (step.note() != null) {
			this.page.wrapped("       Do:   ", "             ", step.note());
		}
	}

	private void counterfactuals(List<Counterfactual> counterfactuals) {
		if (!counterfactuals.isEmpty()) {
			heading("What would have to be different");
			counterfactuals
				.forEach(
						(one) -> this.page
							.wrapped("    ", "      ",
									one.change() + (one.reachable() ? ": " + one.verdict().replace('-', ' ')
											+ ((one.virtType() == null) ? "" : " with virt_type " + one.virtType())
											: "")));
		}
	}

	private void releases(Assessment assessment) {
		if (assessment.byRelease().size() > 1) {
			heading("Depends on the nova release, which nobody said");
			for (ReleaseRange range : assessment.byRelease()) {
				this.page.wrapped("    ", range.name() + ": " + range.verdict().key().replace('-', ' '));
				range.says().forEach((each) -> this.page.wrapped("      ", "        ", each));
			}
		}
	}

	private void conflicts(Assessment assessment) {
		if (!assessment.conflicts().isEmpty()) {
			heading("Rules that disagree");
			assessment.conflicts()
				.forEach((conflict) -> this.page.wrapped("    ",
						"[" + conflict.section() + "] " + conflict.option() + ": "
								+ conflict.values()
									.stream()
									.map((value) -> value.setting().value() + " (" + value.rule() + ")")
									.collect(Collectors.joining(" or "))
								+ "; taken: " + conflict.taken()
								+ ((conflict.why() != null) ? ". " + conflict.why() : "")));
		}
	}

	private void problems(NodeFacts facts) {
		if (!facts.problems().isEmpty()) {
			heading("Not understood");
			for (Problem problem : facts.problems()) {
				String where = problem.part() + ((problem.line() != null) ? ", line " + problem.line() : "");
				this.page.wrapped("    ", where + ": " + problem.message());
			}
		}
	}

	private void heading(String text) {
		this.page.blank().heading(text, Page.BOLD);
	}

	private static String name(Setting setting) {
		return "[" + setting.section() + "] " + setting.option();
	}

	private static int colour(Verdict verdict) {
		return switch (verdict) {
			case READY -> Page.GREEN;
			case ACTION_REQUIRED -> Page.YELLOW;
			case BLOCKED -> Page.RED;
			case UNDETERMINED -> Page.MAGENTA;
		};
	}

	private static int colour(Severity severity) {
		return switch (severity) {
			case BLOCK -> Page.RED;
			case HIGH -> Page.YELLOW;
			case WARN -> Page.MAGENTA;
			case INFO -> Page.CYAN;
		};
	}

}
