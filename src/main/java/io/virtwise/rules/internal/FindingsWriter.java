package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.rules.Assessment.Finding;
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

	private final Remedies remedies;

	FindingsWriter(CauseChain chain, Remedies remedies) {
		this.chain = chain;
		this.remedies = remedies;
	}

	List<Finding> write(List<Told> told) {
		Map<String, List<Finding>> byRule = new HashMap<>();
		for (Told one : told) {
			add(byRule.computeIfAbsent(one.trace().rule().id(), (id) -> new ArrayList<>(1)), finding(one));
		}
		List<Finding> all = new ArrayList<>(told.size());
		byRule.values().forEach(all::addAll);
		all.sort(WORST_FIRST);
		return List.copyOf(all);
	}

	/** Adds a finding of the same rule, or merges it with one that says the same. */
	private static void add(List<Finding> some, Finding finding) {
		for (int at = 0; at < some.size(); at++) {
			Finding other = some.get(at);
			if (other.title().equals(finding.title()) && other.reason().equals(finding.reason())
					&& other.remediation().equals(finding.remediation())) {
				some.set(at, merge(other, finding));
				return;
			}
		}
		some.add(finding);
	}

	private Finding finding(Told told) {
		RuleHead rule = told.trace().rule();
		Remedies.Remedy remedy = this.remedies.of(rule, told.steps());
		return new Finding(rule.id(), rule.severity(), told.unknown(), told.title(), told.why(),
				this.chain.evidence(told.trace()), remedy.steps(), remedy.requires(), rule.document(),
				this.chain.of(told.trace(), told.title(),
						told.unknown() || rule.severity() == Severity.BLOCK || rule.severity() == Severity.HIGH));
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

}
