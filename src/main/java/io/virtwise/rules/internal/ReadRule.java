package io.virtwise.rules.internal;

import java.util.Locale;

import io.virtwise.rules.RuleText;
import io.virtwise.rules.internal.syntax.Rule;

/**
 * A rule that passed the check.
 *
 * @param head what is known of it
 * @param tree its condition and consequence
 */
record ReadRule(RuleHead head, Rule tree) {

	/** The rule as it stands in its file. */
	RuleText text(String file) {
		return new RuleText(this.head.id(), this.head.title(), this.head.stage().name().toLowerCase(Locale.ROOT),
				this.head.severity(), this.head.document(), (this.head.since() > 0) ? this.head.since() : null,
				(this.head.until() < Integer.MAX_VALUE) ? this.head.until() : null, file, this.tree.place().line(),
				this.tree.source());
	}

}
