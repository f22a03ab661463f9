package io.virtwise.authoring.internal;

import java.time.Instant;
import java.util.List;

import io.virtwise.approval.RecentAuthors;
import io.virtwise.authoring.Revision;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells approvals who wrote the rules that something rests on. The portal itself, which
 * brings the first revision, is nobody.
 */
@Component
class StoredAuthors implements RecentAuthors {

	private final RevisionTable revisions;

	private final RuleHistory history;

	StoredAuthors(RevisionTable revisions, RuleHistory history) {
		this.revisions = revisions;
		this.history = history;
	}

	@Override
	@Transactional(readOnly = true)
	public List<Authorship> of(int rulebaseRevision, List<String> rules, Instant since) {
		if (this.revisions.find(rulebaseRevision).isEmpty()) {
			return List.of();
		}
		return this.history.authorships(rulebaseRevision, rules)
			.stream()
			.filter((one) -> !one.personId().equals(Revision.PORTAL) && !one.publishedAt().isBefore(since))
			.distinct()
			.toList();
	}

}
