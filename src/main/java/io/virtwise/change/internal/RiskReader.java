package io.virtwise.change.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import io.virtwise.approval.Grounds;
import io.virtwise.approval.Risk;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.PlannedNode;
import io.virtwise.change.internal.LookedAtGuests.Fate;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.nova.NovaConf;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.NodeAssessments;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.shared.ContentHash;

import org.springframework.stereotype.Component;

/**
 * Reads off a change what a policy of approvals speaks of.
 */
@Component
class RiskReader {

	private static final Set<String> REBOOTS = Set.of("reboot", "firmware");

	private final Nodes nodes;

	private final NodeAssessments assessments;

	private final LookedAtGuests guests;

	RiskReader(Nodes nodes, NodeAssessments assessments, LookedAtGuests guests) {
		this.guests = guests;
		this.nodes = nodes;
		this.assessments = assessments;
	}

	Grounds of(ChangeRequest change) {
		Set<String> options = new TreeSet<>();
		Set<String> rules = new TreeSet<>();
		Map<String, Set<String>> read = new HashMap<>();
		Map<String, Boolean> cpus = new HashMap<>();
		Function<PlannedNode, Fate> fates = this.guests.of(change);
		int breaking = 0;
		int unchecked = 0;
		for (PlannedNode node : change.nodes()) {
			node.settings().forEach((one) -> rules.add(one.rule()));
			String bytes = ContentHash.of(node.shownBefore()) + " " + node.afterHash();
			options.addAll(
					read.computeIfAbsent(bytes, (key) -> (node.answer() != null) ? differing(node) : options(node)));
			if (cpus.computeIfAbsent(bytes, (key) -> PlannedCpu.changes(node))) {
				switch (fates.apply(node)) {
					case BREAK -> breaking++;
					case NOT_CHECKED -> unchecked++;
					case FIT -> {
					}
				}
			}
		}
		List<String> groups = change.nodes()
			.stream()
			.map((node) -> this.nodes.find(node.nodeId()))
			.flatMap(Optional::stream)
			.map(Node::group)
			.filter(Objects::nonNull)
			.toList();
		return new Grounds(
				new Risk(List.copyOf(options), reboots(change), change.nodes().size(), groups, unchecked, breaking),
				change.rulebaseRevision(), List.copyOf(rules));
	}

	/** The options that nova reads another value of afterwards. */
	private static Set<String> options(PlannedNode node) {
		NovaConf before = NovaConf.parse(node.before(), node.path());
		NovaConf after = NovaConf.parse(node.after(), node.path());
		Set<String> options = new TreeSet<>();
		for (ReasonedSetting one : node.settings()) {
			Setting setting = one.setting();
			if (!value(before, setting).equals(value(after, setting))) {
				options.add(setting.option());
			}
		}
		return options;
	}

	/**
	 * Every option that differs: what somebody else wrote is not limited to what this
	 * portal sets.
	 */
	private static Set<String> differing(PlannedNode node) {
		NovaConf before = NovaConf.parse(node.shownBefore(), node.path());
		NovaConf after = NovaConf.parse(node.after(), node.path());
		Set<String> options = new TreeSet<>();
		Stream.concat(before.assignments().stream(), after.assignments().stream()).forEach((one) -> {
			Setting setting = new Setting(one.section(), one.option(), null);
			if (!value(before, setting).equals(value(after, setting))) {
				options.add(one.option());
			}
		});
		return options;
	}

	private static Optional<String> value(NovaConf file, Setting setting) {
		return file.effective(setting.section(), setting.option()).map(NovaConf.Assignment::value);
	}

	/** Whether any node's assessment asks for a reboot, or for the switch in firmware. */
	private boolean reboots(ChangeRequest change) {
		return change.nodes()
			.stream()
			.map((node) -> this.assessments.latest(node.nodeId()))
			.flatMap(Optional::stream)
			.anyMatch((latest) -> latest.requires().stream().anyMatch(REBOOTS::contains));
	}

}
