package io.virtwise.recommendation;

import java.util.Locale;

/**
 * Where evidence about a node came from.
 */
public enum FactSource {

	/** Read from the node over its libvirt daemon. */
	LIBVIRT("read over libvirt"),
	/** Handed in by somebody. */
	SUBMITTED("handed in");

	private final String words;

	FactSource(String words) {
		this.words = words;
	}

	/** The name in the HTTP contract. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The same as people read it. */
	public String words() {
		return this.words;
	}

}
