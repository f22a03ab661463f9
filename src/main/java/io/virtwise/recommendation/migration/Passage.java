package io.virtwise.recommendation.migration;

import java.util.List;
import java.util.Locale;

import io.virtwise.rules.Assessment;

/**
 * Whether running guests can move from one kind of node to another, by the rules.
 *
 * @param answer YES, NO or UNKNOWN
 * @param because the sentences that the answer rests on, worst first
 * @param rules the ids of the rules that said them
 */
public record Passage(Answer answer, List<String> because, List<String> rules) {

	/** One NO is enough, and one that nobody knows leaves it open. */
	private static final List<Answer> WORST_FIRST = List.of(Answer.NO, Answer.UNKNOWN, Answer.YES);

	static Passage of(Assessment assessment) {
		for (Answer answer : WORST_FIRST) {
			List<Assessment.Conclusion> said = Conclusions.all(assessment, Conclusions.MOVE)
				.filter((one) -> one.value().equals(answer.name()))
				.toList();
			if (!said.isEmpty()) {
				return new Passage(answer, said.stream().map(Assessment.Conclusion::sentence).distinct().toList(),
						said.stream().map(Assessment.Conclusion::rule).distinct().toList());
			}
		}
		return new Passage(Answer.UNKNOWN, List.of("The rules say nothing about it."), List.of());
	}

	/** The answer as one small word. */
	public String word() {
		return this.answer.name().toLowerCase(Locale.ROOT);
	}

	/** The sentences as one text. */
	public String reason() {
		return String.join(" ", this.because);
	}

	/**
	 * Whether they can.
	 */
	public enum Answer {

		/** They can. */
		YES,
		/** They cannot. */
		NO,
		/** Nobody knows. */
		UNKNOWN

	}

}
