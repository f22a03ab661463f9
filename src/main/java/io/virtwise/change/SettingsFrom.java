package io.virtwise.change;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose word the settings of a plan are, where nobody wrote them down.
 */
public enum SettingsFrom {

	/** What each node is recommended by itself. */
	RECOMMENDATION,
	/** What the group of each node needs for guests to move between its nodes. */
	GROUP;

	/** The word for it in forms and over HTTP. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** All of these words. */
	public static List<String> keys() {
		return Arrays.stream(values()).map(SettingsFrom::key).toList();
	}

	/** The one with this word. */
	public static Optional<SettingsFrom> ofKey(String key) {
		return Arrays.stream(values()).filter((one) -> one.key().equals(key)).findFirst();
	}

}
