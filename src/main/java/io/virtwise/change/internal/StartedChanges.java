package io.virtwise.change.internal;

import java.time.Instant;
import java.util.List;

import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.Approvals;
import io.virtwise.change.ChangeLifecycle;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeVerb;
import io.virtwise.change.Seen;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happens to changes from their start on.
 */
@Service
class StartedChanges implements ChangeLifecycle {

	private final ChangeStore store;

	private final ChangeTable table;

	private final Approvals approvals;

	private final Freshness freshness;

	private final RiskReader risks;

	StartedChanges(ChangeStore store, ChangeTable table, Approvals approvals, Freshness freshness, RiskReader risks) {
		this.risks = risks;
		this.freshness = freshness;
		this.store = store;
		this.table = table;
		this.approvals = approvals;
	}

	@Override
	@Transactional(readOnly = true)
	public List<String> underway() {
		return this.table.idsWith(List.of(ChangeStatus.RUNNING, ChangeStatus.PAUSED));
	}

	@Override
	@Transactional(readOnly = true)
	public long version(String id) {
		return this.table.version(id);
	}

	@Override
	@Transactional(readOnly = true)
	public ChangeStatus status(String id) {
		return this.table.status(id);
	}

	@Override
	@Transactional(readOnly = true)
	public Instant since(String id) {
		return this.table.since(id);
	}

	@Override
	@Transactional
	public void note(String id, String what, @Nullable String personId, String note) {
		ChangeRequest change = this.store.get(id);
		this.store.record(change, what, personId, note, change.status().word());
	}

	@Override
	@Transactional(propagation = Propagation.MANDATORY)
	public void looked(String id) {
		this.approvals.learned(ChangeRequest.SUBJECT_TYPE, id, this.risks.of(this.store.get(id)).risk());
	}

	@Override
	@Transactional(readOnly = true)
	public boolean guestsAccepted(String id) {
		return this.approvals.latest(ChangeRequest.SUBJECT_TYPE, id)
			.map((request) -> request.emergency() != null || request.grounds().risk().guests())
			.orElse(false);
	}

	@Override
	@Transactional(propagation = Propagation.MANDATORY)
	public ChangeRequest start(String id, Seen seen, String personId) {
		ChangeRequest change = this.store.get(id);
		this.store.check(change, seen);
		ChangeRequest running = change.after(ChangeVerb.START, null, this.store.now());
		this.freshness.require(change);
		this.approvals.use(ChangeRequest.SUBJECT_TYPE, change.id(), change.content());
		return this.store.save(change, running, "started", personId, null);
	}

	@Override
	@Transactional(propagation = Propagation.MANDATORY)
	public ChangeRequest rerun(String id, String personId) {
		ChangeRequest change = this.store.get(id);
		ChangeRequest running = change.after(ChangeVerb.RERUN, null, this.store.now());
		requireStoredContent(change);
		Instant end = this.approvals.latest(ChangeRequest.SUBJECT_TYPE, change.id())
			.map(ApprovalRequest::expiresAt)
			.orElse(Instant.EPOCH);
		if (!this.store.now().isBefore(end)) {
			throw Refused.conflict("approval-too-old", "The approval of " + change.name() + " was good until " + end
					+ ". Nothing is started; plan the nodes that are left again.");
		}
		return this.store.save(change, running, "run-again", personId, null);
	}

	private static void requireStoredContent(ChangeRequest change) {
		ContentHash stored = ChangeRequest.contentOf(change.nodes(), change.rulebaseRevision(),
				change.rulebaseSha256());
		if (!stored.equals(change.content())) {
			throw Refused.conflict("content-changed", "The stored content of " + change.name() + " hashes to " + stored
					+ ", but it was planned as " + change.content() + ". Nothing is started; plan it again.");
		}
	}

	@Override
	@Transactional(propagation = Propagation.MANDATORY)
	public ChangeRequest tell(String id, ChangeVerb verb, @Nullable String personId, @Nullable String note) {
		ChangeRequest change = this.store.get(id);
		ChangeRequest after = change.after(verb, note, this.store.now());
		return this.store.save(change, after, verb.key(), personId, note);
	}

}
