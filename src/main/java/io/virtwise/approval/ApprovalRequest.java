package io.virtwise.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
 * @param demand who must say yes, and why so many
 * @param grounds what the subject rests on
 * @param emergency why it could not wait for what the policy asks for, {@code null} for
 * an ordinary request
 * @param status where it stands
 * @param decisions what was said so far, in order
 * @param review what somebody else said afterwards about an emergency
 * @param version counts its updates
 */
public record ApprovalRequest(String id, Subject subject, ContentHash content, String requestedBy, String lastEditedBy,
		Instant requestedAt, Instant expiresAt, Demand demand, Grounds grounds, @Nullable String emergency,
		ApprovalStatus status, List<Decision> decisions, @Nullable Review review, long version) {

	/** How long a comment may be, in characters. */
	public static final int MAX_COMMENT = 2000;

	public ApprovalRequest {
		decisions = List.copyOf(decisions);
	}

	/** How many different people must say yes. */
	public int needed() {
		return this.demand.approvers();
	}

	/** How many people said yes so far. */
	public int given() {
		return yes().size();
	}

	/** Whether somebody else has yet to look at it after the emergency. */
	public boolean awaitsReview() {
		return this.emergency != null && this.status == ApprovalStatus.USED && this.review == null;
	}

	/**
	 * The request under the policy of today: what was asked for at first, or more. An
	 * emergency keeps its own demand.
	 */
	public ApprovalRequest under(Demand today) {
		return (this.status != ApprovalStatus.OPEN || this.emergency != null) ? this
				: copy(this.demand.with(today), this.status, this.expiresAt, this.decisions, this.review);
	}

	/** The same with this risk, where it is the worse one. */
	public ApprovalRequest orWorse(Risk risk) {
		Grounds worse = new Grounds(this.grounds.risk().orWorse(risk), this.grounds.rulebaseRevision(),
				this.grounds.rules());
		return new ApprovalRequest(this.id, this.subject, this.content, this.requestedBy, this.lastEditedBy,
				this.requestedAt, this.expiresAt, this.demand, worse, this.emergency, this.status, this.decisions,
				this.review, this.version);
	}

	/**
	 * Why this person may not decide now; empty if they may. Four eyes bind the person's
	 * id, whatever the roles.
	 */
	public Optional<Obstacle> obstacleFor(Person person, Eligibility eligibility) {
		String thing = this.subject.type();
		if (this.status == ApprovalStatus.OPEN && !eligibility.now().isBefore(this.expiresAt)) {
			return Optional.of(closed("expired", "The request to approve this " + thing + " has expired.",
					"Plan it again, so that it is looked at as things are now."));
		}
		if (this.status != ApprovalStatus.OPEN) {
			return Optional.of(closed("already-decided", "This " + thing + " is no longer waiting for approval.",
					"Read it again to see what was decided."));
		}
		Optional<Obstacle> bond = bond(person.id(), eligibility);
		if (bond.isPresent()) {
			return bond;
		}
		if (!person.may(Right.CHANGE_DECIDE)) {
			return Optional.of(missingRight());
		}
		if (this.decisions.stream().anyMatch((decision) -> decision.decidedBy().equals(person.id()))) {
			return Optional
				.of(closed("already-decided", "You have already decided.", "One more person has to look at it."));
		}
		return outsideOfGroup(person, eligibility);
	}

	/**
	 * Says yes.
	 * @param seen the hash of the content that the person looked at
	 * @param validity how long the approval may stay unused once it is granted
	 * @throws Refused if the person may not, or looked at something else
	 */
	public ApprovalRequest approve(Person person, ContentHash seen, @Nullable String comment, Duration validity,
			Eligibility eligibility) {
		check(person, eligibility);
		if (!seen.equals(this.content)) {
			throw Refused.conflict("content-changed", "You looked at other content than what waits for approval: "
					+ seen + " instead of " + this.content + ". Read the " + this.subject.type() + " again.");
		}
		ApprovalRequest next = with(
				new Decision(person.id(), Decision.Outcome.APPROVED, tidy(comment), eligibility.now()));
		boolean enough = next.given() >= this.needed() && next.unmet(next.yes(), eligibility).isEmpty();
		return enough ? next.with(ApprovalStatus.GRANTED, eligibility.now().plus(validity)) : next;
	}

	/**
	 * Says no.
	 * @throws Refused if the person may not, or gives no reason
	 */
	public ApprovalRequest deny(Person person, @Nullable String comment, Eligibility eligibility) {
		check(person, eligibility);
		String reason = tidy(comment);
		if (reason == null) {
			throw Refused.invalid("comment",
					"is empty; say why you deny, so that whoever asked knows what to do differently");
		}
		return with(new Decision(person.id(), Decision.Outcome.DENIED, reason, eligibility.now()))
			.with(ApprovalStatus.DENIED, this.expiresAt);
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
	 * @param today what the policy asks for now
	 * @param approver whether somebody may still approve
	 * @throws Refused if it was not granted, is spent or has expired, if the content is
	 * another one, or if those who approved are not enough as things are now
	 */
	public ApprovalRequest use(ContentHash present, Demand today, Predicate<String> approver, Eligibility eligibility) {
		String thing = this.subject.type();
		if (this.status != ApprovalStatus.GRANTED) {
			throw Refused.conflict("not-approved", "The approval of this " + thing + " is " + this.status.key()
					+ "; only a granted one that was not used yet starts anything.");
		}
		if (!eligibility.now().isBefore(this.expiresAt)) {
			throw Refused.conflict("expired", "The approval of this " + thing + " expired at " + this.expiresAt
					+ ". Plan it again, so that it is looked at as things are now.");
		}
		if (!present.equals(this.content)) {
			throw Refused.conflict("content-changed", "What would be started hashes to " + present
					+ ", but what was approved to " + this.content + ". Nothing is started.");
		}
		Demand demanded = (this.emergency != null) ? this.demand : this.demand.with(today);
		Set<String> others = new HashSet<>(yes());
		others.removeIf((by) -> bond(by, eligibility).isPresent() || !approver.test(by));
		if (others.size() < demanded.approvers()) {
			throw Refused.conflict("not-approved",
					"Only " + others.size() + " of " + demanded.approvers()
							+ " approvals come from somebody else who may still approve. What is asked for: "
							+ demanded.sentence() + " Withdraw it and plan it again.");
		}
		demanded.groups().keySet().forEach((group) -> {
			if (others.stream().noneMatch((by) -> eligibility.isIn(group, by))) {
				throw Refused.conflict("not-approved", "Nobody of those who approved is in the approver group " + group
						+ ". Withdraw it and plan it again.");
			}
		});
		return with(ApprovalStatus.USED, this.expiresAt);
	}

	/**
	 * Looks back at an emergency.
	 * @throws Refused if there is nothing to look back at, if the person had a hand in
	 * it, or says nothing
	 */
	public ApprovalRequest review(Person person, @Nullable String comment, Eligibility eligibility) {
		reviewObstacle(person, eligibility).ifPresent((obstacle) -> {
			throw obstacle.refusal();
		});
		String said = tidy(comment);
		if (said == null) {
			throw Refused.invalid("comment", "is empty; say what you looked at and what you think of it");
		}
		return copy(this.demand, this.status, this.expiresAt, this.decisions,
				new Review(person.id(), said, eligibility.now()));
	}

	/** Why this person may not look back at it; empty if they may. */
	public Optional<Obstacle> reviewObstacle(Person person, Eligibility eligibility) {
		if (!awaitsReview()) {
			return Optional.of(closed("no-review", "Nothing here waits for a review.",
					"Only what was started as an emergency is reviewed, once."));
		}
		Optional<Obstacle> bond = bond(person.id(), eligibility);
		if (bond.isPresent()) {
			return bond;
		}
		if (yes().contains(person.id())) {
			return Optional.of(barred("own-approval", "You approved this emergency, so you cannot review it."));
		}
		return person.may(Right.CHANGE_DECIDE) ? Optional.empty() : Optional.of(missingRight());
	}

	/** The request after its time has run out, or after what it is for has moved. */
	public ApprovalRequest expire() {
		return with(ApprovalStatus.EXPIRED, this.expiresAt);
	}

	private void check(Person person, Eligibility eligibility) {
		obstacleFor(person, eligibility).ifPresent((obstacle) -> {
			throw obstacle.refusal();
		});
	}

	/** What ties a person to the content, so that theirs are no other eyes. */
	private Optional<Obstacle> bond(String personId, Eligibility eligibility) {
		String thing = this.subject.type();
		if (personId.equals(this.requestedBy)) {
			return Optional.of(barred("own-request", "You asked for this " + thing + ", so you cannot decide it."));
		}
		if (personId.equals(this.lastEditedBy)) {
			return Optional.of(barred("own-edit", "You planned this " + thing + ", so you cannot decide it."));
		}
		Integer revision = eligibility.authors().get(personId);
		return (revision == null) ? Optional.empty()
				: Optional.of(barred("own-rule", "This " + thing + " rests on rules that you wrote in revision "
						+ revision + " of the rulebase, published lately, so you cannot decide it."));
	}

	/** Where each seat that is left is for the member of some group. */
	private Optional<Obstacle> outsideOfGroup(Person person, Eligibility eligibility) {
		Set<String> after = new HashSet<>(yes());
		after.add(person.id());
		List<String> unmet = unmet(after, eligibility);
		if (unmet.size() <= this.needed() - after.size()) {
			return Optional.empty();
		}
		return Optional.of(new Obstacle(Refused.Kind.FORBIDDEN, "not-in-group",
				"This needs somebody of the approver group " + Demand.listed(unmet) + ", and you are not in it.",
				"An administrator says who is in it, on the page of the approval policy."));
	}

	private List<String> unmet(Set<String> approvers, Eligibility eligibility) {
		return this.demand.groups()
			.keySet()
			.stream()
			.filter((group) -> approvers.stream().noneMatch((by) -> eligibility.isIn(group, by)))
			.toList();
	}

	private Set<String> yes() {
		Set<String> yes = new HashSet<>();
		this.decisions.stream()
			.filter((decision) -> decision.outcome() == Decision.Outcome.APPROVED)
			.forEach((decision) -> yes.add(decision.decidedBy()));
		return yes;
	}

	private ApprovalRequest with(Decision decision) {
		List<Decision> all = new ArrayList<>(this.decisions);
		all.add(decision);
		return copy(this.demand, this.status, this.expiresAt, all, this.review);
	}

	private ApprovalRequest with(ApprovalStatus newStatus, Instant newExpiresAt) {
		return copy(this.demand, newStatus, newExpiresAt, this.decisions, this.review);
	}

	private ApprovalRequest copy(Demand newDemand, ApprovalStatus newStatus, Instant newExpiresAt,
			List<Decision> newDecisions, @Nullable Review newReview) {
		return new ApprovalRequest(this.id, this.subject, this.content, this.requestedBy, this.lastEditedBy,
				this.requestedAt, newExpiresAt, newDemand, this.grounds, this.emergency, newStatus, newDecisions,
				newReview, this.version);
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

	private static Obstacle missingRight() {
		return new Obstacle(Refused.Kind.FORBIDDEN, "missing-right",
				"Deciding needs the right " + Right.CHANGE_DECIDE.authority() + ".",
				"The role Approver has it; an administrator gives roles.");
	}

	private static Obstacle barred(String key, String headline) {
		return new Obstacle(Refused.Kind.FORBIDDEN, key, headline,
				"This binds you as a person, whatever your roles. Another approver has to.");
	}

	private static Obstacle closed(String key, String headline, String detail) {
		return new Obstacle(Refused.Kind.CONFLICT, key, headline, detail);
	}

}
