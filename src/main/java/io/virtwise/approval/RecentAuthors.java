package io.virtwise.approval;

import java.time.Instant;
import java.util.List;

/**
 * Port: who wrote the rules that something rests on. The room of rule authors implements
 * it; without it no rule has an author.
 */
public interface RecentAuthors {

	/**
	 * Who wrote these rules as they are in this revision, as far as that was published
	 * lately. Where it is not clear which rules of a revision somebody touched, all of
	 * them.
	 * @param rulebaseRevision the revision that something rests on
	 * @param rules ids of the rules that asked for it
	 * @param since only what was published at this moment or later
	 */
	List<Authorship> of(int rulebaseRevision, List<String> rules, Instant since);

	/**
	 * Somebody's hand in a rule.
	 *
	 * @param personId who
	 * @param revision the revision that brought it
	 * @param publishedAt when that was published
	 */
	record Authorship(String personId, int revision, Instant publishedAt) {
	}

}
