package io.virtwise.nova;

/**
 * The families of machines between which a nova makes a difference.
 */
public enum Architecture {

	/** ppc64 and ppc64le. */
	POWER,
	/** s390x. */
	S390,
	/** All others; nova was made on x86. */
	OTHER

}
