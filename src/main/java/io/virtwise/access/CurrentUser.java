package io.virtwise.access;

import java.util.Optional;

/**
 * Who is asking.
 */
public interface CurrentUser {

	/** The person signed in, if somebody is. */
	Optional<Person> find();

	/**
	 * Through what the person acts, where it is a token: its first characters, by which
	 * its owner knows it. Empty for a page and for a password.
	 */
	default Optional<String> via() {
		return Optional.empty();
	}

	/**
	 * The person signed in.
	 * @throws IllegalStateException if nobody is, which the filter chain must not let
	 * happen
	 */
	default Person require() {
		return find().orElseThrow(() -> new IllegalStateException("nobody is signed in"));
	}

}
