package io.virtwise.change;

import java.util.Locale;

/**
 * What can happen to a change.
 */
public enum ChangeVerb {

	/** A person asks for approval. */
	SUBMIT("submit"),
	/** Enough others said yes. */
	APPROVE("approve"),
	/** Somebody said no. */
	DENY("deny"),
	/** Whoever asked takes it back. */
	WITHDRAW("withdraw"),
	/** Nobody decided, or nobody started it, in time. */
	EXPIRE("expire"),
	/** A person puts it on its nodes. */
	START("start"),
	/** No further node is begun. */
	PAUSE("pause"),
	/** Further nodes are begun again. */
	RESUME("resume"),
	/** No further node is begun, for good. */
	STOP("stop"),
	/** Every file is written and proved; nova-compute has yet to be restarted. */
	AWAIT_RESTART("await-restart"),
	/** Every node runs with it. */
	PROVE("prove"),
	/** At least one node is not as it was approved. */
	FAIL("fail"),
	/** Every node that was written has its old file again. */
	UNDO("undo"),
	/** Nothing was written anywhere, and nothing will be. */
	ABANDON("abandon"),
	/** A person has the nodes that are not as approved written once more. */
	RERUN("run again"),
	/** A person wants the old files back. */
	ROLL_BACK("roll back");

	private final String word;

	ChangeVerb(String word) {
		this.word = word;
	}

	/** The verb as people read it, to follow "cannot". */
	public String word() {
		return this.word;
	}

	/** The name as it is stored. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
