package io.virtwise.upkeep.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.virtwise.change.ChangeRequest;
import io.virtwise.change.Changes;
import io.virtwise.change.DriftAnswer;
import io.virtwise.change.DriftCommand;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.recommendation.NodeAssessments;
import io.virtwise.rollout.PutInForce;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import io.virtwise.upkeep.DriftFinding;
import io.virtwise.upkeep.DriftWatch;
import io.virtwise.upkeep.NodeWatch;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people do with the watch for drift.
 */
@Service
class StoredDriftWatch implements DriftWatch {

	private final DriftTable table;

	private final DriftLooks looks;

	private final DriftProperties properties;

	private final Nodes nodes;

	private final NodeAssessments assessments;

	private final Changes changes;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	private final PutInForce placed;

	StoredDriftWatch(DriftTable table, DriftLooks looks, DriftProperties properties, Nodes nodes,
			NodeAssessments assessments, Changes changes, PutInForce placed, ApplicationEventPublisher events,
			PlatformTransactionManager transactions) {
		this.placed = placed;
		this.table = table;
		this.looks = looks;
		this.properties = properties;
		this.nodes = nodes;
		this.assessments = assessments;
		this.changes = changes;
		this.events = events;
		this.transaction = new TransactionTemplate(transactions);
	}

	@Override
	@PreAuthorize("hasAuthority('node:read')")
	public Standing standing() {
		DriftTable.Counts counts = this.table.counts();
		return new Standing(this.properties.enabled(), this.properties.every(), counts.watched(), counts.open(),
				counts.failed(), counts.oldest(), this.table.unreachable());
	}

	@Override
	@PreAuthorize("hasAuthority('node:read')")
	public Slice<DriftFinding> list(Which which, SliceRequest request) {
		return this.table.list(which, request);
	}

	@Override
	@PreAuthorize("hasAuthority('node:read')")
	public DriftFinding get(String id) {
		return found(id);
	}

	@Override
	@PreAuthorize("hasAuthority('node:read')")
	public Optional<NodeWatch> of(String nodeId) {
		return watch(nodeId);
	}

	@Override
	@PreAuthorize("hasAuthority('node:write')")
	public NodeWatch check(String nodeId) {
		Node node = this.nodes.get(nodeId);
		Baseline baseline = this.looks.baseline(nodeId)
			.orElseThrow(() -> Refused.conflict("nothing-approved", "Nothing that this portal wrote is in force on "
					+ node.name() + ", so there is nothing to compare with. It is watched after its first change."));
		this.transaction.executeWithoutResult(
				(status) -> this.table.watch(nodeId, node.name(), this.looks.now().plus(this.properties.every())));
		looked(node);
		NodeWatch watch = watch(nodeId).orElseThrow(() -> Refused.notFound("node", nodeId));
		DriftFinding open = watch.open();
		this.transaction.executeWithoutResult((status) -> this.events
			.publishEvent(new AuditableEvent("node.checked-for-drift", "node", nodeId, node.name(), null,
					(open != null) ? open.sentence() : baseline.path() + " is what was approved")));
		return watch;
	}

	@Override
	@PreAuthorize("hasAuthority('change:request')")
	public ChangeRequest putBack(String id, String reason) {
		return answer(id, DriftAnswer.Kind.PUT_BACK, reason);
	}

	@Override
	@PreAuthorize("hasAuthority('change:request')")
	public ChangeRequest accept(String id, String reason) {
		return answer(id, DriftAnswer.Kind.ACCEPT, reason);
	}

	private ChangeRequest answer(String id, DriftAnswer.Kind kind, String reason) {
		DriftFinding before = found(id);
		if (!before.open()) {
			throw over(before);
		}
		if (reason.isBlank()) {
			throw Refused.invalid("reason", "is empty; say why, whoever approves it has to judge it");
		}
		looked(this.nodes.get(before.nodeId()));
		DriftFinding finding = found(id);
		Baseline baseline = this.looks.baseline(finding.nodeId()).orElse(null);
		if (!finding.open() || baseline == null || !baseline.changeId().equals(finding.changeId())) {
			throw over(finding);
		}
		if (finding.kind() == DriftFinding.Kind.NOT_A_FILE) {
			throw Refused.conflict("not-a-file", finding.path() + " on " + finding.nodeName()
					+ " is a link, a directory or a device, and those are never written. Put a regular file there by hand, then"
					+ " check again.");
		}
		if (kind == DriftAnswer.Kind.PUT_BACK && finding.kind() == DriftFinding.Kind.MISSING
				&& !baseline.planned().placement().dropIn()) {
			throw gone(finding, left(finding));
		}
		if (finding.kind() == DriftFinding.Kind.OVERRULED) {
			throw Refused.conflict("overruled", finding.sentence() + ". Writing the approved file again would change"
					+ " nothing. Take that line out there on the node and check again, or plan a change of the node: its plan"
					+ " says where its settings count.");
		}
		if (!isKnown(finding, baseline)) {
			this.assessments.renew(finding.nodeId());
		}
		return this.changes
			.answer(new DriftCommand(kind, baseline.planned(), finding.approved(), finding.actual(), reason));
	}

	/**
	 * libvirt makes files, but none that appears whole at once; half a nova.conf would
	 * stop nova-compute, so a person makes it.
	 */
	private static Refused gone(DriftFinding finding, Remains remains) {
		String copy = remains.copy();
		return Refused.conflict("cannot-put-back", finding.path() + " is not there on " + finding.nodeName()
				+ ", and this portal never makes a nova.conf: it could not be made whole at once. Put it there by hand"
				+ ((copy != null)
						? ", from a backup, or from the copy beside it, " + copy
								+ ", which is what stood there before change " + finding.changeNumber()
						: ", from a backup")
				+ ((remains.access() != null) ? "; it had " + remains.access() : "")
				+ ". Then check the node again: what is left to set can be put back from here.");
	}

	@Override
	@PreAuthorize("hasAuthority('node:read')")
	public Optional<Remains> remains(DriftFinding drift) {
		if (drift.kind() != DriftFinding.Kind.MISSING || !drift.open()) {
			return Optional.empty();
		}
		return this.looks.baseline(drift.nodeId())
			.filter((baseline) -> baseline.changeId().equals(drift.changeId())
					&& !baseline.planned().placement().dropIn())
			.map((baseline) -> left(drift));
	}

	private Remains left(DriftFinding drift) {
		PutInForce.Placed last = this.placed.on(drift.nodeId())
			.stream()
			.filter((one) -> one.changeId().equals(drift.changeId()) && !one.back())
			.reduce((earlier, later) -> later)
			.orElse(null);
		String copy = (last != null) ? last.copy() : null;
		String folder = drift.path().substring(0, drift.path().lastIndexOf('/') + 1);
		return new Remains((copy != null) ? folder + copy : null, (last != null) ? last.access() : null);
	}

	private void looked(Node node) {
		switch (this.looks.look(node.id())) {
			case BUSY -> throw Refused.conflict("node-busy",
					node.name() + " is being written by a change just now. Look again once it is through.");
			case NOT_CHECKED -> throw Refused.conflict("not-checked",
					this.table.row(node.id())
						.map(DriftTable.Row::failure)
						.orElse(node.name() + " could not be checked."));
			case NOT_WATCHED -> throw Refused.conflict("nothing-approved",
					"Nothing that this portal wrote is in force on " + node.name() + " any more.");
			case AS_APPROVED, DRIFTED -> {
			}
		}
	}

	/** Whether the facts of the node are from when its file was like this. */
	private boolean isKnown(DriftFinding finding, Baseline baseline) {
		NodeAssessment latest = this.assessments.latest(finding.nodeId()).orElse(null);
		byte[] actual = finding.actual();
		if (latest == null || actual == null) {
			return false;
		}
		if (!baseline.planned().placement().dropIn()) {
			return Arrays.equals(latest.novaConf(), actual);
		}
		return latest.novaFiles() != null && latest.novaFiles()
			.stream()
			.anyMatch((file) -> file.path().equals(finding.path())
					&& Arrays.equals(file.text().getBytes(java.nio.charset.StandardCharsets.UTF_8), actual));
	}

	private static Refused over(DriftFinding finding) {
		DriftFinding.Closing closing = finding.closing();
		return Refused.conflict("drift-over", "There is nothing left to answer for " + finding.path() + " on "
				+ finding.nodeName() + ". " + ((closing != null) ? closing.words() : "Check the node again."));
	}

	private DriftFinding found(String id) {
		return this.table.find(id).orElseThrow(() -> Refused.notFound("drift", id));
	}

	private Optional<NodeWatch> watch(String nodeId) {
		Baseline baseline = this.looks.baseline(nodeId).orElse(null);
		if (baseline == null) {
			return Optional.empty();
		}
		DriftTable.@Nullable Row row = this.table.row(nodeId).orElse(null);
		List<DriftFinding> open = this.table.open(nodeId);
		return Optional.of(new NodeWatch(nodeId, baseline.path(), baseline.changeId(), baseline.changeNumber(),
				(row != null) ? row.checkedAt() : null, (row != null) ? row.failure() : null,
				(row != null) ? row.failedAt() : null, (row != null && this.properties.enabled()) ? row.nextAt() : null,
				open.isEmpty() ? null : open.get(0)));
	}

}
