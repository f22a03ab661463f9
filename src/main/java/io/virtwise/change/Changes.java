package io.virtwise.change;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.approval.Demand;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

/**
 * Changes and what people may do with them. Every verb is one transaction, is refused
 * with {@link io.virtwise.shared.Refused} where state, content or person stand against
 * it, and is written to the audit log.
 */
public interface Changes {

	/**
	 * Plans a change from what was last read of each node; nothing is written anywhere.
	 */
	ChangeRequest plan(PlanCommand command);

	/**
	 * Plans what a person wants done about a file that is no longer what was approved.
	 * The change that comes of it is approved and started like any other.
	 */
	ChangeRequest answer(DriftCommand command);

	/** The change with this id, or with this number. */
	ChangeRequest get(String idOrNumber);

	/** Changes, newest first unless asked otherwise. */
	Slice<ChangeSummary> list(ChangeFilter filter, SliceRequest request);

	/** How many changes there are of each status; every status is there. */
	Map<ChangeStatus, Long> countsByStatus();

	/** What happened to this change, oldest first. */
	List<ChangeLogEntry> log(String id);

	/**
	 * Asks for approval.
	 * @param emergency why it cannot wait for what the policy asks for, {@code null}
	 * where it can
	 */
	ChangeRequest submit(String id, Seen seen, @Nullable String emergency);

	/** Says yes to the content that was looked at, whose hash must be told. */
	ChangeRequest approve(String id, Seen seen, @Nullable String comment);

	/** Says no, with the reason. */
	ChangeRequest deny(String id, Seen seen, @Nullable String comment);

	/**
	 * Takes the change back before it was started.
	 * @param comment in that person's words, for the history
	 */
	ChangeRequest withdraw(String id, Seen seen, @Nullable String comment);

	/** Looks back at an emergency that was started. */
	ChangeRequest review(String id, Seen seen, @Nullable String comment);

	/**
	 * Lets pass what a person looked at as it is now.
	 * @throws io.virtwise.shared.Refused with what moved meanwhile
	 */
	void check(String id, Seen seen);

	/**
	 * Looks anew before somebody decides.
	 * @return what moved under the plan since it was made, a sentence part each
	 * @throws io.virtwise.shared.Refused if it is not what the person looked at any more
	 */
	List<String> recheck(String id, Seen seen);

	/** What a policy of approvals would ask for now. */
	Demand demand(String id);

	/**
	 * What a change does to one of its nodes, the others left out: a change may have
	 * hundreds. Asks for no right, like the next.
	 */
	Optional<OfNode> findNode(String changeId, String nodeId);

	/** Finds a change without asking for a right; for the rooms that carry it out. */
	Optional<ChangeRequest> find(String id);

	/**
	 * A change as far as it concerns one node.
	 *
	 * @param changeId the change
	 * @param number its number, for people
	 * @param title what it does, in a line
	 * @param planned what it does to the node
	 */
	record OfNode(String changeId, long number, String title, PlannedNode planned) {
	}

}
