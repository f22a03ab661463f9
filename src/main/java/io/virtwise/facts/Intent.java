package io.virtwise.facts;

import java.util.Set;
import java.util.TreeSet;

/**
 * What the people behind a node want from it. Never assumed: what nobody answered is
 * unknown.
 *
 * @param environment production or lab
 * @param liveMigration whether a running guest must be able to move to another node
 * @param nested whether guests start guests of their own
 * @param acceptEmulation whether slow emulation is acceptable if KVM cannot be had
 * @param imageFormats the image formats in use, lower case; empty where nobody said
 * @param guestAgent whether images carry the guest agent
 */
public record Intent(Environment environment, Known liveMigration, Known nested, Known acceptEmulation,
		Set<String> imageFormats, Known guestAgent) {

	/** Nobody said anything. */
	public static final Intent UNKNOWN = new Intent(Environment.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN,
			Set.of(), Known.UNKNOWN);

	public Intent {
		imageFormats = java.util.Collections.unmodifiableSet(new TreeSet<>(imageFormats));
	}

	/**
	 * What the node is used for.
	 */
	public enum Environment {

		/** People depend on the guests. */
		PRODUCTION,
		/** Development or test. */
		LAB,
		/** Nobody said. */
		UNKNOWN

	}

}
