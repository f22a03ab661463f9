package io.virtwise.authoring.web;

import java.time.Instant;
import java.util.List;

import io.virtwise.authoring.Impact;
import io.virtwise.authoring.Impact.Kind;
import io.virtwise.authoring.ImpactChange;
import io.virtwise.authoring.ImpactChange.ChangedNode;
import io.virtwise.authoring.ImpactChange.FindingChange;
import io.virtwise.authoring.ImpactChange.SettingChange;
import io.virtwise.authoring.web.RevisionBody.PersonBody;
import io.virtwise.shared.Slice;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would change on the fleet, as the HTTP contract shows it.
 *
 * @param draft id of the draft
 * @param contentHash the draft's content that was judged
 * @param revision the revision that it was compared with
 * @param status where the run stands
 * @param current whether it still holds: neither draft nor revision nor fleet moved
 * @param total how many nodes have facts
 * @param done how many were judged
 * @param changed how many get another result
 * @param note what there is to say about how it ended
 * @param askedBy who asked
 * @param begunAt when it began
 * @param endedAt when it ended
 * @param groups nodes by kind of change
 * @param nodes the first nodes that change; the rest is under {@code …/impact/nodes}
 */
record ImpactBody(String draft, String contentHash, int revision, String status, boolean current, long total, long done,
		long changed, @Nullable String note, PersonBody askedBy, Instant begunAt, @Nullable Instant endedAt,
		List<GroupBody> groups, List<NodeBody> nodes) {

	static ImpactBody of(Impact impact, boolean current, PersonBody askedBy, Slice<ChangedNode> nodes) {
		return new ImpactBody(impact.draft(), impact.content().sha256(), impact.revision(), impact.state().key(),
				current, impact.total(), impact.done(), impact.changed(), impact.note(), askedBy, impact.begunAt(),
				impact.endedAt(), impact.groups().stream().map(GroupBody::of).toList(),
				nodes.items().stream().map(NodeBody::of).toList());
	}

	/** Nodes with one kind of change; the verdicts are there where these change. */
	record GroupBody(String kind, @Nullable String before, @Nullable String after, long nodes) {

		static GroupBody of(Impact.Group group) {
			boolean step = group.kind() == Kind.VERDICT;
			return new GroupBody(group.kind().key(), step ? group.before() : null, step ? group.after() : null,
					group.nodes());
		}

	}

	/** A node and what is different about it. */
	record NodeBody(String id, String name, List<String> kinds, String verdictBefore, String verdictAfter,
			List<SettingChange> settings, List<FindingChange> findings, @Nullable String error,
			List<String> conflicts) {

		static NodeBody of(ChangedNode node) {
			ImpactChange change = node.change();
			return new NodeBody(node.id(), node.name(), change.kinds().stream().map(Kind::key).toList(),
					change.before(), change.after(), change.settings(), change.findings(), change.error(),
					change.conflicts());
		}

	}

}
