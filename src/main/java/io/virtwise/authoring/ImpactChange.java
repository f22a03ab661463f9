package io.virtwise.authoring;

import java.util.List;
import java.util.Objects;

import io.virtwise.authoring.Impact.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What is different about a node's result under a draft.
 *
 * @param kinds in which ways, the weightiest first
 * @param before the verdict before, by its key
 * @param after the verdict after; the same as before where the rules could not be run
 * @param settings options that get another value
 * @param findings rules whose finding comes, goes or reads otherwise
 * @param error why the draft's rules could not be run, {@code null} where they could
 * @param conflicts options for which rules of the draft want different values, and those
 * of the revision in force do not
 */
public record ImpactChange(List<Kind> kinds, String before, String after, List<SettingChange> settings,
		List<FindingChange> findings, @Nullable String error, List<String> conflicts) {

	public ImpactChange {
		// changes stored by an earlier version have none of these
		conflicts = List.copyOf(Objects.requireNonNullElse(conflicts, List.of()));
		kinds = List.copyOf(kinds);
		settings = List.copyOf(settings);
		findings = List.copyOf(findings);
	}

	/** The weightiest kind. */
	public Kind kind() {
		return this.kinds.get(0);
	}

	/**
	 * An option that gets another value.
	 *
	 * @param section its section
	 * @param option its name
	 * @param before what was recommended; {@code null} for nothing, {@code -} to take it
	 * out
	 * @param after what would be
	 */
	public record SettingChange(String section, String option, @Nullable String before, @Nullable String after) {
	}

	/**
	 * A finding that comes, goes or reads otherwise.
	 *
	 * @param rule its rule
	 * @param before severity and title before, {@code null} where it is new
	 * @param after severity and title after, {@code null} where it is gone
	 */
	public record FindingChange(String rule, @Nullable String before, @Nullable String after) {
	}

	/**
	 * A node with what is different about it.
	 *
	 * @param id the node
	 * @param name what it is called
	 * @param change what is different
	 */
	public record ChangedNode(String id, String name, ImpactChange change) {
	}

}
