package io.virtwise.rules.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.Severity;
import io.virtwise.rules.Verdict;

/**
 * Says a verdict in one sentence, with the title of the finding that weighs most.
 */
final class VerdictSentence {

	private VerdictSentence() {
	}

	static String of(Verdict verdict, List<Finding> findings, Recommendation recommendation) {
		return switch (verdict) {
			case BLOCKED ->
				"This node cannot launch a guest, because " + clause(first(findings, Severity.BLOCK, false)) + ".";
			case UNDETERMINED -> "Whether this node can launch guests cannot be said yet, because "
					+ clause(findings.stream().filter(Finding::decidingFactUnknown).findFirst().orElseThrow()) + ".";
			case ACTION_REQUIRED ->
				"This node needs work, because " + clause(first(findings, Severity.HIGH, false)) + ".";
			case READY -> ready(recommendation);
		};
	}

	private static String ready(Recommendation recommendation) {
		if (recommendation.virtType() == null) {
			return "This node is ready: its compute driver brings its own hypervisor.";
		}
		String mode = (recommendation.cpuMode() == null) ? "" : ", with the CPU mode " + recommendation.cpuMode();
		return recommendation.virtType().equals("qemu")
				? "This node is ready to launch emulated guests (virt_type qemu" + mode + ")."
				: "This node is ready to launch guests with " + recommendation.virtType().toUpperCase(Locale.ROOT)
						+ mode + ".";
	}

	/**
	 * Rows of the chapter first, then our own: those name causes, P and N often
	 * consequences, and what a log tells was so at some time.
	 */
	private static Finding first(List<Finding> findings, Severity severity, boolean unknown) {
		return findings.stream()
			.filter((one) -> one.severity() == severity && one.decidingFactUnknown() == unknown)
			.min(Comparator.comparingInt((one) -> "SVPNAL".indexOf(one.rule().charAt(0))))
			.orElseThrow();
	}

	/** The title as the end of a sentence: a plain first word loses its capital. */
	private static String clause(Finding finding) {
		String title = finding.title();
		boolean plainWord = title.length() > 1 && Character.isUpperCase(title.charAt(0))
				&& (Character.isLowerCase(title.charAt(1)) || title.charAt(1) == ' ') && !title.startsWith("Intel ");
		return plainWord ? Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
	}

}
