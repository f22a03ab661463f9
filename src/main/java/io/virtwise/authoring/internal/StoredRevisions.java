package io.virtwise.authoring.internal;

import java.util.List;

import io.virtwise.authoring.Blame;
import io.virtwise.authoring.Revision;
import io.virtwise.authoring.Revisions;
import io.virtwise.authoring.RulebaseDiff;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Revisions as they are in the database.
 */
@Service
class StoredRevisions implements Revisions {

	private final RevisionTable table;

	private final TextTable texts;

	private final Comparison comparison;

	private final RuleHistory history;

	StoredRevisions(RevisionTable table, TextTable texts, Comparison comparison, RuleHistory history) {
		this.table = table;
		this.texts = texts;
		this.comparison = comparison;
		this.history = history;
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	@Transactional(readOnly = true)
	public Revision active() {
		return find(this.table.active()
			.orElseThrow(() -> Refused.unavailable("not-available",
					"The portal is still starting and has no rulebase yet. Try again.")));
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	@Transactional(readOnly = true)
	public Slice<Revision> list(SliceRequest request) {
		return this.table.list(request);
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	@Transactional(readOnly = true)
	public Revision get(int number) {
		return find(number);
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	@Transactional(readOnly = true)
	public String text(int number, String path) {
		find(number);
		String sha256 = this.table.tree(number).files().get(path);
		if (sha256 == null) {
			throw Refused.notFound("file in revision " + number, path);
		}
		return this.texts.text(sha256);
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	@Transactional(readOnly = true)
	public byte[] zip(int number) {
		find(number);
		return RulebaseZip.write(this.texts.sources(this.table.tree(number)));
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	@Transactional(readOnly = true)
	public RulebaseDiff diff(int from, int to) {
		find(from);
		find(to);
		return this.comparison.of(this.table.tree(from), this.table.tree(to));
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	@Transactional(readOnly = true)
	public List<Blame> blame(int number) {
		find(number);
		return this.history.blame(number);
	}

	private Revision find(int number) {
		return this.table.find(number)
			.orElseThrow(() -> Refused.notFound("revision of the rulebase", Integer.toString(number)));
	}

}
