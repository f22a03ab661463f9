package io.virtwise.rules;

/**
 * How bad a finding is, worst first.
 */
public enum Severity {

	/** nova-compute will not start, or no guest can be launched. */
	BLOCK,
	/** Works, but wrong for production, or breaks migration. */
	HIGH,
	/** Slower, or deprecated. */
	WARN,
	/** A note; nothing to do. */
	INFO

}
