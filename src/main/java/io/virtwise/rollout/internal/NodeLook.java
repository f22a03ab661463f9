package io.virtwise.rollout.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.virtwise.change.ChangeProgress.DryRunCheck;
import io.virtwise.change.ChangeProgress.DryRunResult;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.PlanCheck;
import io.virtwise.change.PlannedNode;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.Nodes;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Everything that a dry run looks at on one node. Each check says for itself whether it
 * could be made; nothing is written anywhere.
 */
@Component
class NodeLook {

	private final PlanCheck plan;

	private final FileCheck file;

	private final PushTable pushes;

	private final Nodes nodes;

	private final ObjectProvider<NodeFactsReader> reader;

	private final ObjectProvider<FactReader> facts;

	private final GuestLook guests;

	NodeLook(PlanCheck plan, FileCheck file, PushTable pushes, Nodes nodes, ObjectProvider<NodeFactsReader> reader,
			ObjectProvider<FactReader> facts, GuestLook guests) {
		this.guests = guests;
		this.plan = plan;
		this.file = file;
		this.pushes = pushes;
		this.nodes = nodes;
		this.reader = reader;
		this.facts = facts;
	}

	DryRunResult at(ChangeRequest change, PlannedNode planned, Duration deadline) {
		List<DryRunCheck> checks = new ArrayList<>(this.plan.of(change, planned));
		Optional<String> busy = this.pushes.busyWith(planned.nodeId());
		if (busy.isPresent()) {
			checks.add(new DryRunCheck("file", DryRunCheck.NOT_CHECKED,
					busy.get().equals(change.id()) ? "This change is being written to the node just now."
							: "Another change is being written to the node just now; look again once it is through."));
		}
		else {
			DryRunResult seen = this.file.dryRun(change, planned, deadline);
			checks.add(new DryRunCheck("file", seen.outcome(), seen.text()));
		}
		checks.add(libvirt(planned, deadline));
		this.nodes.find(planned.nodeId())
			.flatMap((node) -> this.guests.orNotChecked(node, planned, deadline))
			.ifPresent(checks::add);
		return DryRunResult.of(checks);
	}

	/** Reads the node over libvirt, and asks whether it takes what nova would ask for. */
	private DryRunCheck libvirt(PlannedNode planned, Duration deadline) {
		NodeFactsReader from = this.reader.getIfAvailable();
		FactReader understanding = this.facts.getIfAvailable();
		Node node = this.nodes.find(planned.nodeId()).orElse(null);
		if (from == null || understanding == null || node == null) {
			return new DryRunCheck("libvirt", DryRunCheck.NOT_CHECKED,
					(node == null) ? "The node is no longer registered." : "This portal cannot read nodes.");
		}
		try {
			NodeReading reading = from.read(node, deadline);
			return judge(planned, understanding.read(reading.evidence()), reading.runningGuests().size());
		}
		catch (NodeFailure ex) {
			return new DryRunCheck("libvirt", DryRunCheck.NOT_CHECKED, String.valueOf(ex.getMessage()));
		}
	}

	static DryRunCheck judge(PlannedNode planned, NodeFacts facts, int guests) {
		String running = guests + ((guests == 1) ? " guest runs" : " guests run") + " there now"
				+ ((guests != planned.runningGuests()) ? ", " + planned.runningGuests() + " when it was planned."
						: ".");
		String type = planned.wanted("libvirt", "virt_type");
		if (type != null && !facts.capabilities().known()) {
			return new DryRunCheck("libvirt", DryRunCheck.NOT_CHECKED,
					"The node does not tell which kinds of guest it offers. " + running);
		}
		if (type != null && !facts.capabilities().domainTypes().contains(type)) {
			return new DryRunCheck("libvirt", DryRunCheck.WOULD_FAIL, "libvirt offers "
					+ String.join(", ", facts.capabilities().domainTypes()) + " here, not " + type + ". " + running);
		}
		return mode(planned.wanted("libvirt", "cpu_mode"), type, facts, running);
	}

	private static DryRunCheck mode(@Nullable String mode, @Nullable String type, NodeFacts facts, String running) {
		String offered = (type != null) ? "libvirt offers " + type + ". " : "";
		if (mode == null || mode.equals("none")) {
			return new DryRunCheck("libvirt", DryRunCheck.WOULD_WORK, offered + running);
		}
		var known = facts.domainCapabilities()
			.stream()
			.filter((one) -> type == null || type.equals(one.domain()))
			.map((one) -> switch (mode) {
				case "host-passthrough" -> one.hostPassthrough();
				case "host-model" -> one.hostModelMode();
				case "custom" -> one.custom();
				default -> Known.UNKNOWN;
			})
			.toList();
		if (known.contains(Known.YES)) {
			return new DryRunCheck("libvirt", DryRunCheck.WOULD_WORK,
					offered + "It can do the CPU mode " + mode + ". " + running);
		}
		if (known.contains(Known.NO)) {
			return new DryRunCheck("libvirt", DryRunCheck.WOULD_FAIL,
					"libvirt says that it cannot do the CPU mode " + mode + " here. " + running);
		}
		return new DryRunCheck("libvirt", DryRunCheck.NOT_CHECKED,
				offered + "Whether it can do the CPU mode " + mode + " is not known. " + running);
	}

}
