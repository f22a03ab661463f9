package io.virtwise.access.internal;

import java.io.Serializable;
import java.util.Set;

import io.virtwise.access.Right;

/**
 * The token that a request came with.
 *
 * @param id the token's id
 * @param prefix its first characters, by which its owner knows it
 * @param scopes what it was given
 */
record TokenUse(String id, String prefix, Set<Right> scopes) implements Serializable {

	TokenUse {
		scopes = Set.copyOf(scopes);
	}

}
