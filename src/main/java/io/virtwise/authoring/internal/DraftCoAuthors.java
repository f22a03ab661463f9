package io.virtwise.authoring.internal;

import java.util.Set;

import io.virtwise.approval.CoAuthors;
import io.virtwise.authoring.Draft;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells approvals who wrote a line of a draft.
 */
@Component
class DraftCoAuthors implements CoAuthors {

	private final DraftTable drafts;

	private final Writers writers;

	DraftCoAuthors(DraftTable drafts, Writers writers) {
		this.drafts = drafts;
		this.writers = writers;
	}

	@Override
	@Transactional(readOnly = true)
	public Set<String> of(String subjectType, String subjectId) {
		return !subjectType.equals(Draft.SUBJECT_TYPE) ? Set.of()
				: this.drafts.find(subjectId).map((draft) -> this.writers.of(draft)).orElse(Set.of());
	}

}
