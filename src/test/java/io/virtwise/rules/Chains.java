package io.virtwise.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.Source;

/**
 * Checks cause chains: each begins with its own rule, and each of its links leads to
 * another link, to evidence, or to a fact that is named as unknown.
 */
public final class Chains {

	private Chains() {
	}

	/** What is wrong with the chains of this assessment. */
	public static List<String> faults(Assessment assessment) {
		List<String> faults = new ArrayList<>();
		assessment.findings().forEach((finding) -> check(finding.rule(), finding.cause(), faults));
		assessment.recommendation().settings().forEach((each) -> check(each.rule(), each.cause(), faults));
		assessment.recommendation().inForce().forEach((each) -> check(each.rule(), each.cause(), faults));
		return faults;
	}

	private static void check(String rule, List<Cause> chain, List<String> faults) {
		if (chain.isEmpty() || !chain.get(0).rule().equals(rule)) {
			faults.add(rule + " has no chain of its own: " + chain);
			return;
		}
		Set<String> reached = new HashSet<>(Set.of(rule));
		for (Cause link : chain) {
			if (link.sources().isEmpty()) {
				faults.add(rule + ": " + link.rule() + " rests on nothing");
			}
			for (Source source : link.sources()) {
				reached.add(source.what());
				boolean there = chain.stream().anyMatch((other) -> other.rule().equals(source.what()));
				if (source.what().isBlank() || source.how().leadsOn() != there) {
					faults.add(rule + ": " + link.rule() + " rests on " + source + ", which leads nowhere");
				}
			}
			if (!endsBelow(link, chain, Set.of())) {
				faults.add(rule + ": no way from " + link.rule() + " ends in evidence or an unknown fact");
			}
		}
		chain.stream()
			.filter((link) -> !reached.contains(link.rule()))
			.forEach((link) -> faults.add(rule + ": nothing rests on " + link.rule()));
	}

	/** Every way down from this link comes to an end. */
	private static boolean endsBelow(Cause link, List<Cause> chain, Set<String> above) {
		if (above.contains(link.rule())) {
			return false;
		}
		Set<String> path = new HashSet<>(above);
		path.add(link.rule());
		return link.sources()
			.stream()
			.filter((source) -> source.how().leadsOn())
			.allMatch((source) -> chain.stream()
				.filter((other) -> other.rule().equals(source.what()))
				.allMatch((other) -> endsBelow(other, chain, path)));
	}

}
