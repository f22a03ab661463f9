package io.virtwise.recommendation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a node should run because of the group that it is in.
 *
 * @param group what the group is called
 * @param sentence which CPU all nodes of the group can give guests, in words
 * @param common the named model that all of them should offer first, {@code null} for
 * none
 * @param judged whether this node was judged with the others; without facts it is not,
 * nor is one beyond the most nodes that are judged at once
 * @param settings the lines that its nova.conf should get for that, each with the rule
 * that asks for it; empty where it has them
 * @param rulebaseRevision which revision of the rulebase said it
 * @param rulebaseSha256 and that revision's hash
 */
public record GroupLines(String group, String sentence, @Nullable String common, boolean judged,
		List<ReasonedSetting> settings, int rulebaseRevision, String rulebaseSha256) {

	public GroupLines {
		settings = List.copyOf(settings);
	}

	/** The lines as people read them below {@code [libvirt]}. */
	public String lines() {
		return ReasonedSetting.lines(this.settings);
	}

}
