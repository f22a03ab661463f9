package io.virtwise.approval.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import io.virtwise.approval.ApprovalPolicies;
import io.virtwise.approval.ApprovalPolicy;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The policy kept in the database.
 */
@Service
class StoredPolicies implements ApprovalPolicies {

	private final PolicyTable table;

	private final ApprovalProperties properties;

	private final People people;

	private final CurrentUser currentUser;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	StoredPolicies(PolicyTable table, ApprovalProperties properties, People people, CurrentUser currentUser,
			Clock clock, ApplicationEventPublisher events) {
		this.table = table;
		this.properties = properties;
		this.people = people;
		this.currentUser = currentUser;
		this.clock = clock;
		this.events = events;
	}

	@Override
	@Transactional(readOnly = true)
	public ApprovalPolicy current() {
		return this.table.newest().orElseGet(this::first);
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('policy:write')")
	public ApprovalPolicy toEdit() {
		return current();
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('policy:write')")
	public ApprovalPolicy set(ApprovalPolicy wanted) {
		PolicyCheck.check(wanted, this.people);
		ApprovalPolicy before = current();
		if (wanted.version() != before.version()) {
			throw moved(before);
		}
		ApprovalPolicy next = new ApprovalPolicy(before.version() + 1, wanted.approvers(), wanted.approversAtRisk(),
				wanted.riskyOptions(), wanted.riskyReboot(), wanted.riskyAbove(), wanted.groups(), wanted.members(),
				wanted.emergency(), wanted.validity(), wanted.authorsBarred(), this.currentUser.require().id(),
				this.clock.instant().truncatedTo(ChronoUnit.MICROS));
		try {
			this.table.insert(next);
		}
		catch (DuplicateKeyException ex) {
			throw Refused.conflict("changed-meanwhile",
					"Somebody else set the approval policy in this moment. Read it again.");
		}
		this.events.publishEvent(new AuditableEvent("approval-policy.changed", "approval-policy", "approval-policy",
				"Approval policy", before.describe(), next.describe()));
		return next;
	}

	private Refused moved(ApprovalPolicy now) {
		String by = now.changedBy();
		String who = (by != null) ? this.people.nameOf(by) + " set it at " + now.changedAt() : "it is as it was first";
		return Refused.conflict("changed-meanwhile",
				"You read another edition of the approval policy than the present one: " + who + ". Read it again.");
	}

	private ApprovalPolicy first() {
		int approvers = this.properties.needed();
		return new ApprovalPolicy(0, approvers, Math.max(2, approvers), List.of("virt_type", "cpu_mode"), true, 10,
				Map.of(), Map.of(), true, this.properties.validity(), Duration.ofDays(30), null, null);
	}

}
