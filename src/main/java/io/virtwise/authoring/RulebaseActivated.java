package io.virtwise.authoring;

import java.util.Set;

/**
 * Another revision of the rulebase came into force. Published inside the transaction that
 * says so; what waits for approval and rests on the revision before should be marked.
 *
 * @param revision the revision in force now
 * @param sha256 the hash that its assessments name
 * @param before the revision that was in force until now
 * @param rules ids of the rules that differ between the two
 */
public record RulebaseActivated(int revision, String sha256, int before, Set<String> rules) {

	public RulebaseActivated {
		rules = Set.copyOf(rules);
	}

}
