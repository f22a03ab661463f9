package io.virtwise.change;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * A wish to put exact bytes on named nodes, with its reason and where it stands. Verbs
 * check the life cycle and give the change as it is afterwards.
 *
 * @param id opaque
 * @param number short, for people
 * @param title what it does, in a line
 * @param reason why, in the words of who planned it
 * @param status where it stands
 * @param statusAt since when
 * @param statusNote what there is to say about that, {@code null} for nothing
 * @param plannedBy id of the person who planned it, and so edited it last
 * @param plannedAt when
 * @param requestedBy id of the person who asked for approval, {@code null} in a draft
 * @param submittedAt when
 * @param rulebaseRevision revision of the rulebase that the settings come from
 * @param rulebaseSha256 and its hash
 * @param content hash of everything that is approved
 * @param nodes what is done to each node
 * @param version counts its updates
 */
public record ChangeRequest(String id, long number, String title, String reason, ChangeStatus status, Instant statusAt,
		@Nullable String statusNote, String plannedBy, Instant plannedAt, @Nullable String requestedBy,
		@Nullable Instant submittedAt, int rulebaseRevision, String rulebaseSha256, ContentHash content,
		List<PlannedNode> nodes, long version) {

	/** What approvals call this kind of subject. */
	public static final String SUBJECT_TYPE = "change";

	public ChangeRequest {
		nodes = List.copyOf(nodes);
	}

	/**
	 * The hash over the nodes and how they are reached, the file's path and bytes before
	 * and after on each, the evidence and the rulebase. One line each, in an order that
	 * does not depend on the order of planning.
	 */
	public static ContentHash contentOf(List<PlannedNode> nodes, int rulebaseRevision, String rulebaseSha256) {
		StringBuilder text = new StringBuilder("virtwise change, form 2\n");
		text.append("rulebase ").append(rulebaseRevision).append(' ').append(rulebaseSha256).append('\n');
		nodes.stream().sorted(Comparator.comparing(PlannedNode::nodeId)).forEach((node) -> {
			text.append("node ").append(node.nodeId()).append('\n');
			text.append("target ").append(node.target()).append('\n');
			text.append("facts ").append(node.facts()).append('\n');
			text.append("before ").append(node.beforeHash()).append('\n');
			text.append("after ").append(node.afterHash()).append('\n');
			text.append("path ").append(node.path()).append('\n');
			if (node.placement().dropIn()) {
				text.append("drop-in around ").append(node.placement().around()).append('\n');
				text.append("older ").append(node.placement().olderPath()).append('\n');
			}
			DriftAnswer answer = node.answer();
			if (answer != null) {
				text.append(answer.kind().key()).append(" instead of ").append(answer.approvedHash()).append('\n');
			}
		});
		return ContentHash.of(text.toString());
	}

	/** What is done to this node, if it is part of the change. */
	public Optional<PlannedNode> node(String nodeId) {
		return this.nodes.stream().filter((node) -> node.nodeId().equals(nodeId)).findFirst();
	}

	/** How people call it. */
	public String name() {
		return "Change " + this.number;
	}

	/**
	 * The change after a person asked for its approval.
	 * @throws io.virtwise.shared.Refused if it is not a draft
	 */
	public ChangeRequest submit(String personId, Instant now) {
		ChangeStatus next = this.status.after(ChangeVerb.SUBMIT);
		return new ChangeRequest(this.id, this.number, this.title, this.reason, next, now, null, this.plannedBy,
				this.plannedAt, personId, now, this.rulebaseRevision, this.rulebaseSha256, this.content, this.nodes,
				this.version);
	}

	/**
	 * The change after this happened to it.
	 * @param note what there is to say about it
	 * @throws io.virtwise.shared.Refused if it cannot happen to a change of this status
	 */
	public ChangeRequest after(ChangeVerb verb, @Nullable String note, Instant now) {
		ChangeStatus next = this.status.after(verb);
		return new ChangeRequest(this.id, this.number, this.title, this.reason, next, now, note, this.plannedBy,
				this.plannedAt, this.requestedBy, this.submittedAt, this.rulebaseRevision, this.rulebaseSha256,
				this.content, this.nodes, this.version);
	}

}
