package io.virtwise.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which rulebase is in force when the portal starts. Where there is none of it, or
 * it says none, that is the shipped one.
 */
@FunctionalInterface
public interface RulebaseAtStart {

	/** The rulebase that was in force when the portal stopped. */
	Optional<Revision> revision();

	/**
	 * Revisions that may stand in where that one cannot be built, because a newer portal
	 * understands its text no more: the best first, each read when it is asked for.
	 */
	default Stream<Revision> inPlaceOf(int number) {
		return Stream.empty();
	}

	/**
	 * A revision by its files.
	 *
	 * @param number its number
	 * @param files all of them
	 */
	record Revision(int number, List<RuleSource> files) {

		public Revision {
			files = List.copyOf(files);
		}

	}

}
