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
import io.virtwise.rules.internal.network.Firing.Matched;
import io.virtwise.rules.language.Conclusion;
import org.jspecify.annotations.Nullable;

/**
 * Knows which rule is just firing, so that the sinks can stamp what they are told.
 */
final class CurrentMatch {

	private final Rulebase rulebase;

	private final NodeFacts facts;

	private final EvidenceText evidence;

	private final Set<String> fired = new HashSet<>();

	private final Predicate<RuleHead> active;

	private final boolean explained;

	private @Nullable RuleHead head;

	private @Nullable Matched matched;

	private @Nullable Trace trace;

	/**
	 * @param active which rules count; a match of any other is dropped, as if the rule
	 * were not there
	 * @param explained whether anybody will ask what a rule rests on
	 */
	CurrentMatch(Rulebase rulebase, NodeFacts facts, Predicate<RuleHead> active, boolean explained) {
		this.rulebase = rulebase;
		this.facts = facts;
		this.evidence = new EvidenceText(facts);
		this.active = active;
		this.explained = explained;
	}

	/** Notes which rule fires now; whether it may. */
	boolean accept(String rule, Matched matched) {
		RuleHead head = this.rulebase.heads().get(rule);
		if (head == null) {
			throw new IllegalStateException("a rule fired that nobody read: " + rule);
		}
		this.head = head;
		this.matched = matched;
		this.trace = null;
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
		Trace known = this.trace;
		if (known == null) {
			known = this.explained ? traced(matched(), head()) : new Trace(head(), List.of(), List.of());
			this.trace = known;
		}
		return known;
	}

	private Trace traced(Matched matched, RuleHead head) {
		EvidenceLines lines = this.evidence.lines();
		this.evidence.addTo(lines, head.mentions());
		for (Object fact : matched.several()) {
			if (!(fact instanceof Conclusion)) {
				lines.add(this.evidence.ofMatched(fact));
			}
		}
		return Trace.of(head, lines.lines(), matched.conclusions());
	}

	/**
	 * The text with the values of the firing rule's variables in place of their names.
	 */
	String fill(String text) {
		if (text.indexOf('{') < 0) {
			return text;
		}
		Matched current = matched();
		return ConsequenceCheck.PLACE.matcher(text).replaceAll((place) -> {
			String variable = "$" + place.group(1);
			Object value = current.binds(variable) ? current.value(variable) : place.group();
			return Matcher.quoteReplacement(words(value));
		});
	}

	/** What the rule that is firing matched. */
	Matched matched() {
		if (this.matched == null) {
			throw new IllegalStateException("a sink is called by a firing rule only");
		}
		return this.matched;
	}

	private RuleHead head() {
		if (this.head == null) {
			throw new IllegalStateException("a sink is called by a firing rule only");
		}
		return this.head;
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
