package io.virtwise.rules.internal.network;

import io.virtwise.rules.internal.syntax.Rule;

/**
 * A rule that is in the language and that a network cannot match.
 */
public final class NotMatchable extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Rule rule;

	NotMatchable(Rule rule, String message) {
		super(message);
		this.rule = rule;
	}

	/** The rule. */
	public Rule rule() {
		return this.rule;
	}

}
