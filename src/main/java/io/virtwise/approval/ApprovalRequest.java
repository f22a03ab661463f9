package io.virtwise.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody else looks at exactly this content and says yes or no. Every
 * verb checks its guards and gives the request as it is afterwards.
 *
 * @param id opaque
 * @param subject what is to be approved
 * @param content the hash of exactly what is to be approved
 * @param requestedBy id of the person who asked
 * @param lastEditedBy id of the person who edited the content last
 * @param requestedAt when it was asked for
 * @param expiresAt when the request, or the unused approval, ends by itself
 * @param needed how many different people must say yes
 * @param status where it stands
 * @param decisions what was said so far, in order
 * @param version counts its updates
 */
public record ApprovalRequest(String id, Subject subject, ContentHash content, String requestedBy, String lastEditedBy,
		Instant requestedAt, Instant expiresAt, int needed, ApprovalStatus status, List<Decision> decisions,
		long version) {

	/** How long a comment may be, in characters. */
	public static final int MAX_COMMENT = 2000;

	public ApprovalRequest {
		decisions = List.copyOf(decisions);
	}

	/** How many people said yes so far. */
	public int given() {
		return (int) this.decisions.stream()
			.filter((decision) -> decision.outcome() == Decision.Outcome.APPROVED)
			.count();
	}

	/**
	 * Why this person may not decide now; empty if they may. Four eyes bind the person's
	 * id, whatever the roles.
	 */
	public Optional<Obstacle> obstacleFor(Person person, Instant now) {
		String thing = this.subject.type();
		if (this.status == ApprovalStatus.OPEN && !now.isBefore(this.expiresAt)) {
			return Optional.of(closed("expired", "The request to approve this " + thing + " has expired.",
					"Plan it again, so that it is looked at as things are now."));
		}
		if (this.status != ApprovalStatus.OPEN) {
			return Optional.of(closed("already-decided", "This " + thing + " is no longer waiting for approval.",
					"Read it again to see what was decided."));
		}
		if (person.id().equals(this.requestedBy)) {
			return Optional.of(barred("own-request", "You asked for this " + thing + ", so you cannot decide it."));
		}
		if (person.id().equals(this.lastEditedBy)) {
			return Optional.of(barred("own-edit", "You planned this " + thing + ", so you cannot decide it."));
		}
		if (!person.may(Right.CHANGE_DECIDE)) {
			return Optional.of(new Obstacle(Refused.Kind.FORBIDDEN, "missing-right",
					"Deciding needs the right " + Right.CHANGE_DECIDE.authority() + ".",
					"The role Approver has it; an administrator gives roles."));
		}
		if (this.decisions.stream().anyMatch((decision) -> decision.decidedBy().equals(person.id()))) {
			return Optional
				.of(closed("already-decided", "You have already decided.", "One more person has to look at it."));
		}
		return Optional.empty();
	}

	/**
	 * Says yes.
	 * @param seen the hash of the content that the person looked at
	 * @param validity how long the approval may stay unused once it is granted
	 * @throws Refused if the person may not, or looked at something else
	 */
	public ApprovalRequest approve(Person person, ContentHash seen, @Nullable String comment, Instant now,
			Duration validity) {
		check(person, now);
		if (!seen.equals(this.content)) {
			throw Refused.conflict("content-changed", "You looked at other content than what waits for approval: "
					+ seen + " instead of " + this.content + ". Read the " + this.subject.type() + " again.");
		}
		ApprovalRequest next = with(new Decision(person.id(), Decision.Outcome.APPROVED, tidy(comment), now));
		boolean enough = next.given() >= this.needed;
		return enough ? next.with(ApprovalStatus.GRANTED, now.plus(validity)) : next;
	}

	/**
	 * Says no.
	 * @throws Refused if the person may not, or gives no reason
	 */
	public ApprovalRequest deny(Person person, @Nullable String comment, Instant now) {
		check(person, now);
		String reason = tidy(comment);
		if (reason == null) {
			throw Refused.invalid("comment",
					"is empty; say why you deny, so that whoever asked knows what to do differently");
		}
		return with(new Decision(person.id(), Decision.Outcome.DENIED, reason, now)).with(ApprovalStatus.DENIED,
				this.expiresAt);
	}

	/**
	 * Takes the request, or an unused approval, back.
	 * @throws Refused if there is nothing to take back
	 */
	public ApprovalRequest withdraw() {
		if (this.status != ApprovalStatus.OPEN && this.status != ApprovalStatus.GRANTED) {
			throw Refused.conflict("already-decided", "The approval is " + this.status.key() + " and stays so.");
		}
		return with(ApprovalStatus.WITHDRAWN, this.expiresAt);
	}

	/**
	 * Spends the approval on starting what was approved.
	 * @param present the hash of what would be started
	 * @throws Refused if it was not granted, is spent or has expired, if the content is
	 * another one, or if anybody of those who approved is barred from it
	 */
	public ApprovalRequest use(ContentHash present, Instant now) {
		String thing = this.subject.type();
		if (this.status != ApprovalStatus.GRANTED) {
			throw Refused.conflict("not-approved", "The approval of this " + thing + " is " + this.status.key()
					+ "; only a granted one that was not used yet starts anything.");
		}
		if (!now.isBefore(this.expiresAt)) {
			throw Refused.conflict("expired", "The approval of this " + thing + " expired at " + this.expiresAt
					+ ". Plan it again, so that it is looked at as things are now.");
		}
		if (!present.equals(this.content)) {
			throw Refused.conflict("content-changed", "What would be started hashes to " + present
					+ ", but what was approved to " + this.content + ". Nothing is started.");
		}
		long others = this.decisions.stream()
			.filter((decision) -> decision.outcome() == Decision.Outcome.APPROVED)
			.map(Decision::decidedBy)
			.filter((by) -> !by.equals(this.requestedBy) && !by.equals(this.lastEditedBy))
			.distinct()
			.count();
		if (others < this.needed) {
			throw Refused.conflict("not-approved",
					"Only " + others + " of " + this.needed + " approvals come from somebody else.");
		}
		return with(ApprovalStatus.USED, this.expiresAt);
	}

	/** The request after its time has run out. */
	public ApprovalRequest expire() {
		return with(ApprovalStatus.EXPIRED, this.expiresAt);
	}

	private void check(Person person, Instant now) {
		obstacleFor(person, now).ifPresent((obstacle) -> {
			throw obstacle.refusal();
		});
	}

	private ApprovalRequest with(Decision decision) {
		List<Decision> all = new ArrayList<>(this.decisions);
		all.add(decision);
		return new ApprovalRequest(this.id, this.subject, this.content, this.requestedBy, this.lastEditedBy,
				this.requestedAt, this.expiresAt, this.needed, this.status, all, this.version);
	}

	private ApprovalRequest with(ApprovalStatus newStatus, Instant newExpiresAt) {
		return new ApprovalRequest(this.id, this.subject, this.content, this.requestedBy, this.lastEditedBy,
				this.requestedAt, newExpiresAt, this.needed, newStatus, this.decisions, this.version);
	}

	private static @Nullable String tidy(@Nullable String comment) {
		if (comment == null || comment.isBlank()) {
			return null;
		}
		if (comment.length() > MAX_COMMENT) {
			throw Refused.invalid("comment", "is longer than " + MAX_COMMENT + " characters; shorten it");
		}
		return comment.strip();
	}

	private static Obstacle barred(String key, String headline) {
		return new Obstacle(Refused.Kind.FORBIDDEN, key, headline,
				"This binds you as a person, whatever your roles. Another approver has to.");
	}

	private static Obstacle closed(String key, String headline, String detail) {
		return new Obstacle(Refused.Kind.CONFLICT, key, headline, detail);
	}

}
