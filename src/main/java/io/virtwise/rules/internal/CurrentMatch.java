package io.virtwise.rules.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.language.Conclusion;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.Match;

/**
 * Knows which rule is just firing, so that the sinks can stamp what they are told.
 */
final class CurrentMatch implements AgendaFilter {

	private final Rulebase rulebase;

	private final NodeFacts facts;

	private final EvidenceText evidence;

	private final Set<String> fired = new HashSet<>();

	private @Nullable Match match;

	private final Predicate<RuleHead> active;

	/**
	 * @param active which rules count; a match of any other is dropped, as if the rule
	 * were not there
	 */
	CurrentMatch(Rulebase rulebase, NodeFacts facts, Predicate<RuleHead> active) {
		this.rulebase = rulebase;
		this.facts = facts;
		this.evidence = new EvidenceText(facts);
		this.active = active;
	}

	@Override
	public boolean accept(Match match) {
		this.match = match;
		RuleHead head = head(match);
		if (!this.active.test(head)) {
			return false;
		}
		this.fired.add(head.id());
		return true;
	}

	/** Ids of the rules that fired. */
	Set<String> fired() {
		return Collections.unmodifiableSet(new TreeSet<>(this.fired));
	}

	/** The facts of the node. */
	NodeFacts facts() {
		return this.facts;
	}

	/** What the rule that is firing rests on. */
	Trace trace() {
		Match current = current();
		RuleHead head = head(current);
		Set<Conclusion> conclusions = new HashSet<>();
		EvidenceLines lines = this.evidence.lines();
		this.evidence.addTo(lines, head.mentions());
		for (Object fact : current.getObjects()) {
			if (fact instanceof Conclusion conclusion) {
				conclusions.add(conclusion);
			}
			else {
				lines.add(this.evidence.ofMatched(fact));
			}
		}
		return Trace.of(head, lines.lines(), conclusions);
	}

	/**
	 * The text with the values of the firing rule's variables in place of their names.
	 */
	String fill(String text) {
		if (text.indexOf('{') < 0) {
			return text;
		}
		Match current = current();
		List<String> variables = current.getDeclarationIds();
		Matcher places = ConsequenceCheck.PLACE.matcher(text);
		return places.replaceAll((place) -> {
			String variable = "$" + place.group(1);
			Object value = variables.contains(variable) ? current.getDeclarationValue(variable) : place.group();
			return Matcher.quoteReplacement(words(value));
		});
	}

	private RuleHead head(Match match) {
		RuleHead head = this.rulebase.heads().get(match.getRule().getName());
		if (head == null) {
			throw new IllegalStateException("a rule fired that nobody read: " + match.getRule().getName());
		}
		return head;
	}

	private Match current() {
		if (this.match == null) {
			throw new IllegalStateException("a sink is called by a firing rule only");
		}
		return this.match;
	}

	private static String words(@Nullable Object value) {
		if (value instanceof Collection<?> several) {
			return several.stream().map(CurrentMatch::words).collect(Collectors.joining(", "));
		}
		if (value instanceof Enum<?> word) {
			return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}
		return String.valueOf(value);
	}

}
