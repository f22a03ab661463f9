package io.virtwise.change;

import java.util.Locale;

/**
 * Where one node of a change stands.
 */
public enum NodeStatus {

	/** Not begun. */
	PENDING("pending"),
	/** Begun; the file may be half written until this ends. */
	WRITING("writing"),
	/** Written, not read back yet. */
	WRITTEN("written"),
	/** The node runs with it. */
	IN_FORCE("in force"),
	/** The file is there and proved; nova-compute has yet to be restarted. */
	RESTART_PENDING("restart pending"),
	/** Not written, or not as approved; the journal says which. */
	FAILED("failed"),
	/** The old content is back and proved. */
	ROLLED_BACK("rolled back"),
	/** Not begun, and will not be. */
	SKIPPED("skipped");

	private final String word;

	NodeStatus(String word) {
		this.word = word;
	}

	/** The status as people read it. */
	public String word() {
		return this.word;
	}

	/** The name in the HTTP contract. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** The status stored under this name. */
	public static NodeStatus ofKey(String key) {
		return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
