package io.virtwise.authoring.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.virtwise.authoring.Impact.Kind;
import io.virtwise.authoring.ImpactChange;
import io.virtwise.authoring.ImpactChange.FindingChange;
import io.virtwise.authoring.ImpactChange.SettingChange;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Conflict;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.RecommendedSetting;
import org.jspecify.annotations.Nullable;

/**
 * Compares two assessments of the same facts, in what people act on: verdict, settings,
 * and findings with what they say and ask for.
 */
final class AssessmentDifference {

	private AssessmentDifference() {
	}

	/** What is different, {@code null} where nothing is. */
	static @Nullable ImpactChange between(Assessment before, Assessment after) {
		List<SettingChange> settings = settings(before, after);
		List<FindingChange> findings = findings(before, after);
		List<String> conflicts = after.conflicts()
			.stream()
			.map(Conflict::says)
			.filter((one) -> before.conflicts().stream().map(Conflict::says).noneMatch(one::equals))
			.toList();
		List<Kind> kinds = new ArrayList<>();
		if (!conflicts.isEmpty()) {
			kinds.add(Kind.CONFLICTS);
		}
		if (before.verdict() != after.verdict()) {
			kinds.add(Kind.VERDICT);
		}
		if (!settings.isEmpty()) {
			kinds.add(Kind.SETTINGS);
		}
		if (!findings.isEmpty()) {
			kinds.add(Kind.FINDINGS);
		}
		return kinds.isEmpty() ? null : new ImpactChange(kinds, before.verdict().key(), after.verdict().key(), settings,
				findings, null, conflicts);
	}

	/** The draft's rules could not be run. */
	static ImpactChange failed(Assessment before, @Nullable String failure) {
		String key = before.verdict().key();
		return new ImpactChange(List.of(Kind.ERROR), key, key, List.of(), List.of(),
				Objects.requireNonNullElse(failure, "the rules could not be run"), List.of());
	}

	private static List<SettingChange> settings(Assessment before, Assessment after) {
		Map<String, RecommendedSetting> old = byOption(before);
		Map<String, RecommendedSetting> now = byOption(after);
		List<SettingChange> changes = new ArrayList<>();
		for (String key : union(old, now)) {
			RecommendedSetting one = old.get(key);
			RecommendedSetting other = now.get(key);
			if (!Objects.equals(value(one), value(other))) {
				var setting = Objects.requireNonNull((one != null) ? one : other).setting();
				changes.add(new SettingChange(setting.section(), setting.option(), value(one), value(other)));
			}
		}
		return changes;
	}

	private static List<FindingChange> findings(Assessment before, Assessment after) {
		Map<String, Finding> old = byRule(before);
		Map<String, Finding> now = byRule(after);
		List<FindingChange> changes = new ArrayList<>();
		for (String rule : union(old, now)) {
			Finding one = old.get(rule);
			Finding other = now.get(rule);
			if (one == null || other == null || !same(one, other)) {
				changes.add(new FindingChange(rule.substring(0, rule.indexOf(' ')), said(one), said(other)));
			}
		}
		return changes;
	}

	private static boolean same(Finding one, Finding other) {
		return one.severity() == other.severity() && one.title().equals(other.title())
				&& one.reason().equals(other.reason()) && one.remediation().equals(other.remediation())
				&& one.requires().equals(other.requires());
	}

	private static Map<String, RecommendedSetting> byOption(Assessment assessment) {
		Map<String, RecommendedSetting> settings = new TreeMap<>();
		assessment.recommendation()
			.settings()
			.forEach((one) -> settings.put(one.setting().section() + "/" + one.setting().option(), one));
		return settings;
	}

	/** A rule may find something several times. */
	private static Map<String, Finding> byRule(Assessment assessment) {
		Map<String, Finding> findings = new TreeMap<>();
		for (Finding finding : assessment.findings()) {
			int again = 1;
			while (findings.containsKey(finding.rule() + " " + again)) {
				again++;
			}
			findings.put(finding.rule() + " " + again, finding);
		}
		return findings;
	}

	private static <T> Set<String> union(Map<String, T> one, Map<String, T> other) {
		TreeSet<String> keys = new TreeSet<>(one.keySet());
		keys.addAll(other.keySet());
		return keys;
	}

	private static @Nullable String value(@Nullable RecommendedSetting setting) {
		return (setting == null) ? null : Objects.requireNonNullElse(setting.setting().value(), "-");
	}

	private static @Nullable String said(@Nullable Finding finding) {
		return (finding == null) ? null : finding.severity() + ": " + finding.title();
	}

}
