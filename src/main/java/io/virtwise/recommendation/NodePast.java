package io.virtwise.recommendation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What was known about a node at an earlier time, and what the rules said.
 */
public interface NodePast {

	/** The latest assessment of the node at this moment, if there was one. */
	Optional<Moment> at(String nodeId, Instant at);

	/**
	 * When it was assessed, newest first, with the verdict.
	 * @param limit how many at the most
	 */
	List<Assessed> assessments(String nodeId, int limit);

	/**
	 * An assessment with its facts in words.
	 *
	 * @param assessment the assessment
	 * @param facts what was known, and what was not
	 * @param findings what the rules found, worst first
	 */
	record Moment(NodeAssessment assessment, List<Fact> facts, List<Found> findings) {

		public Moment {
			facts = List.copyOf(facts);
			findings = List.copyOf(findings);
		}

	}

	/**
	 * A fact in words.
	 *
	 * @param name what it is about
	 * @param value what was known, {@code null} where nobody knew
	 * @param seenIn where it was seen
	 * @param seenAt when
	 */
	record Fact(String name, @Nullable String value, @Nullable String seenIn, @Nullable Instant seenAt) {
	}

	/**
	 * What a rule found.
	 *
	 * @param rule the rule's id
	 * @param severity BLOCK, HIGH, WARN or INFO; UNKNOWN where a fact that decides was
	 * not known
	 * @param title the finding's line
	 */
	record Found(String rule, String severity, String title) {
	}

	/**
	 * That a node was assessed.
	 *
	 * @param at when
	 * @param source how the newest of its facts came in, in words
	 * @param verdict the key of the verdict
	 * @param sentence the same in one sentence
	 * @param rulebaseRevision by which revision of the rulebase
	 */
	record Assessed(Instant at, String source, String verdict, String sentence, int rulebaseRevision) {
	}

}
