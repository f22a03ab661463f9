package io.virtwise.authoring.web;

import java.util.List;

import io.virtwise.access.People;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.Approvals;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Draft.DraftFile;
import io.virtwise.authoring.Draft.Lock;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.Revisions;
import io.virtwise.authoring.web.DraftBody.ApprovalBody;
import io.virtwise.authoring.web.DraftBody.DecisionBody;
import io.virtwise.authoring.web.DraftBody.FileBody;
import io.virtwise.authoring.web.DraftBody.LockBody;
import io.virtwise.authoring.web.RevisionBody.PersonBody;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Puts together what there is to say about a draft, for its page and over HTTP alike.
 */
@Component
class DraftReports {

	private final Drafts drafts;

	private final Revisions revisions;

	private final Approvals approvals;

	private final People people;

	DraftReports(Drafts drafts, Revisions revisions, Approvals approvals, People people) {
		this.drafts = drafts;
		this.revisions = revisions;
		this.approvals = approvals;
		this.people = people;
	}

	DraftBody of(Draft draft) {
		List<PersonBody> writers = this.drafts.writers(draft.id()).stream().map(this::person).toList();
		return new DraftBody(draft.id(), draft.number(), draft.from(), draft.restsOn(), outdated(draft),
				draft.activates(), draft.message(), draft.status().key(), draft.statusAt(), draft.statusNote(),
				person(draft.author()), draft.createdAt(), someone(draft.submittedBy()), writers, draft.publishedAs(),
				draft.content().sha256(), draft.files().stream().map(this::file).toList(), draft.conflicts(),
				this.approvals.latest(Draft.SUBJECT_TYPE, draft.id()).map(this::approval).orElse(null));
	}

	boolean outdated(Draft draft) {
		return draft.status().open() && draft.restsOn() != this.revisions.active().number();
	}

	PersonBody person(String id) {
		return PersonBody.of(id, this.people);
	}

	private @Nullable PersonBody someone(@Nullable String id) {
		return (id != null) ? person(id) : null;
	}

	private FileBody file(DraftFile file) {
		Lock lock = file.lock();
		return new FileBody(file.path(), file.sha256(), file.size(), someone(file.editedBy()), file.editedAt(),
				(lock != null) ? new LockBody(person(lock.person()), lock.since(), lock.endsAt()) : null);
	}

	private ApprovalBody approval(ApprovalRequest request) {
		return new ApprovalBody(request.status().key(), request.needed(), request.given(), request.requestedAt(),
				request.expiresAt(),
				request.decisions()
					.stream()
					.map((one) -> new DecisionBody(person(one.decidedBy()), one.outcome().key(), one.comment(),
							one.decidedAt()))
					.toList());
	}

}
