package io.virtwise.recommendation;

import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment.ReleaseRange;

/**
 * Answers "what would differ?" where nobody said which nova release runs, by running the
 * rules for each one.
 */
public interface ReleaseRanges {

	/**
	 * Releases in a row for which the rules say the same, oldest first; a single range
	 * where it makes no difference, none where the release is known.
	 */
	List<ReleaseRange> of(NodeFacts facts);

}
