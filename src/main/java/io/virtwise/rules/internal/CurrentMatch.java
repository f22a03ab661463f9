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
import io.virtwise.nova.Setting;
import io.virtwise.rules.internal.network.Firing.Matched;
import org.jspecify.annotations.Nullable;

/**
 * Knows which rule is just firing, so that the sinks can stamp what they are told.
 */
final class CurrentMatch {

	private final Rulebase rulebase;

	private final NodeFacts facts;

	private final @Nullable EvidenceText evidence;

	private final List<String> fired = new ArrayList<>();

	private final Predicate<RuleHead> active;

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
		this.evidence = explained ? new EvidenceText(facts) : null;
		this.active = active;
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
			known = (this.evidence != null) ? new Trace(head(), matched().rests(), this.evidence)
					: new Trace(head(), null, null);
			this.trace = known;
		}
		return known;
	}

	/**
	 * The text with the values of the firing rule's variables in place of their names.
	 */
	String fill(String text) {
		Phrases.Phrase phrase = this.rulebase.phrases().of(text);
		return phrase.isWhole() ? text : phrase.filled(this::bound);
	}

	/**
	 * The same for a message of nova, which prints a value between single quotes as
	 * Python does.
	 */
	String print(String text) {
		Phrases.Phrase phrase = this.rulebase.phrases().of(text);
		return phrase.isWhole() ? text : phrase.printed(this::bound);
	}

	private @Nullable String bound(String variable) {
		return matched().binds(variable) ? words(matched().value(variable)) : null;
	}

	/** The setting that a text of the firing rule names. */
	Setting setting(String text) {
		return this.rulebase.phrases().setting(text, fill(text));
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
