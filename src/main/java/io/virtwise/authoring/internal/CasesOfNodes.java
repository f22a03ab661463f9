package io.virtwise.authoring.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.Drafts.Precondition;
import io.virtwise.authoring.Revisions;
import io.virtwise.authoring.Writing.Place;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.FactSnapshots;
import io.virtwise.recommendation.FactSnapshots.Head;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RulesRefused;
import io.virtwise.rules.StoredCase;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Puts what happened on a node into a draft, as a case that nobody can tell the node by.
 */
@Component
class CasesOfNodes {

	private static final int DRAFTS_LOOKED_AT = 500;

	private static final String MESSAGE = "Cases of stored nodes";

	private final FactSnapshots snapshots;

	private final FactReader reader;

	private final Drafts drafts;

	private final Revisions revisions;

	private final DraftTable table;

	private final TextTable texts;

	private final RuleWorkshop workshop;

	private final CurrentUser currentUser;

	CasesOfNodes(FactSnapshots snapshots, FactReader reader, Drafts drafts, Revisions revisions, DraftTable table,
			TextTable texts, RuleWorkshop workshop, CurrentUser currentUser) {
		this.snapshots = snapshots;
		this.reader = reader;
		this.drafts = drafts;
		this.revisions = revisions;
		this.table = table;
		this.texts = texts;
		this.workshop = workshop;
		this.currentUser = currentUser;
	}

	/**
	 * @param at the moment whose facts are meant, {@code null} for the latest
	 */
	Place add(String nodeId, @Nullable Instant at) {
		return add(facts(nodeId, at));
	}

	Place add(Evidence evidence) {
		return add(this.reader.read(evidence));
	}

	private Place add(NodeFacts facts) {
		Draft draft = mine().orElseGet(() -> this.drafts.begin(this.revisions.active().number(), MESSAGE));
		StoredCase one = made(draft, facts);
		boolean there = draft.file(one.file()).isPresent();
		String before = there ? this.drafts.text(draft.id(), one.file()).stripTrailing() + "\n" : "";
		String note = one.lost().isEmpty() ? ""
				: "# without names and secrets these rules come out otherwise: " + String.join(", ", one.lost()) + "\n";
		this.drafts.write(draft.id(), one.file(), before + note + one.text(),
				there ? Precondition.of(Set.of(draft.file(one.file()).orElseThrow().sha256())) : Precondition.ABSENT);
		return new Place(draft.id(), one.file(), Math.toIntExact((before + note).lines().count()) + 1);
	}

	private StoredCase made(Draft draft, NodeFacts facts) {
		try {
			return this.workshop.caseOf(this.texts.sources(this.table.tree(draft.id())), facts);
		}
		catch (RulesRefused ex) {
			throw Refused.conflict("rules-refused", draft.name() + " has errors, so nobody can say what its rules make"
					+ " of this node. Put them right first: " + ex.problems().get(0));
		}
		catch (IllegalArgumentException ex) {
			throw Refused.conflict("no-case", "No case can be made of this node: " + ex.getMessage() + ".");
		}
	}

	private NodeFacts facts(String nodeId, @Nullable Instant at) {
		Head head = (at != null) ? this.snapshots.at(nodeId, at) : this.snapshots.of(nodeId);
		if (head == null) {
			throw Refused.notFound((at != null) ? "node with facts at that time" : "node with facts", nodeId);
		}
		return this.snapshots.facts(List.of(head.snapshotId())).get(0).facts();
	}

	private Optional<Draft> mine() {
		String me = this.currentUser.require().id();
		return this.drafts.list(true, new SliceRequest(0, DRAFTS_LOOKED_AT, null, true))
			.items()
			.stream()
			.filter((one) -> one.author().equals(me) && one.status().editable() && one.activates() == null)
			.findFirst()
			.map((one) -> this.drafts.get(one.id()));
	}

}
