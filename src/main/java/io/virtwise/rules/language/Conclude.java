package io.virtwise.rules.language;

/**
 * The sink of the first stage: what a rule derives from facts.
 */
public interface Conclude {

	/**
	 * Derives a conclusion.
	 * @param sentence the same as a sentence for people, with bound values in braces
	 */
	void that(Topic topic, Answer answer, String sentence);

}
