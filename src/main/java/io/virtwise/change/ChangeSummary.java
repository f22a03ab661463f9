package io.virtwise.change;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A change as a row of a list: everything but the bytes.
 *
 * @param id opaque
 * @param number short, for people
 * @param title what it does, in a line
 * @param reason why
 * @param status where it stands
 * @param statusAt since when
 * @param plannedBy id of the person who planned it
 * @param plannedAt when
 * @param requestedBy id of the person who asked for approval, {@code null} in a draft
 * @param nodeNames names of the first few nodes
 * @param nodeCount how many there are
 */
public record ChangeSummary(String id, long number, String title, String reason, ChangeStatus status, Instant statusAt,
		String plannedBy, Instant plannedAt, @Nullable String requestedBy, List<String> nodeNames, int nodeCount) {

	public ChangeSummary {
		nodeNames = List.copyOf(nodeNames);
	}

}
