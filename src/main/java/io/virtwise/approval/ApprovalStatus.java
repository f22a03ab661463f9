package io.virtwise.approval;

import java.util.Locale;

/**
 * Where a request for approval stands.
 */
public enum ApprovalStatus {

	/** Somebody has yet to decide. */
	OPEN,
	/** Enough people said yes; not used yet. */
	GRANTED,
	/** Somebody said no. */
	DENIED,
	/** Whoever asked took it back. */
	WITHDRAWN,
	/** Nobody decided, or nobody used it, in time. */
	EXPIRED,
	/** What was approved has been started; an approval is good for one start. */
	USED;

	/** The name as it is stored. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The status stored under this name. */
	public static ApprovalStatus ofKey(String key) {
		return valueOf(key.toUpperCase(Locale.ROOT));
	}

}
