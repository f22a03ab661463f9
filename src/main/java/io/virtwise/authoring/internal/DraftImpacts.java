package io.virtwise.authoring.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Impact;
import io.virtwise.authoring.Impact.Kind;
import io.virtwise.authoring.ImpactChange.ChangedNode;
import io.virtwise.authoring.Impacts;
import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.FactSnapshots;
import io.virtwise.recommendation.FactSnapshots.Head;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * The impact of drafts, for those who write and those who approve. Building and judging
 * happen outside of transactions.
 */
@Service
class DraftImpacts implements Impacts {

	private final ImpactRuns runs;

	private final ImpactTable table;

	private final DraftStore store;

	private final DraftTable drafts;

	private final RevisionTable revisions;

	private final Proof proof;

	private final FactSnapshots snapshots;

	private final CurrentUser currentUser;

	DraftImpacts(ImpactRuns runs, ImpactTable table, DraftStore store, DraftTable drafts, RevisionTable revisions,
			Proof proof, FactSnapshots snapshots, CurrentUser currentUser) {
		this.runs = runs;
		this.table = table;
		this.store = store;
		this.drafts = drafts;
		this.revisions = revisions;
		this.proof = proof;
		this.snapshots = snapshots;
		this.currentUser = currentUser;
	}

	@Override
	@PreAuthorize("hasAnyAuthority('rule:write', 'change:decide')")
	public Impact start(String draft) {
		Draft found = this.store.get(draft);
		return this.runs.start(found, this.currentUser.require().id());
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	public Impact await(String draft, Duration patience) {
		Draft found = this.store.get(draft);
		if (this.table.latest(found.id()).isEmpty()) {
			throw Refused.notFound("impact of the draft", draft);
		}
		return this.runs.await(found, patience);
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	public Optional<Impact> latest(String draft) {
		return this.table.latest(this.store.get(draft).id());
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	public boolean current(Impact impact) {
		return this.runs.current(impact, this.store.get(impact.draft()));
	}

	@Override
	@PreAuthorize("hasAnyAuthority('rule:write', 'change:decide')")
	public Impact cancel(String draft) {
		Draft found = this.store.get(draft);
		Impact impact = this.table.latest(found.id())
			.filter(Impact::underway)
			.orElseThrow(
					() -> Refused.conflict("not-running", "No impact of " + found.name() + " is being worked out."));
		this.runs.stop(found, impact);
		return this.runs.await(found, Duration.ofSeconds(5));
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read') and hasAuthority('node:read')")
	public Slice<ChangedNode> nodes(Impact impact, @Nullable Kind kind, SliceRequest request) {
		return this.table.nodes(impact.id(), kind, request);
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read') and hasAuthority('node:read')")
	public Traces traces(String draft, String nodeId) {
		Draft found = this.store.get(draft);
		Head head = this.snapshots.of(nodeId);
		if (head == null) {
			throw Refused.notFound("node with facts", nodeId);
		}
		NodeFacts facts = this.snapshots.facts(List.of(head.snapshotId())).get(0).facts();
		int active = this.revisions.active().orElseThrow();
		return new Traces(head.nodeName(), facts, this.proof.build(active, this.revisions.tree(active)).assess(facts),
				this.proof.build(this.runs.number(found), this.drafts.tree(found.id())).assess(facts));
	}

}
