package io.virtwise.authoring.internal;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
		return this.revisions.active().map(this::read);
	}

	@Override
	public Stream<Revision> inPlaceOf(int number) {
		return IntStream.iterate(number - 1, (one) -> one > 0, (one) -> one - 1)
			.filter((one) -> this.revisions.find(one).isPresent())
			.mapToObj(this::read);
	}

	private Revision read(int number) {
		return new Revision(number, this.texts.sources(this.revisions.tree(number)));
	}

}
