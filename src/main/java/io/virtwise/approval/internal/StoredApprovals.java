package io.virtwise.approval.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.access.Role;
import io.virtwise.approval.ApprovalExpired;
import io.virtwise.approval.ApprovalPolicies;
import io.virtwise.approval.ApprovalPolicy;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.ApprovalStatus;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Ask;
import io.virtwise.approval.Decision;
import io.virtwise.approval.Demand;
import io.virtwise.approval.Eligibility;
import io.virtwise.approval.Obstacle;
import io.virtwise.approval.Risk;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Approvals kept in the database. Who may decide is looked at under the lock of the
 * request's row.
 */
@Service
class StoredApprovals implements Approvals {

	private static final int SOME = 500;

	private final ApprovalRequestTable table;

	private final ApprovalPolicies policies;

	private final Bench bench;

	private final People people;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	StoredApprovals(ApprovalRequestTable table, ApprovalPolicies policies, Bench bench, People people, Clock clock,
			ApplicationEventPublisher events) {
		this.table = table;
		this.policies = policies;
		this.bench = bench;
		this.people = people;
		this.clock = clock;
		this.events = events;
	}

	@Override
	@Transactional
	public ApprovalRequest ask(Ask ask) {
		ApprovalPolicy policy = this.policies.current();
		if (ask.emergency() != null && !policy.emergency()) {
			throw Refused.conflict("no-emergency-path",
					"An administrator switched the emergency path off. Ask for approval the ordinary way.");
		}
		Instant now = now();
		Demand demand = (ask.emergency() != null) ? Demand.of(1) : policy.demandFor(ask.grounds().risk());
		ApprovalRequest request = new ApprovalRequest(Ids.next(), ask.subject(), ask.content(), ask.requestedBy(),
				ask.lastEditedBy(), now, now.plus(policy.validity()), demand, ask.grounds(), ask.emergency(),
				ApprovalStatus.OPEN, List.of(), null, 0);
		try {
			this.table.insert(request);
		}
		catch (DuplicateKeyException ex) {
			throw Refused.conflict("already-waiting", "This " + ask.subject().type() + " waits for approval already.");
		}
		return request;
	}

	@Override
	@Transactional(readOnly = true)
	public Optional<ApprovalRequest> latest(String subjectType, String subjectId) {
		return this.table.latestId(subjectType, subjectId).flatMap(this.table::find).map(this::underPolicy);
	}

	@Override
	@Transactional
	public ApprovalRequest approve(String subjectType, String subjectId, Person person, ContentHash seen,
			@Nullable String comment) {
		ApprovalRequest request = lock(subjectType, subjectId);
		ApprovalPolicy policy = this.policies.current();
		checkEmergency(request, policy);
		return decide(request, request.approve(person, seen, comment, policy.validity(),
				this.bench.eligibility(request, policy, now())));
	}

	@Override
	@Transactional
	public ApprovalRequest deny(String subjectType, String subjectId, Person person, @Nullable String comment) {
		ApprovalRequest request = lock(subjectType, subjectId);
		return decide(request, request.deny(person, comment, eligibility(request)));
	}

	@Override
	@Transactional
	public ApprovalRequest withdraw(String subjectType, String subjectId) {
		return save(lock(subjectType, subjectId).withdraw());
	}

	@Override
	@Transactional(propagation = Propagation.MANDATORY)
	public ApprovalRequest use(String subjectType, String subjectId, ContentHash present) {
		ApprovalRequest request = lock(subjectType, subjectId);
		ApprovalPolicy policy = this.policies.current();
		checkEmergency(request, policy);
		return save(request.use(present, policy.demandFor(request.grounds().risk()), this.bench::mayApprove,
				this.bench.eligibility(request, policy, now())));
	}

	@Override
	@Transactional(propagation = Propagation.MANDATORY)
	public boolean voidUnused(String subjectType, String subjectId) {
		Optional<ApprovalRequest> request = this.table.latestId(subjectType, subjectId)
			.flatMap(this.table::lock)
			.filter(StoredApprovals::isUnused);
		request.ifPresent((unused) -> save(unused.expire()));
		return request.isPresent();
	}

	@Override
	@Transactional(propagation = Propagation.MANDATORY)
	public void learned(String subjectType, String subjectId, Risk risk) {
		this.table.latestId(subjectType, subjectId)
			.flatMap(this.table::lock)
			.filter(StoredApprovals::isUnused)
			.filter((request) -> !request.grounds().risk().orWorse(risk).equals(request.grounds().risk()))
			.ifPresent((request) -> save(underPolicy(request.orWorse(risk))));
	}

	@Override
	@Transactional
	public ApprovalRequest review(String subjectType, String subjectId, Person person, @Nullable String comment) {
		ApprovalRequest request = lock(subjectType, subjectId);
		ApprovalRequest reviewed = request.review(person, comment, eligibility(request));
		this.table.insert(request, Objects.requireNonNull(reviewed.review()));
		return save(reviewed);
	}

	@Override
	public Optional<Obstacle> reviewObstacle(ApprovalRequest request, Person person) {
		return request.reviewObstacle(person, eligibility(request));
	}

	@Override
	@Transactional(readOnly = true)
	public List<ApprovalRequest> awaitingReview(int limit) {
		return this.table.awaitingReview(limit);
	}

	@Override
	public List<Person> deciders(ApprovalRequest request) {
		Eligibility eligibility = eligibility(request);
		return this.people.withRole(Role.APPROVER)
			.stream()
			.filter((person) -> request.obstacleFor(person, eligibility).isEmpty())
			.toList();
	}

	@Override
	public Optional<Obstacle> obstacle(ApprovalRequest request, Person person) {
		return request.obstacleFor(person, eligibility(request));
	}

	@Override
	@Transactional(readOnly = true)
	public List<ApprovalRequest> waitingFor(Person person, int limit) {
		if (!person.may(Right.CHANGE_DECIDE)) {
			return List.of();
		}
		Instant now = now();
		ApprovalPolicy policy = this.policies.current();
		return this.table.openFor(person.id(), now)
			.stream()
			.map((request) -> underPolicy(request, policy))
			.filter((request) -> request.obstacleFor(person, this.bench.eligibility(request, policy, now)).isEmpty())
			.filter((request) -> !this.bench.wrote(request, person.id()))
			.limit(limit)
			.toList();
	}

	@Override
	@Transactional(readOnly = true)
	public long countWaitingFor(Person person) {
		if (!person.may(Right.CHANGE_DECIDE)) {
			return 0;
		}
		long reviews = this.table.awaitingReview(SOME)
			.stream()
			.filter((request) -> reviewObstacle(request, person).isEmpty())
			.count();
		return waitingFor(person, SOME).size() + reviews;
	}

	@Override
	@Transactional(readOnly = true)
	public List<ApprovalRequest> open(int limit) {
		ApprovalPolicy policy = this.policies.current();
		return this.table.open(now(), limit).stream().map((request) -> underPolicy(request, policy)).toList();
	}

	@Override
	@Transactional
	public int expireOverdue() {
		int ended = 0;
		for (String id : this.table.overdue(now())) {
			ApprovalRequest request = this.table.lock(id).orElseThrow();
			if (isUnused(request) && !now().isBefore(request.expiresAt())) {
				this.events.publishEvent(new ApprovalExpired(save(request.expire())));
				ended++;
			}
		}
		return ended;
	}

	private ApprovalRequest lock(String subjectType, String subjectId) {
		return this.table.latestId(subjectType, subjectId)
			.flatMap(this.table::lock)
			.map(this::underPolicy)
			.orElseThrow(() -> Refused.conflict("not-waiting",
					"Nobody has asked for approval of this " + subjectType + " yet."));
	}

	private ApprovalRequest decide(ApprovalRequest before, ApprovalRequest after) {
		Decision decision = after.decisions().get(after.decisions().size() - 1);
		this.table.insert(before, decision);
		return save(after);
	}

	private ApprovalRequest save(ApprovalRequest request) {
		if (!this.table.update(request)) {
			throw Refused.conflict("changed-meanwhile", "Somebody else was quicker. Read it again.");
		}
		return this.table.find(request.id()).orElseThrow();
	}

	private ApprovalRequest underPolicy(ApprovalRequest request) {
		return underPolicy(request, this.policies.current());
	}

	/** Asks for more where the policy does by now. */
	private static ApprovalRequest underPolicy(ApprovalRequest request, ApprovalPolicy policy) {
		return request.under(policy.demandFor(request.grounds().risk()));
	}

	private static void checkEmergency(ApprovalRequest request, ApprovalPolicy policy) {
		if (request.emergency() != null && !policy.emergency()) {
			throw Refused.conflict("no-emergency-path",
					"This was asked for as an emergency, and an administrator switched the emergency path off since."
							+ " Withdraw it and plan it again.");
		}
	}

	private Eligibility eligibility(ApprovalRequest request) {
		return this.bench.eligibility(request, this.policies.current(), now());
	}

	private static boolean isUnused(ApprovalRequest request) {
		return request.status() == ApprovalStatus.OPEN || request.status() == ApprovalStatus.GRANTED;
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

}
