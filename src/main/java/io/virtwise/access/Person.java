package io.virtwise.access;

import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somebody with an account. Four eyes bind the id, whatever name or roles go with it.
 */
public record Person(String id, String username, String displayName, Set<Role> roles) implements Serializable {

	public Person {
		roles = Set.copyOf(roles);
	}

	/** Everything that the roles together allow. */
	public Set<Right> rights() {
		return this.roles.stream().flatMap((role) -> role.rights().stream()).collect(Collectors.toUnmodifiableSet());
	}

	/** Whether one of the roles allows this. */
	public boolean may(Right right) {
		return this.roles.stream().anyMatch((role) -> role.rights().contains(right));
	}

}
