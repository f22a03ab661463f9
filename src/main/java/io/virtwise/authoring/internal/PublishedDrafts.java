package io.virtwise.authoring.internal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.approval.ApprovalExpired;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.ApprovalStatus;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Obstacle;
import io.virtwise.approval.Subject;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.DraftStatus;
import io.virtwise.authoring.Publishing;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleSource;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drafts on their way into force. Checking, running cases and building happen outside of
 * transactions. Inside, the row of the revision in force is locked first, then the
 * approval's, then the draft's.
 */
@Service
class PublishedDrafts implements Publishing {

	private final DraftStore store;

	private final DraftTable table;

	private final RevisionTable revisions;

	private final TextTable texts;

	private final Writers writers;

	private final Proof proof;

	private final Fallout fallout;

	private final Succession succession;

	private final Approvals approvals;

	private final CurrentUser currentUser;

	private final TransactionTemplate transaction;

	PublishedDrafts(DraftStore store, DraftTable table, RevisionTable revisions, TextTable texts, Writers writers,
			Proof proof, Fallout fallout, Succession succession, Approvals approvals, CurrentUser currentUser,
			TransactionTemplate transaction) {
		this.store = store;
		this.table = table;
		this.revisions = revisions;
		this.texts = texts;
		this.writers = writers;
		this.proof = proof;
		this.fallout = fallout;
		this.succession = succession;
		this.approvals = approvals;
		this.currentUser = currentUser;
		this.transaction = transaction;
	}

	@Override
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft submit(String id, @Nullable String message) {
		String wanted = (message != null) ? StoredDrafts.message(message) : null;
		Draft draft = this.store.get(id);
		checkStands(draft, this.revisions.active().orElseThrow());
		this.proof.check(draft.name(), sources(draft));
		Person person = this.currentUser.require();
		this.fallout.know(draft, person);
		return this.transaction.execute((status) -> {
			int active = this.revisions.lockActive();
			Draft present = this.store.locked(id);
			checkStands(present, active);
			if (!present.content().equals(draft.content())) {
				throw Refused.conflict("edited-meanwhile",
						draft.name() + " was edited while its cases ran. Submit it again.");
			}
			return ask(present, wanted, person);
		});
	}

	@Override
	@PreAuthorize("hasAuthority('change:decide')")
	public Draft approve(String id, ContentHash seen, @Nullable String comment) {
		Draft draft = this.store.get(id);
		Person person = this.currentUser.require();
		checkMayDecide(draft, person, seen);
		this.fallout.checkSeen(draft, person);
		int number = (draft.activates() != null) ? draft.activates() : this.revisions.next();
		CompiledRulebase rulebase = this.proof.build(number, this.table.tree(draft.id()));
		return this.transaction.execute((status) -> {
			int active = this.revisions.lockActive();
			ApprovalRequest approval = this.approvals.approve(Draft.SUBJECT_TYPE, draft.id(), person, seen, comment);
			Draft present = this.store.locked(draft.id());
			if (approval.status() != ApprovalStatus.GRANTED) {
				this.store.tell(present, "approved-by-one", null, comment);
				return present;
			}
			checkStands(present, DraftStatus.WAITING_FOR_APPROVAL, active);
			this.approvals.use(Draft.SUBJECT_TYPE, draft.id(), present.content());
			return this.succession.publish(present, rulebase, person, active);
		});
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:decide')")
	public Draft deny(String id, @Nullable String comment) {
		Draft draft = this.store.get(id);
		Person person = this.currentUser.require();
		checkNoWriter(draft, person);
		this.approvals.deny(Draft.SUBJECT_TYPE, draft.id(), person, comment);
		return this.store.moved(this.store.locked(draft.id()), DraftStatus.DENIED, comment, "denied");
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft withdraw(String id) {
		Draft draft = this.store.get(id);
		if (draft.status() != DraftStatus.WAITING_FOR_APPROVAL) {
			throw Refused.conflict("not-waiting", draft.name() + " does not wait for approval.");
		}
		this.approvals.withdraw(Draft.SUBJECT_TYPE, draft.id());
		return this.store.moved(this.store.locked(draft.id()),
				(draft.activates() != null) ? DraftStatus.DISCARDED : DraftStatus.DRAFT, null, "withdrawn");
	}

	@Override
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft activate(int revision, @Nullable String message) {
		String wanted = (message == null || message.isBlank()) ? "Back to revision " + revision
				: StoredDrafts.message(message);
		if (this.revisions.find(revision).isEmpty()) {
			throw Refused.notFound("revision of the rulebase", Integer.toString(revision));
		}
		Tree tree = this.revisions.tree(revision);
		Person person = this.currentUser.require();
		checkNotInForce(revision, this.revisions.active().orElseThrow());
		this.proof.check("Revision " + revision, this.texts.sources(tree));
		Draft asked = this.transaction.execute((status) -> {
			int active = this.revisions.lockActive();
			checkNotInForce(revision, active);
			Optional<Draft> waiting = waiting(revision);
			if (waiting.isPresent()) {
				throw Refused.conflict("already-waiting", "Going back to revision " + revision
						+ " waits for approval already, as " + waiting.get().name() + ".");
			}
			Draft draft = this.store.add(new Draft(Ids.next(), this.table.nextNumber(), revision, active, revision,
					null, wanted, DraftStatus.DRAFT, this.store.now(), null, person.id(), this.store.now(), null, null,
					0, List.of(), List.of(), tree.toPublish(active)), tree);
			return ask(draft, null, person);
		});
		this.fallout.know(Objects.requireNonNull(asked), person);
		return asked;
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('rule:read')")
	public Draft waitingFor(int revision) {
		return waiting(revision).orElseThrow(
				() -> Refused.conflict("not-waiting", "Nobody has asked to go back to revision " + revision + "."));
	}

	/** The request ran out of time, so the draft is one again. */
	@EventListener
	@Transactional
	public void on(ApprovalExpired event) {
		if (event.request().subject().type().equals(Draft.SUBJECT_TYPE)) {
			Draft draft = this.store.locked(event.request().subject().id());
			this.store.moved(draft, (draft.activates() != null) ? DraftStatus.DISCARDED : DraftStatus.DRAFT,
					"nobody decided in time", "expired");
		}
	}

	private Draft ask(Draft draft, @Nullable String message, Person person) {
		String said = (message != null) ? message : draft.message();
		Draft next = new Draft(draft.id(), draft.number(), draft.from(), draft.restsOn(), draft.activates(),
				draft.distribution(), said, DraftStatus.WAITING_FOR_APPROVAL, this.store.now(), null, draft.author(),
				draft.createdAt(), person.id(), null, draft.version(), draft.files(), draft.conflicts(),
				draft.content());
		String title = (said.length() <= 200) ? said : said.substring(0, 199) + "…";
		this.approvals.ask(
				new Subject(Draft.SUBJECT_TYPE, draft.id(), draft.name() + ": " + title, "/rules/drafts/" + draft.id()),
				draft.content(), person.id(), this.writers.last(draft));
		return this.store.changed(next, "submitted", draft.status().key(),
				next.status().key() + ", content " + draft.content() + ": " + said);
	}

	private void checkMayDecide(Draft draft, Person person, ContentHash seen) {
		checkNoWriter(draft, person);
		ApprovalRequest request = this.approvals.latest(Draft.SUBJECT_TYPE, draft.id())
			.orElseThrow(() -> Refused.conflict("not-waiting", draft.name() + " does not wait for approval."));
		Optional<Obstacle> obstacle = this.approvals.obstacle(request, person);
		if (obstacle.isPresent()) {
			throw obstacle.get().refusal();
		}
		if (!seen.equals(request.content())) {
			throw Refused.conflict("content-changed", "You looked at other content than what waits for approval: "
					+ seen + " instead of " + request.content() + ". Read " + draft.name() + " again.");
		}
	}

	private void checkNoWriter(Draft draft, Person person) {
		if (this.writers.of(draft).contains(person.id())) {
			throw Refused.forbidden("own-edit", "You wrote something in " + draft.name()
					+ ", so you cannot decide it. This binds you as a person, whatever your roles.");
		}
	}

	private void checkStands(Draft draft, int active) {
		checkStands(draft, DraftStatus.DRAFT, active);
		if (!draft.conflicts().isEmpty()) {
			throw Refused.conflict("undecided", "Files were changed on both sides and wait for a decision: "
					+ String.join(", ", draft.conflicts()) + ".");
		}
		if (this.table.tree(draft.id()).content().equals(this.revisions.tree(active).content())) {
			throw Refused.conflict("nothing-changes",
					draft.name() + " is the same as revision " + active + ", which is in force.");
		}
	}

	private static void checkStands(Draft draft, DraftStatus wanted, int active) {
		if (draft.status() != wanted) {
			throw Refused.conflict("wrong-status", draft.name() + " is " + draft.status().key() + ", not "
					+ wanted.key() + ((draft.status() == DraftStatus.DENIED) ? ". Edit it first." : "."));
		}
		if (draft.restsOn() != active) {
			throw Refused.conflict("revision-moved",
					"Revision " + active + " came into force since; " + draft.name() + " rests on revision "
							+ draft.restsOn() + ". Take the new revision over into the draft, then go on.");
		}
	}

	private static void checkNotInForce(int revision, int active) {
		if (revision == active) {
			throw Refused.conflict("nothing-changes", "Revision " + revision + " is in force already.");
		}
	}

	private Optional<Draft> waiting(int revision) {
		return this.table.withStatus(DraftStatus.WAITING_FOR_APPROVAL)
			.stream()
			.filter((draft) -> draft.activates() != null && draft.activates() == revision)
			.findFirst();
	}

	private List<RuleSource> sources(Draft draft) {
		return this.texts.sources(this.table.tree(draft.id()));
	}

}
