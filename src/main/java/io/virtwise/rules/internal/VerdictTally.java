package io.virtwise.rules.internal;

import io.virtwise.rules.Severity;
import io.virtwise.rules.Verdict;

/**
 * Counts findings until the verdict is clear.
 */
final class VerdictTally {

	private boolean blocked;

	private boolean unknown;

	private boolean high;

	/** Whether a finding like this can have a say in the verdict. */
	static boolean counts(Severity severity, boolean unknown) {
		return unknown || severity == Severity.BLOCK || severity == Severity.HIGH;
	}

	/**
	 * Takes down a finding.
	 * @param unknown whether it is about a fact that decides and that nobody knows
	 */
	void add(Severity severity, boolean unknown) {
		this.blocked |= severity == Severity.BLOCK && !unknown;
		this.unknown |= unknown;
		this.high |= severity == Severity.HIGH;
	}

	/** The verdict on all of them. */
	Verdict verdict() {
		if (this.blocked) {
			return Verdict.BLOCKED;
		}
		return this.unknown ? Verdict.UNDETERMINED : (this.high ? Verdict.ACTION_REQUIRED : Verdict.READY);
	}

}
