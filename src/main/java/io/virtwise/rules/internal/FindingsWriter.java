package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

	private static final Comparator<Finding> WORST_FIRST = FindingsWriter::worstFirst;

	private final CauseChain chain;

	private final Remedies remedies;

	FindingsWriter(CauseChain chain, Remedies remedies) {
		this.chain = chain;
		this.remedies = remedies;
	}

	List<Finding> write(List<Told> told) {
		List<Finding> all = new ArrayList<>(told.size());
		for (Told one : told) {
			add(all, finding(one));
		}
		all.sort(WORST_FIRST);
		return List.copyOf(all);
	}

	/** Adds a finding, or merges it with one of the same rule that says the same. */
	private void add(List<Finding> all, Finding finding) {
		for (int at = 0; at < all.size(); at++) {
			Finding other = all.get(at);
			if (other.rule().equals(finding.rule()) && other.title().equals(finding.title())
					&& other.reason().equals(finding.reason()) && other.remediation().equals(finding.remediation())) {
				all.set(at, merge(other, finding));
				return;
			}
		}
		all.add(finding);
	}

	private static int worstFirst(Finding one, Finding other) {
		int order = one.severity().compareTo(other.severity());
		if (order == 0) {
			order = one.rule().compareTo(other.rule());
		}
		if (order == 0) {
			order = one.title().compareTo(other.title());
		}
		if (order == 0) {
			order = one.reason().compareTo(other.reason());
		}
		return (order != 0) ? order : one.remediation().toString().compareTo(other.remediation().toString());
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
	private Finding merge(Finding one, Finding other) {
		boolean alike = one.decidingFactUnknown() == other.decidingFactUnknown()
				&& one.requires().equals(other.requires());
		return new Finding(one.rule(), one.severity(), one.decidingFactUnknown(), one.title(), one.reason(),
				this.chain.onDemand(() -> same(alike, one, other) ? one.evidence() : both(one, other)),
				one.remediation(), one.requires(), one.document(), this.chain.onDemand(
						() -> same(alike, one, other) ? one.cause() : CauseChain.merge(one.cause(), other.cause())));
	}

	private static boolean same(boolean alike, Finding one, Finding other) {
		return alike && one.evidence().equals(other.evidence()) && one.cause().equals(other.cause());
	}

	private static List<String> both(Finding one, Finding other) {
		Set<String> evidence = new TreeSet<>(one.evidence());
		evidence.addAll(other.evidence());
		return List.copyOf(evidence);
	}

}
