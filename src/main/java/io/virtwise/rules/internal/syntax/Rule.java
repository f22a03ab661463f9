package io.virtwise.rules.internal.syntax;

import java.util.List;
import java.util.stream.Stream;

/**
 * A rule as a tree. What is not in it is not in the language.
 *
 * @param place where it begins
 * @param name its id and its sentence
 * @param annotations what its head says
 * @param conditions all of which must hold, in their order
 * @param call what then happens
 * @param source the rule as its author wrote it
 */
public record Rule(Place place, String name, List<Annotation> annotations, List<Condition> conditions, Call call,
		String source) {

	public Rule {
		annotations = List.copyOf(annotations);
		conditions = List.copyOf(conditions);
	}

	/** All patterns, in reading order. */
	public Stream<Condition.Pattern> patterns() {
		return this.conditions.stream().flatMap(Condition::patterns);
	}

	/** The same without what its head says of it. */
	public Rule withoutAnnotations() {
		return new Rule(this.place, this.name, List.of(), this.conditions, this.call, this.source);
	}

}
