package io.virtwise.approval;

/**
 * The policy of approvals, which everybody may read and an administrator sets.
 */
public interface ApprovalPolicies {

	/** What holds now. */
	ApprovalPolicy current();

	/** The same for somebody who may set another. */
	ApprovalPolicy toEdit();

	/**
	 * Sets another policy. It holds at once, also for what waits already; where it asks
	 * for less than the one before, what waits keeps what was asked for.
	 * @param policy the new one; its version is the one that the person looked at, who
	 * and when are filled in
	 * @throws io.virtwise.shared.Refused if a part of it cannot be taken, or if somebody
	 * else set another one meanwhile
	 */
	ApprovalPolicy set(ApprovalPolicy policy);

}
