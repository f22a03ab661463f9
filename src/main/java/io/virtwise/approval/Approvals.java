package io.virtwise.approval;

import java.util.List;
import java.util.Optional;

import io.virtwise.access.Person;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * Requests for approval and what was decided. The verbs take part in the caller's
 * transaction, so that a subject and its approval never disagree; each locks the
 * request's row, so that of two people who act at once one comes second.
 */
public interface Approvals {

	/**
	 * Asks for approval of exactly this content.
	 * @throws io.virtwise.shared.Refused if a request for the subject is open already
	 */
	ApprovalRequest ask(Subject subject, ContentHash content, String requestedBy, String lastEditedBy);

	/** The latest request for this subject, if there ever was one. */
	Optional<ApprovalRequest> latest(String subjectType, String subjectId);

	/**
	 * Says yes to the content that the person looked at.
	 * @throws io.virtwise.shared.Refused with the reason if that is not possible
	 */
	ApprovalRequest approve(String subjectType, String subjectId, Person person, ContentHash seen,
			@Nullable String comment);

	/**
	 * Says no.
	 * @throws io.virtwise.shared.Refused with the reason if that is not possible
	 */
	ApprovalRequest deny(String subjectType, String subjectId, Person person, @Nullable String comment);

	/**
	 * Takes a request or an unused approval back.
	 * @throws io.virtwise.shared.Refused if there is nothing to take back
	 */
	ApprovalRequest withdraw(String subjectType, String subjectId);

	/**
	 * Spends the approval, in the transaction that starts what was approved.
	 * @param present the hash of what is about to be started
	 * @throws io.virtwise.shared.Refused unless it is granted, unspent, in time, for this
	 * content, and given by somebody else than who asked or edited
	 */
	ApprovalRequest use(String subjectType, String subjectId, ContentHash present);

	/** Why this person may not decide now; empty if they may. */
	Optional<Obstacle> obstacle(ApprovalRequest request, Person person);

	/** What this person can decide now, oldest first, at most this many. */
	List<ApprovalRequest> waitingFor(Person person, int limit);

	/** How much waits for this person's decision. */
	long countWaitingFor(Person person);

	/** What is open, oldest first, at most this many, whoever may decide it. */
	List<ApprovalRequest> open(int limit);

	/**
	 * Ends what has run out of time, publishing {@link ApprovalExpired} for each.
	 * @return how many
	 */
	int expireOverdue();

}
