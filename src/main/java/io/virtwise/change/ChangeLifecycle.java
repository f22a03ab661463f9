package io.virtwise.change;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the room that carries changes out tells about them. Each call takes part in the
 * caller's transaction.
 */
public interface ChangeLifecycle {

	/** Ids of the changes that are being carried out, running or paused. */
	List<String> underway();

	/** How often this change was updated; tells cheaply whether it moved. */
	long version(String id);

	/** Where this change stands; cheap. */
	ChangeStatus status(String id);

	/** Since when it stands there; cheap. */
	Instant since(String id);

	/** Something to add to the history and the audit log that moves nothing. */
	void note(String id, String what, @Nullable String personId, String note);

	/**
	 * The nodes were looked at once more. Where guests may break, who approves has to
	 * know, so the approval may take more people from now on.
	 */
	void looked(String id);

	/**
	 * Whether those who approved this change were told that guests may break, or may not
	 * be known to fit. Asks for no right.
	 */
	boolean guestsAccepted(String id);

	/**
	 * Starts an approved change: looks at the approval again, spends it, and compares the
	 * stored bytes with what was approved.
	 * @param seen what that person looked at
	 * @param personId who starts it
	 * @return the change, running
	 * @throws io.virtwise.shared.Refused if it is not approved, or not any more
	 */
	ChangeRequest start(String id, Seen seen, String personId);

	/**
	 * Has nodes of a failed change written once more, with the same bytes. No approval is
	 * asked for again, so this is only possible while the one that was spent would still
	 * be good.
	 * @param personId who wants it
	 * @return the change, running
	 * @throws io.virtwise.shared.Refused if it did not fail, or if that is too long ago
	 */
	ChangeRequest rerun(String id, String personId);

	/**
	 * Something happened to a change that was started.
	 * @param personId who did it, {@code null} for the portal itself
	 * @param note what there is to say about it
	 * @throws io.virtwise.shared.Refused if it cannot happen to a change of this status
	 */
	ChangeRequest tell(String id, ChangeVerb verb, @Nullable String personId, @Nullable String note);

}
