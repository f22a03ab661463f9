package io.virtwise.rules.internal;

import java.util.Locale;

import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * A rule that passed the check.
 *
 * @param head what is known of it
 * @param descriptor its condition and consequence as parsed
 */
record ReadRule(RuleHead head, RuleDescr descriptor) {

	/** The rule as it stands in its file. */
	RuleText text(RuleSource file) {
		String words = file.text()
			.substring(this.descriptor.getStartCharacter(),
					Math.min(this.descriptor.getEndCharacter() + 1, file.text().length()));
		return new RuleText(this.head.id(), this.head.title(), this.head.stage().name().toLowerCase(Locale.ROOT),
				this.head.severity(), this.head.document(), (this.head.since() > 0) ? this.head.since() : null,
				(this.head.until() < Integer.MAX_VALUE) ? this.head.until() : null, file.path(),
				this.descriptor.getLine(), words);
	}

}
