package io.virtwise.rules;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the active rulebase knows: where each rule comes from, its text, and how its cases
 * came out.
 */
public interface Knowledge {

	/** What is documented, and which rules carry it. */
	KnowledgeIndex index();

	/** All rules, by id. */
	List<RuleText> rules();

	/**
	 * How the cases of the active rulebase came out. They run once for each revision,
	 * beside everything else, from when somebody first asks.
	 * @param patience how long to wait for a run that is under way
	 * @return nothing while they are still running
	 */
	Optional<CaseRun> cases(Duration patience);

}
