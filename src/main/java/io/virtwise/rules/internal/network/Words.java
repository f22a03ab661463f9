package io.virtwise.rules.internal.network;

/**
 * Knows the words that rules may use.
 */
public interface Words {

	/** The word of an enum. */
	Object word(String type, String constant);

}
