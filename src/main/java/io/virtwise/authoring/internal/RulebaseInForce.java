package io.virtwise.authoring.internal;

import java.util.Optional;

import io.virtwise.rules.RulebaseAtStart;

import org.springframework.stereotype.Component;

/**
 * Tells the rules room at its start which revision is in force. Before the first start
 * there is none, and the shipped one is taken.
 */
@Component
class RulebaseInForce implements RulebaseAtStart {

	private final RevisionTable revisions;

	private final TextTable texts;

	RulebaseInForce(RevisionTable revisions, TextTable texts) {
		this.revisions = revisions;
		this.texts = texts;
	}

	@Override
	public Optional<Revision> revision() {
		return this.revisions.active()
			.map((number) -> new Revision(number, this.texts.sources(this.revisions.tree(number))));
	}

}
