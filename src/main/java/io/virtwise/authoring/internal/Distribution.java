package io.virtwise.authoring.internal;

import java.util.List;

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.DraftStatus;
import io.virtwise.authoring.Revision;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RulebaseHash;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in the rulebase that came with this version of the portal: as the first revision
 * where there is none, and else, where it is another one than before, as a draft. What
 * authors published is never overwritten.
 */
@Component
class Distribution {

	private static final Logger LOG = LoggerFactory.getLogger(Distribution.class);

	private final RuleWorkshop workshop;

	private final DistributionTable table;

	private final RevisionTable revisions;

	private final DraftTable drafts;

	private final DraftStore store;

	private final DraftFiles files;

	private final TextTable texts;

	private final TransactionTemplate transaction;

	private final ApplicationEventPublisher events;

	Distribution(RuleWorkshop workshop, DistributionTable table, RevisionTable revisions, DraftTable drafts,
			DraftStore store, DraftFiles files, TextTable texts, TransactionTemplate transaction,
			ApplicationEventPublisher events) {
		this.workshop = workshop;
		this.table = table;
		this.revisions = revisions;
		this.drafts = drafts;
		this.store = store;
		this.files = files;
		this.texts = texts;
		this.transaction = transaction;
		this.events = events;
	}

	/** Takes it in, unless this or another replica did. */
	void takeIn() {
		List<RuleSource> shipped = this.workshop.shipped();
		try {
			this.transaction.executeWithoutResult((status) -> takeIn(shipped));
		}
		catch (DuplicateKeyException ex) {
			LOG.info("Another replica takes in the rulebase that came with this version");
		}
	}

	private void takeIn(List<RuleSource> shipped) {
		Tree tree = this.texts.keep(shipped);
		if (this.revisions.active().isEmpty()) {
			this.table.insert(tree, this.store.now());
			first(tree, shipped);
		}
		else if (!this.table.knows(tree)) {
			Tree ancestor = this.table.latest().map(this.table::tree).orElseThrow();
			this.table.insert(tree, this.store.now());
			next(ancestor, tree);
		}
	}

	private void first(Tree tree, List<RuleSource> shipped) {
		Revision revision = new Revision(1, null, RulebaseHash.of(shipped), tree.content(), Revision.PORTAL, null,
				"The rulebase that came with the portal", this.store.now(), List.of());
		this.revisions.insert(revision, tree);
		this.revisions.insertActive(1, this.store.now());
		this.events.publishEvent(new AuditableEvent("rulebase.activated", Revision.SUBJECT_TYPE, "1", revision.name(),
				null, revision.sha256()));
	}

	private void next(Tree ancestor, Tree shipped) {
		int active = this.revisions.active().orElseThrow();
		Tree ours = this.revisions.tree(active);
		if (ours.content().equals(shipped.content())) {
			return;
		}
		Draft draft = this.store.add(new Draft(Ids.next(), this.drafts.nextNumber(), active, active, null,
				shipped.content().sha256(), "The rulebase that came with a newer version of the portal",
				DraftStatus.DRAFT, this.store.now(), null, Revision.PORTAL, this.store.now(), null, null, 0, List.of(),
				List.of(), ours.toPublish(active)), ours);
		Draft merged = this.files.take(draft, Merge.of(ancestor, ours, shipped), ancestor, shipped, active);
		LOG.info("This version came with another rulebase. It waits as {}: {} files to decide", merged.name(),
				merged.conflicts().size());
	}

}
