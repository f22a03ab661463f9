package io.virtwise.recommendation.workorder;

import java.util.List;

import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment.RulebaseRevision;

/**
 * The remediation of an assessment as numbered steps.
 *
 * @param place where it is to be done
 * @param sentence the verdict in one sentence
 * @param rulebase which rulebase said so
 * @param steps in the order in which they are done
 * @param settings the lines that nova.conf needs, and those to take out
 * @param text the same as lines of a nova.conf
 */
public record WorkOrder(WorkPlace place, String sentence, RulebaseRevision rulebase, List<WorkStep> steps,
		List<Setting> settings, String text) {

	public WorkOrder {
		steps = List.copyOf(steps);
		settings = List.copyOf(settings);
	}

	/** How many steps a script does by itself. */
	public long scripted() {
		return this.steps.stream().filter((step) -> !step.manual()).count();
	}

	/** What to call the node. */
	String nodeWords() {
		return (this.place.node() != null) ? Shell.shown(this.place.node()) : "a compute node";
	}

	/** The settings that have a value. */
	List<Setting> toSet() {
		return this.settings.stream().filter((setting) -> setting.value() != null).toList();
	}

	/** The settings that are to be taken out. */
	List<Setting> toTakeOut() {
		return this.settings.stream().filter((setting) -> setting.value() == null).toList();
	}

}
