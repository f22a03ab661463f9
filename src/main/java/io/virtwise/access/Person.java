package io.virtwise.access;

import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account. Four eyes bind the id, whatever name or roles go with it, and
 * whatever they came in by.
 *
 * @param id opaque, never reused
 * @param username what they sign in with
 * @param displayName how pages call them
 * @param roles what they come for
 * @param scopes where they act through a token, the only rights it was given;
 * {@code null} where nothing narrows the roles
 */
public record Person(String id, String username, String displayName, Set<Role> roles,
		@Nullable Set<Right> scopes) implements Serializable {

	public Person {
		roles = Set.copyOf(roles);
		scopes = (scopes != null) ? Set.copyOf(scopes) : null;
	}

	/** Somebody with all that the roles allow. */
	public Person(String id, String username, String displayName, Set<Role> roles) {
		this(id, username, displayName, roles, null);
	}

	/** The same person, through a token with these scopes. */
	public Person within(Set<Right> tokenScopes) {
		return new Person(this.id, this.username, this.displayName, this.roles, tokenScopes);
	}

	/** Everything that the roles together allow, and the token if there is one. */
	public Set<Right> rights() {
		return this.roles.stream()
			.flatMap((role) -> role.rights().stream())
			.filter(this::isInScope)
			.collect(Collectors.toUnmodifiableSet());
	}

	/** Whether one of the roles allows this, and the token if there is one. */
	public boolean may(Right right) {
		return isInScope(right) && mayByRole(right);
	}

	/** Whether one of the roles allows this, whatever a token may. */
	public boolean mayByRole(Right right) {
		return this.roles.stream().anyMatch((role) -> role.rights().contains(right));
	}

	private boolean isInScope(Right right) {
		return this.scopes == null || this.scopes.contains(right);
	}

}
