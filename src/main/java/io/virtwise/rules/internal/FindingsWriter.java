package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.Step;
import io.virtwise.rules.Severity;
import io.virtwise.rules.internal.AdviceCollector.Told;

/**
 * Turns what rules told into findings: steps read, evidence gathered, equal ones merged,
 * worst first.
 */
final class FindingsWriter {

	private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::severity)
		.thenComparing(Finding::rule)
		.thenComparing(Finding::title)
		.thenComparing(Finding::reason)
		.thenComparing((finding) -> finding.remediation().toString());

	private final CauseChain chain;

	FindingsWriter(CauseChain chain) {
		this.chain = chain;
	}

	List<Finding> write(List<Told> told) {
		Map<Words, Finding> merged = new HashMap<>();
		for (Told one : told) {
			Finding finding = finding(one);
			merged.merge(new Words(finding.rule(), finding.title(), finding.reason(), finding.remediation()), finding,
					FindingsWriter::merge);
		}
		return merged.values().stream().sorted(WORST_FIRST).toList();
	}

	private Finding finding(Told told) {
		RuleHead rule = told.trace().rule();
		List<Step> steps = new ArrayList<>();
		Set<String> requires = new LinkedHashSet<>();
		for (String text : told.steps()) {
			String body = text.substring(1).strip();
			switch (text.charAt(0)) {
				case '#' -> steps.add(command(body, true));
				case '$' -> steps.add(command(body, false));
				case '-' -> steps.add(new Step(null, false, body));
				case '!' -> requires.add(body);
				default -> throw new IllegalArgumentException(rule.id() + ": a step starts with #, $, - or !: " + text);
			}
		}
		return new Finding(rule.id(), rule.severity(), told.unknown(), told.title(), told.why(),
				this.chain.evidence(told.trace()), steps, List.copyOf(requires), rule.document(),
				this.chain.of(told.trace(), told.title(),
						told.unknown() || rule.severity() == Severity.BLOCK || rule.severity() == Severity.HIGH));
	}

	private static Step command(String body, boolean asRoot) {
		int note = body.indexOf(" -- ");
		return (note < 0) ? new Step(body, asRoot, null)
				: new Step(body.substring(0, note).strip(), asRoot, body.substring(note + 4).strip());
	}

	/** Two firings that say the same rest on the evidence of both. */
	private static Finding merge(Finding one, Finding other) {
		if (one.equals(other)) {
			return one;
		}
		Set<String> evidence = new TreeSet<>(one.evidence());
		evidence.addAll(other.evidence());
		return new Finding(one.rule(), one.severity(), one.decidingFactUnknown(), one.title(), one.reason(),
				List.copyOf(evidence), one.remediation(), one.requires(), one.document(),
				CauseChain.merge(one.cause(), other.cause()));
	}

	/**
	 * What two findings must have in common to be one.
	 */
	private record Words(String rule, String title, String reason, List<Step> steps) {
	}

}
