package io.virtwise.recommendation.migration;

/**
 * Which processor guests can have on all nodes of a group, as the rules answer.
 */
public enum GroupCpu {

	/** The nodes are alike, or nearly. */
	HOST_MODEL,
	/** One named model. */
	COMMON,
	/** None. */
	NONE,
	/** Nobody knows. */
	UNKNOWN

}
