package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.CaseRun.CaseResult;
import io.virtwise.rules.CaseRun.Miss;
import io.virtwise.rules.RulesRefused;
import org.jspecify.annotations.Nullable;

/**
 * One case of a rule: facts, which rules fire, which stay silent, and what comes out.
 */
record RuleCase(String file, int line, String rule, String name, NodeFacts facts, Map<String, Object> expected) {

	private static final Set<String> KEYS = Set.of("rule", "case", "base", "given", "fires", "silent", "verdict",
			"virtType", "cpuMode", "cpuModels", "settings", "computeDriver", "kernelModules", "imageFormats",
			"conclusions", "nova", "evidence", "requires", "commands", "unknown", "sentence", "findings");

	/** All cases beside the shipped rules, in the order of their files. */
	static List<RuleCase> shipped() {
		CaseFiles read = new CaseFiles(ShippedRules.all());
		if (!read.problems().isEmpty()) {
			throw new RulesRefused(read.problems());
		}
		return read.cases();
	}

	/**
	 * The case of this entry.
	 * @throws IllegalArgumentException if it is none
	 */
	static RuleCase of(String file, int line, Map<String, Object> bases, Map<String, Object> entry) {
		String rule = String.valueOf(entry.get("rule"));
		String name = String.valueOf(entry.get("case"));
		try {
			if (!KEYS.containsAll(entry.keySet())) {
				throw new IllegalArgumentException("unknown key in " + entry.keySet());
			}
			return new RuleCase(file, line, rule, name,
					CaseFacts.of(base(bases, entry.get("base")), CaseFacts.map(entry.get("given"))), entry);
		}
		catch (IllegalArgumentException | ClassCastException ex) {
			throw new IllegalArgumentException(rule + " › " + name + ": " + ex.getMessage(), ex);
		}
	}

	/** What differs from what is expected; empty where all is as it should be. */
	List<String> faults(Assessment assessment, Set<String> fired) {
		List<String> faults = new ArrayList<>();
		texts("fires").stream().filter((id) -> !fired.contains(id)).forEach((id) -> faults.add(id + " did not fire"));
		texts("silent").stream().filter(fired::contains).forEach((id) -> faults.add(id + " fired"));
		assessment.conflicts().forEach((one) -> faults.add(one.says()));
		Map<String, @Nullable Object> actual = actual(assessment);
		this.expected.forEach((key, value) -> {
			if (actual.containsKey(key)) {
				String wanted = (value instanceof List<?> several) ? several.toString() : String.valueOf(value);
				if (!wanted.equals(String.valueOf(actual.get(key)))) {
					faults.add(key + " is " + actual.get(key) + " instead of " + wanted);
				}
			}
		});
		return faults;
	}

	List<String> texts(String key) {
		return ((List<?>) this.expected.getOrDefault(key, List.of())).stream().map(String::valueOf).toList();
	}

	/** The case as it came out. */
	CaseResult result(Assessment assessment, Collection<String> fired, List<Miss> misses) {
		return new CaseResult(this.file, this.rule, this.name, texts("fires"), texts("silent"),
				faults(assessment, Set.copyOf(fired)), this.line, List.copyOf(fired), misses);
	}

	private Map<String, @Nullable Object> actual(Assessment assessment) {
		Map<String, @Nullable Object> actual = new LinkedHashMap<>();
		Assessment.Recommendation recommended = assessment.recommendation();
		actual.put("verdict", assessment.verdict().key());
		actual.put("sentence", assessment.sentence());
		actual.put("computeDriver", recommended.computeDriver());
		actual.put("virtType", recommended.virtType());
		actual.put("cpuMode", recommended.cpuMode());
		actual.put("cpuModels", recommended.cpuModels());
		actual.put("kernelModules", recommended.kernelModules());
		actual.put("imageFormats", recommended.imageFormats());
		actual.put("settings",
				recommended.settings().stream().map(RecommendedSetting::setting).map(RuleCase::line).toList());
		actual.put("findings", assessment.findings().stream().map(Assessment.Finding::rule).toList());
		actual.put("unknown",
				assessment.findings()
					.stream()
					.filter((one) -> one.decidingFactUnknown())
					.map((one) -> one.rule())
					.toList());
		actual.put("conclusions",
				texts("conclusions").stream()
					.filter((text) -> assessment.conclusions()
						.stream()
						.anyMatch((one) -> text.equals(one.topic() + " " + one.value())))
					.toList());
		Assessment.NovaVerdict nova = assessment.nova();
		actual.put("nova", (nova == null) ? null
				: Stream.of(nova.accepted(), nova.when(), nova.message()).map(String::valueOf).toList().toString());
		actual.put("requires", own(assessment).flatMap((one) -> one.requires().stream()).toList());
		actual.put("commands",
				own(assessment).flatMap((one) -> one.remediation().stream())
					.filter((step) -> step.command() != null)
					.map((step) -> (step.asRoot() ? "# " : "$ ") + step.command())
					.toList());
		return actual;
	}

	private Stream<Assessment.Finding> own(Assessment assessment) {
		return assessment.findings().stream().filter((one) -> one.rule().equals(this.rule));
	}

	static String line(Setting setting) {
		String name = setting.section() + "/" + setting.option();
		return (setting.value() == null) ? "-" + name : name + "=" + setting.value();
	}

	private static Map<String, Object> base(Map<String, Object> bases, @Nullable Object name) {
		if (!bases.containsKey(String.valueOf(name))) {
			throw new IllegalArgumentException("no base node is called " + name);
		}
		return CaseFacts.map(bases.get(String.valueOf(name)));
	}

	@Override
	public String toString() {
		return this.rule + " › " + this.name;
	}

}
