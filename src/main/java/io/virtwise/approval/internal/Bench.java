package io.virtwise.approval.internal;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.approval.ApprovalPolicy;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.CoAuthors;
import io.virtwise.approval.Eligibility;
import io.virtwise.approval.Grounds;
import io.virtwise.approval.RecentAuthors;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Who may sit in judgement over a request, by people's roles, the policy's groups and the
 * authors of rules as they are now.
 */
@Component
class Bench {

	private final People people;

	private final ObjectProvider<RecentAuthors> authors;

	private final ObjectProvider<CoAuthors> coAuthors;

	Bench(People people, ObjectProvider<RecentAuthors> authors, ObjectProvider<CoAuthors> coAuthors) {
		this.people = people;
		this.authors = authors;
		this.coAuthors = coAuthors;
	}

	/** Whether this person wrote something in it, without having asked for it. */
	boolean wrote(ApprovalRequest request, String personId) {
		return this.coAuthors.stream()
			.anyMatch((each) -> each.of(request.subject().type(), request.subject().id()).contains(personId));
	}

	Eligibility eligibility(ApprovalRequest request, ApprovalPolicy policy, Instant now) {
		Grounds grounds = request.grounds();
		Map<String, Integer> barred = new HashMap<>();
		if (grounds.rulebaseRevision() > 0 && !grounds.rules().isEmpty()) {
			Instant since = now.minus(policy.authorsBarred());
			this.authors.stream()
				.flatMap((each) -> each.of(grounds.rulebaseRevision(), grounds.rules(), since).stream())
				.forEach((hand) -> barred.merge(hand.personId(), hand.revision(), Math::max));
		}
		return new Eligibility(now, barred, policy.members());
	}

	/** Whether this person has the role for it at this moment, and an open account. */
	boolean mayApprove(String personId) {
		return this.people.withRole(Role.APPROVER).stream().map(Person::id).anyMatch(personId::equals);
	}

}
