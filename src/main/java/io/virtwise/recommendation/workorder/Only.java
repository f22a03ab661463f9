package io.virtwise.recommendation.workorder;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * On which processors a step is for. A rule says so with the first words of its note.
 */
public enum Only {

	/** On each. */
	ANYWHERE("", ""),
	/** On Intel's. */
	INTEL("on intel", "GenuineIntel"),
	/** On AMD's. */
	AMD("on amd", "AuthenticAMD");

	private final String words;

	private final String vendor;

	Only(String words, String vendor) {
		this.words = words;
		this.vendor = vendor;
	}

	/** What {@code vendor_id} in {@code /proc/cpuinfo} must say, blank for anything. */
	String vendor() {
		return this.vendor;
	}

	static Only of(@Nullable String note) {
		String said = (note != null) ? note.toLowerCase(Locale.ROOT) : "";
		for (Only only : values()) {
			if (only != ANYWHERE && (said.equals(only.words) || said.startsWith(only.words + " ")
					|| said.startsWith(only.words + ","))) {
				return only;
			}
		}
		return ANYWHERE;
	}

}
