package io.virtwise.authoring.internal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.access.Person;
import io.virtwise.approval.Approvals;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.DraftStatus;
import io.virtwise.authoring.Revision;
import io.virtwise.authoring.RulebaseActivated;
import io.virtwise.authoring.RulebaseDiff.RuleDiff;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Brings an approved draft into force, in the caller's transaction, which holds the row
 * of the revision in force.
 */
@Component
class Succession {

	private final DraftStore store;

	private final DraftTable drafts;

	private final RevisionTable revisions;

	private final Writers writers;

	private final Comparison comparison;

	private final LockTable locks;

	private final Approvals approvals;

	private final RuleWorkshop workshop;

	private final ApplicationEventPublisher events;

	Succession(DraftStore store, DraftTable drafts, RevisionTable revisions, Writers writers, Comparison comparison,
			LockTable locks, Approvals approvals, RuleWorkshop workshop, ApplicationEventPublisher events) {
		this.store = store;
		this.drafts = drafts;
		this.revisions = revisions;
		this.writers = writers;
		this.comparison = comparison;
		this.locks = locks;
		this.approvals = approvals;
		this.workshop = workshop;
		this.events = events;
	}

	Draft publish(Draft draft, CompiledRulebase rulebase, Person approver, int before) {
		Tree tree = this.drafts.tree(draft.id());
		List<RuleDiff> rules = this.comparison.of(this.revisions.tree(before), tree).rules();
		int number = rulebase.revision().revision();
		if (draft.activates() == null) {
			if (number != this.revisions.next()) {
				throw Refused.conflict("changed-meanwhile",
						"Another revision was published in this moment. Read " + draft.name() + " again.");
			}
			this.revisions.insert(new Revision(number, before, rulebase.revision().sha256(), tree.content(),
					Objects.requireNonNullElse(draft.submittedBy(), draft.author()), approver.id(), draft.message(),
					this.store.now(), List.of()), tree);
			keepWriters(draft, number, rules);
		}
		this.revisions.activate(number, this.store.now());
		this.locks.releaseAll(draft.id());
		Draft published = published(draft, number);
		this.events.publishEvent(new AuditableEvent("rulebase.activated", Revision.SUBJECT_TYPE,
				Integer.toString(number), "Revision " + number, "Revision " + before, rulebase.revision().sha256()));
		this.events.publishEvent(new RulebaseActivated(number, rulebase.revision().sha256(), before,
				new TreeSet<>(rules.stream().map(RuleDiff::id).toList())));
		sendBack(number);
		afterCommit(() -> this.workshop.activate(rulebase));
		return published;
	}

	private Draft published(Draft draft, int number) {
		return this.store.changed(new Draft(draft.id(), draft.number(), draft.from(), draft.restsOn(),
				draft.activates(), draft.distribution(), draft.message(), DraftStatus.PUBLISHED, this.store.now(), null,
				draft.author(), draft.createdAt(), draft.submittedBy(), number, draft.version(), draft.files(),
				draft.conflicts(), draft.content()), "published", draft.status().key(), "revision " + number);
	}

	private void keepWriters(Draft draft, int number, List<RuleDiff> rules) {
		Map<String, Set<String>> byRule = this.writers.byRule(draft);
		for (RuleDiff rule : rules) {
			for (String person : byRule.getOrDefault(rule.id(), Set.of(draft.author()))) {
				this.revisions.insertChange(number, rule.id(), person, rule.kind().key());
			}
		}
		this.writers.of(draft).forEach((person) -> this.revisions.insertWriter(number, person));
	}

	/**
	 * What waits for approval was looked at against another revision than is in force
	 * now.
	 */
	private void sendBack(int active) {
		for (Draft waiting : this.drafts.withStatus(DraftStatus.WAITING_FOR_APPROVAL)) {
			this.approvals.withdraw(Draft.SUBJECT_TYPE, waiting.id());
			this.store.moved(this.store.locked(waiting.id()),
					(waiting.activates() != null) ? DraftStatus.DISCARDED : DraftStatus.DRAFT,
					"revision " + active + " came into force while it waited for approval", "sent-back");
		}
	}

	private static void afterCommit(Runnable action) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				action.run();
			}
		});
	}

}
