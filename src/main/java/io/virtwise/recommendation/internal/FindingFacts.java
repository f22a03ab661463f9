package io.virtwise.recommendation.internal;

import java.util.TreeSet;
import java.util.regex.Pattern;

import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.shared.ContentHash;

/**
 * The hash over what a finding rests on: how bad it is, what was seen, what was told and
 * what nobody knew. The number of a line does not count, because other lines come and go.
 */
final class FindingFacts {

	private static final Pattern LINE = Pattern.compile("\\bline \\d+");

	private FindingFacts() {
	}

	static ContentHash of(Finding finding) {
		TreeSet<String> facts = new TreeSet<>(finding.evidence());
		for (Cause cause : finding.cause()) {
			cause.sources().stream().filter((source) -> !source.how().leadsOn()).forEach((source) -> {
				facts.add(source.how().key() + " " + source.what());
			});
		}
		StringBuilder text = new StringBuilder("facts under a finding, form 1\n");
		text.append(finding.rule()).append('\n').append(finding.title()).append('\n');
		text.append(finding.severity()).append(' ').append(finding.decidingFactUnknown()).append('\n');
		facts.forEach((fact) -> text.append(LINE.matcher(fact).replaceAll("line")).append('\n'));
		return ContentHash.of(text.toString());
	}

}
