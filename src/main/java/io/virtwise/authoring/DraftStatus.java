package io.virtwise.authoring;

import java.util.Locale;

/**
 * Where a draft of the rulebase stands.
 */
public enum DraftStatus {

	/** It is being written. */
	DRAFT,
	/** Somebody else has to look at it. */
	WAITING_FOR_APPROVAL,
	/** It became a revision, or brought an earlier one back. */
	PUBLISHED,
	/** Somebody said no; the next edit makes it a draft again. */
	DENIED,
	/** Its author gave it up. */
	DISCARDED;

	/** The name in the HTTP contract and in the database. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Whether its files may be edited. */
	public boolean editable() {
		return this == DRAFT || this == DENIED;
	}

	/** Whether anything may still become of it. */
	public boolean open() {
		return editable() || this == WAITING_FOR_APPROVAL;
	}

	/** The status of this name. */
	public static DraftStatus ofKey(String key) {
		return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
