package io.virtwise.rules.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.virtwise.rules.internal.syntax.Canonical;

/**
 * What is different between two rulebases, and what hangs on it.
 *
 * @param before the one
 * @param after the other
 */
record RulesThatDiffer(RuleLinks before, RuleLinks after) {

	private static final Set<String> SETTINGS = Set.of("settings", "cpuFlags", "recommend");

	private static final Set<String> FINDINGS = Set.of("finding", "unknown", "novaRefuses");

	/** Rules of the one that the other does not have like this. */
	List<ReadRule> gone() {
		return without(this.before.rules(), this.after.rules());
	}

	/** Rules of the other that the one does not have like this. */
	List<ReadRule> come() {
		return without(this.after.rules(), this.before.rules());
	}

	/** Rules of the one that can fire otherwise than in the other. */
	List<ReadRule> touchedBefore() {
		return touched(this.before, gone(), come());
	}

	/** Rules of the other that can fire otherwise than in the one. */
	List<ReadRule> touchedAfter() {
		return touched(this.after, come(), gone());
	}

	/** Whether other settings can come of it. */
	boolean touchesSettings() {
		return Stream.concat(touchedBefore().stream(), touchedAfter().stream())
			.anyMatch(RulesThatDiffer::setsSomething);
	}

	/** Whether a rule says what nova.conf should have, or what should be in force. */
	static boolean setsSomething(ReadRule rule) {
		return isAdvice(rule) && SETTINGS.contains(rule.tree().call().method());
	}

	/** Whether a rule has a say in the verdict. */
	static boolean judges(ReadRule rule) {
		String method = rule.tree().call().method();
		return isAdvice(rule) && FINDINGS.contains(method)
				&& VerdictTally.counts(rule.head().severity(), method.equals("unknown"));
	}

	private static boolean isAdvice(ReadRule rule) {
		return rule.head().stage() == Stage.ADVISE;
	}

	/**
	 * What differs in one of them can lead to rules of both; these are the same in both,
	 * or differ themselves.
	 */
	private static List<ReadRule> touched(RuleLinks links, List<ReadRule> own, List<ReadRule> others) {
		List<ReadRule> first = Stream.of(own, links.askingFor(others)).flatMap(List::stream).distinct().toList();
		return links.ledTo(first);
	}

	/** The head stands in the text, too. */
	private static List<ReadRule> without(List<ReadRule> some, List<ReadRule> others) {
		Map<String, String> texts = new HashMap<>();
		others.forEach((rule) -> texts.put(rule.head().id(), Canonical.text(rule.tree())));
		return some.stream()
			.filter((rule) -> !Canonical.text(rule.tree()).equals(texts.get(rule.head().id())))
			.toList();
	}

}
