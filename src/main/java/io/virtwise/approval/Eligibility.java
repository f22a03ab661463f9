package io.virtwise.approval;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Who may decide, beyond what the request itself knows.
 *
 * @param now the present moment
 * @param authors people barred as authors, and the revision that each of them wrote
 * @param members ids of the people in each approver group
 */
public record Eligibility(Instant now, Map<String, Integer> authors, Map<String, Set<String>> members) {

	/** Whether this person is in this approver group. */
	public boolean isIn(String group, String personId) {
		return this.members.getOrDefault(group, Set.of()).contains(personId);
	}

}
