package io.virtwise.ui;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The word, icon and tone of each verdict, by its key; in templates as {@code #verdicts}.
 */
public final class Verdicts {

	private static final Look NONE = new Look("Not assessed", "grey", "ti-circle-dashed");

	private static final Map<String, Look> LOOKS = Map.of("ready", new Look("Ready", "green", "ti-circle-check"),
			"action-required", new Look("Action required", "amber", "ti-checklist"), "blocked",
			new Look("Blocked", "red", "ti-ban"), "undetermined",
			new Look("Undetermined", "violet", "ti-help-hexagon"));

	/** The verdict as people read it. */
	public String word(@Nullable String key) {
		return look(key).word();
	}

	/** The tone's name without its prefix. */
	public String tone(@Nullable String key) {
		return look(key).tone();
	}

	/** The icon's class. */
	public String icon(@Nullable String key) {
		return look(key).icon();
	}

	private static Look look(@Nullable String key) {
		return (key != null) ? LOOKS.getOrDefault(key, NONE) : NONE;
	}

	private record Look(String word, String tone, String icon) {
	}

}
