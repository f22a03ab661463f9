package io.virtwise.rules.internal;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.language.Conclusion;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.Match;

/**
 * Knows which rule is just firing, so that the sinks can stamp what they are told. It
 * lets every match through.
 */
final class CurrentMatch implements AgendaFilter {

	private final Rulebase rulebase;

	private final NodeFacts facts;

	private @Nullable Match match;

	CurrentMatch(Rulebase rulebase, NodeFacts facts) {
		this.rulebase = rulebase;
		this.facts = facts;
	}

	@Override
	public boolean accept(Match match) {
		this.match = match;
		return true;
	}

	/** What the rule that is firing rests on. */
	Trace trace() {
		Match current = current();
		RuleHead head = this.rulebase.heads().get(current.getRule().getName());
		if (head == null) {
			throw new IllegalStateException("a rule fired that nobody read: " + current.getRule().getName());
		}
		Set<Conclusion> conclusions = new HashSet<>();
		for (Object fact : current.getObjects()) {
			if (fact instanceof Conclusion conclusion) {
				conclusions.add(conclusion);
			}
		}
		return new Trace(head, EvidenceText.of(head.mentions(), this.facts), conclusions);
	}

	/**
	 * The text with the values of the firing rule's variables in place of their names.
	 */
	String fill(String text) {
		Match current = current();
		List<String> variables = current.getDeclarationIds();
		Matcher places = ConsequenceCheck.PLACE.matcher(text);
		return places.replaceAll((place) -> {
			String variable = "$" + place.group(1);
			Object value = variables.contains(variable) ? current.getDeclarationValue(variable) : place.group();
			return Matcher.quoteReplacement(words(value));
		});
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
