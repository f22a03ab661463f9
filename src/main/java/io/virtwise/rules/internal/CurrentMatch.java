package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.internal.network.Firing.Matched;
import org.jspecify.annotations.Nullable;

/**
 * Knows which rule is just firing, so that the sinks can stamp what they are told.
 */
final class CurrentMatch {

	private final Rulebase rulebase;

	private final NodeFacts facts;

	private final EvidenceText evidence;

	private final List<String> fired = new ArrayList<>();

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
		return accept(head, matched);
	}

	/** The same of a rule that is known. */
	boolean accept(RuleHead head, Matched matched) {
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
			known = this.explained ? new Trace(head(), matched().rests(), this.evidence)
					: new Trace(head(), null, null);
			this.trace = known;
		}
		return known;
	}

	/**
	 * The text with the values of the firing rule's variables in place of their names.
	 */
	String fill(String text) {
		int open = text.indexOf('{');
		if (open < 0) {
			return text;
		}
		Matched current = matched();
		StringBuilder filled = new StringBuilder(text.length() + 40);
		int from = 0;
		while (open >= 0) {
			int close = endOfName(text, open + 1);
			String variable = (close > 0) ? "$" + text.substring(open + 1, close) : "";
			if (close > 0 && current.binds(variable)) {
				filled.append(text, from, open).append(words(current.value(variable)));
				from = close + 1;
			}
			open = text.indexOf('{', Math.max(from, open + 1));
		}
		return filled.append(text, from, text.length()).toString();
	}

	/** Where the name of a variable ends that a brace closes, 0 if it is no name. */
	private static int endOfName(String text, int from) {
		int at = from;
		while (at < text.length() && isOfName(text.charAt(at), at > from)) {
			at++;
		}
		return (at > from && at < text.length() && text.charAt(at) == '}') ? at : 0;
	}

	private static boolean isOfName(char letter, boolean further) {
		return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
				|| (further && (letter == '_' || (letter >= '0' && letter <= '9')));
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
