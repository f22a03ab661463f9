package io.virtwise.approval.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.approval.ApprovalExpired;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.ApprovalStatus;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Decision;
import io.virtwise.approval.Obstacle;
import io.virtwise.approval.Subject;
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

	private final ApprovalRequestTable table;

	private final ApprovalProperties properties;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	StoredApprovals(ApprovalRequestTable table, ApprovalProperties properties, Clock clock,
			ApplicationEventPublisher events) {
		this.table = table;
		this.properties = properties;
		this.clock = clock;
		this.events = events;
	}

	@Override
	@Transactional
	public ApprovalRequest ask(Subject subject, ContentHash content, String requestedBy, String lastEditedBy) {
		Instant now = now();
		ApprovalRequest request = new ApprovalRequest(Ids.next(), subject, content, requestedBy, lastEditedBy, now,
				now.plus(this.properties.validity()), this.properties.needed(), ApprovalStatus.OPEN, List.of(), 0);
		try {
			this.table.insert(request);
		}
		catch (DuplicateKeyException ex) {
			throw Refused.conflict("already-waiting", "This " + subject.type() + " waits for approval already.");
		}
		return request;
	}

	@Override
	@Transactional(readOnly = true)
	public Optional<ApprovalRequest> latest(String subjectType, String subjectId) {
		return this.table.latestId(subjectType, subjectId).flatMap(this.table::find);
	}

	@Override
	@Transactional
	public ApprovalRequest approve(String subjectType, String subjectId, Person person, ContentHash seen,
			@Nullable String comment) {
		ApprovalRequest request = lock(subjectType, subjectId);
		return decide(request, request.approve(person, seen, comment, now(), this.properties.validity()));
	}

	@Override
	@Transactional
	public ApprovalRequest deny(String subjectType, String subjectId, Person person, @Nullable String comment) {
		ApprovalRequest request = lock(subjectType, subjectId);
		return decide(request, request.deny(person, comment, now()));
	}

	@Override
	@Transactional
	public ApprovalRequest withdraw(String subjectType, String subjectId) {
		return save(lock(subjectType, subjectId).withdraw());
	}

	@Override
	@Transactional(propagation = Propagation.MANDATORY)
	public ApprovalRequest use(String subjectType, String subjectId, ContentHash present) {
		return save(lock(subjectType, subjectId).use(present, now()));
	}

	@Override
	public Optional<Obstacle> obstacle(ApprovalRequest request, Person person) {
		return request.obstacleFor(person, now());
	}

	@Override
	@Transactional(readOnly = true)
	public List<ApprovalRequest> waitingFor(Person person, int limit) {
		return person.may(Right.CHANGE_DECIDE) ? this.table.openFor(person.id(), now(), limit) : List.of();
	}

	@Override
	@Transactional(readOnly = true)
	public long countWaitingFor(Person person) {
		return person.may(Right.CHANGE_DECIDE) ? this.table.countOpenFor(person.id(), now()) : 0;
	}

	@Override
	@Transactional(readOnly = true)
	public List<ApprovalRequest> open(int limit) {
		return this.table.open(now(), limit);
	}

	@Override
	@Transactional
	public int expireOverdue() {
		int ended = 0;
		for (String id : this.table.overdue(now())) {
			ApprovalRequest request = this.table.lock(id).orElseThrow();
			boolean unused = request.status() == ApprovalStatus.OPEN || request.status() == ApprovalStatus.GRANTED;
			if (unused && !now().isBefore(request.expiresAt())) {
				this.events.publishEvent(new ApprovalExpired(save(request.expire())));
				ended++;
			}
		}
		return ended;
	}

	private ApprovalRequest lock(String subjectType, String subjectId) {
		return this.table.latestId(subjectType, subjectId)
			.flatMap(this.table::lock)
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

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

}
