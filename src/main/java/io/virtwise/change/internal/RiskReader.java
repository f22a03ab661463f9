package io.virtwise.change.internal;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.virtwise.approval.Grounds;
import io.virtwise.approval.Risk;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.CpuOptions;
import io.virtwise.change.PlannedNode;
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

	RiskReader(Nodes nodes, NodeAssessments assessments) {
		this.nodes = nodes;
		this.assessments = assessments;
	}

	Grounds of(ChangeRequest change) {
		Set<String> options = new TreeSet<>();
		Set<String> rules = new TreeSet<>();
		Map<String, Set<String>> read = new HashMap<>();
		int guests = 0;
		for (PlannedNode node : change.nodes()) {
			node.settings().forEach((one) -> rules.add(one.rule()));
			Set<String> its = read.computeIfAbsent(ContentHash.of(node.shownBefore()) + " " + node.afterHash(),
					(bytes) -> (node.answer() != null) ? differing(node) : options(node));
			options.addAll(its);
			if (node.runningGuests() > 0 && !Collections.disjoint(its, CpuOptions.NAMES)) {
				guests++;
			}
		}
		List<String> groups = change.nodes()
			.stream()
			.map((node) -> this.nodes.find(node.nodeId()))
			.flatMap(Optional::stream)
			.map(Node::group)
			.filter(Objects::nonNull)
			.toList();
		return new Grounds(new Risk(List.copyOf(options), reboots(change), change.nodes().size(), groups, guests),
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
