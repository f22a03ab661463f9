package io.virtwise.node.internal;

import java.util.Optional;

import io.virtwise.node.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What a node may name to sign in with.
 */
interface CredentialNames {

	/** The kept one with this id or name. */
	Optional<Credential> find(String given);

	/**
	 * What is wrong with a name that no kept credential has, to follow the field's name.
	 */
	default @Nullable String fault(String given, Transport transport) {
		return null;
	}

}
