package io.virtwise.change;

import java.util.List;

import io.virtwise.nova.Setting;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants planned.
 *
 * @param nodes ids of the nodes
 * @param settings what to set, {@code null} for what is recommended
 * @param from whose recommendation that is
 * @param reason why, for whoever approves it
 */
public record PlanCommand(List<String> nodes, @Nullable List<Setting> settings, SettingsFrom from, String reason) {

	public PlanCommand {
		nodes = List.copyOf(nodes);
		settings = (settings != null) ? List.copyOf(settings) : null;
	}

	/** The same by each node's own recommendation. */
	public PlanCommand(List<String> nodes, @Nullable List<Setting> settings, String reason) {
		this(nodes, settings, SettingsFrom.RECOMMENDATION, reason);
	}

}
