package io.virtwise.access;

import java.util.List;
import java.util.Optional;

/**
 * Looks up who somebody is, for pages that show names beside ids.
 */
public interface People {

	/** The person with this id, also when the account is disabled. */
	Optional<Person> find(String id);

	/** The display name to this id, or the id itself where nobody has it. */
	default String nameOf(String id) {
		return find(id).map(Person::displayName).orElse(id);
	}

	/** Everybody with this role whose account is not disabled, by name. */
	default List<Person> withRole(Role role) {
		return List.of();
	}

}
