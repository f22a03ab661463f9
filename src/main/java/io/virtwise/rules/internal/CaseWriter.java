package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.StoredCase;

/**
 * Makes a case of the facts of a node: what is left of them without names and secrets,
 * and what the rules make of that. What is expected is what comes out now; its author
 * changes it to what should come out.
 */
final class CaseWriter {

	private static final String NOTHING = "nothing";

	private final Rulebase rulebase;

	private final AssessmentWriter writer;

	CaseWriter(Rulebase rulebase, AssessmentWriter writer) {
		this.rulebase = rulebase;
		this.writer = writer;
	}

	/** The case, under the first name that no case of this rule has. */
	StoredCase write(NodeFacts facts, List<RuleCase> present) {
		Map<String, Object> given = new PlainFacts(literals()).of(facts);
		NodeFacts left = CaseFacts.of(Map.of(), given);
		Run run = new Run(this.rulebase, left);
		Assessment assessment = this.writer.write(this.rulebase.revision(), left, run);
		RuleText rule = about(assessment, run.fired());
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("rule", rule.id());
		entry.put("case", name(rule, present));
		entry.put("base", NOTHING);
		entry.put("given", given);
		entry.put("fires", List.copyOf(run.fired()));
		entry.put("verdict", assessment.verdict().key());
		entry.put("settings",
				assessment.recommendation().settings().stream().map((one) -> RuleCase.line(one.setting())).toList());
		entry.put("findings", assessment.findings().stream().map(Finding::rule).toList());
		return new StoredCase(rule.file().replaceFirst("\\.drl$", ".cases.yaml"), rule.id(), PlainYaml.entry(entry),
				different(run.fired(), new Run(this.rulebase, facts).fired()));
	}

	/** The worst finding's rule, else any that fired. */
	private RuleText about(Assessment assessment, Set<String> fired) {
		String id = assessment.findings()
			.stream()
			.map(Finding::rule)
			.findFirst()
			.or(() -> fired.stream().findFirst())
			.orElseThrow(
					() -> new IllegalArgumentException("no rule fires on these facts, so there is no case to make"));
		return this.rulebase.texts().stream().filter((one) -> one.id().equals(id)).findFirst().orElseThrow();
	}

	private static String name(RuleText rule, List<RuleCase> present) {
		Set<String> taken = new TreeSet<>();
		present.stream().filter((one) -> one.rule().equals(rule.id())).forEach((one) -> taken.add(one.name()));
		String name = "on a stored node";
		int number = 1;
		while (taken.contains((number == 1) ? name : name + " " + number)) {
			number++;
		}
		return (number == 1) ? name : name + " " + number;
	}

	/** Texts that rules compare with say nothing of a site. */
	private Set<String> literals() {
		Set<String> literals = new TreeSet<>();
		this.rulebase.trees()
			.values()
			.forEach((rule) -> rule.patterns()
				.flatMap((pattern) -> pattern.constraints().stream())
				.flatMap((one) -> one.all())
				.forEach((one) -> PlainFacts.texts(one, literals)));
		return literals;
	}

	private static List<String> different(Set<String> some, Set<String> others) {
		List<String> different = new ArrayList<>(some.stream().filter((one) -> !others.contains(one)).toList());
		others.stream().filter((one) -> !some.contains(one)).forEach(different::add);
		return different.stream().filter(Objects::nonNull).sorted().toList();
	}

}
