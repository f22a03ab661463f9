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
	 * Asks for approval of exactly this content, as many as the policy asks for.
	 * @throws io.virtwise.shared.Refused if a request for the subject is open already, or
	 * if it is an emergency and there is no emergency path
	 */
	ApprovalRequest ask(Ask ask);

	/** The same for something that rests on nothing in particular. */
	default ApprovalRequest ask(Subject subject, ContentHash content, String requestedBy, String lastEditedBy) {
		return ask(new Ask(subject, content, requestedBy, lastEditedBy, Grounds.NONE, null));
	}

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
	 * content, and given by enough others as the policy and people's roles are now
	 */
	ApprovalRequest use(String subjectType, String subjectId, ContentHash present);

	/**
	 * Ends a request or an unused approval because what it is for has moved.
	 * @return whether there was one
	 */
	boolean voidUnused(String subjectType, String subjectId);

	/**
	 * More is known of what makes an open request, or an unused approval, risky. It may
	 * ask for more people from now on, never for less.
	 */
	void learned(String subjectType, String subjectId, Risk risk);

	/**
	 * Looks back at what was started as an emergency.
	 * @throws io.virtwise.shared.Refused with the reason if that is not possible
	 */
	ApprovalRequest review(String subjectType, String subjectId, Person person, @Nullable String comment);

	/** Why this person may not look back at it; empty if they may. */
	Optional<Obstacle> reviewObstacle(ApprovalRequest request, Person person);

	/** Emergencies that nobody has looked back at, oldest first, at most this many. */
	List<ApprovalRequest> awaitingReview(int limit);

	/** Who could decide now, by name. */
	List<Person> deciders(ApprovalRequest request);

	/** Why this person may not decide now; empty if they may. */
	Optional<Obstacle> obstacle(ApprovalRequest request, Person person);

	/** What this person can decide now, oldest first, at most this many. */
	List<ApprovalRequest> waitingFor(Person person, int limit);

	/** How much waits for this person's decision or review. */
	long countWaitingFor(Person person);

	/** What is open, oldest first, at most this many, whoever may decide it. */
	List<ApprovalRequest> open(int limit);

	/**
	 * Ends what has run out of time, publishing {@link ApprovalExpired} for each.
	 * @return how many
	 */
	int expireOverdue();

}
