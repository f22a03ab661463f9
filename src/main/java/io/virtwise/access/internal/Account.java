package io.virtwise.access.internal;

import java.time.Instant;
import java.util.Set;

import io.virtwise.access.Person;
import io.virtwise.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * A local account as it is kept.
 *
 * @param id opaque, never reused
 * @param username what one signs in with, in lower case, unique
 * @param displayName how pages call the person
 * @param passwordHash encoded, with the name of the way in front
 * @param credentialVersion counts changes of the password; sessions of an older one end
 * @param disabled whether signing in is refused
 * @param roles what the person comes for
 * @param createdAt when the account was made
 * @param version counts edits
 * @param directory by which directory the person signs in, {@code null} for a password
 * kept here
 * @param directoryId who they are there, whatever they are called
 */
public record Account(String id, String username, String displayName, String passwordHash, long credentialVersion,
		boolean disabled, Set<Role> roles, Instant createdAt, long version, @Nullable String directory,
		@Nullable String directoryId) {

	public Account {
		roles = Set.copyOf(roles);
	}

	/** An account with a password of its own. */
	Account(String id, String username, String displayName, String passwordHash, long credentialVersion,
			boolean disabled, Set<Role> roles, Instant createdAt, long version) {
		this(id, username, displayName, passwordHash, credentialVersion, disabled, roles, createdAt, version, null,
				null);
	}

	/** Whether the password is kept here. */
	public boolean isLocal() {
		return this.directory == null;
	}

	/** The account as the other rooms know it. */
	public Person person() {
		return new Person(this.id, this.username, this.displayName, this.roles);
	}

	Account withProfile(String name, Set<Role> newRoles, boolean off) {
		return new Account(this.id, this.username, name, this.passwordHash, this.credentialVersion, off, newRoles,
				this.createdAt, this.version, this.directory, this.directoryId);
	}

	Account withPassword(String hash) {
		return new Account(this.id, this.username, this.displayName, hash, this.credentialVersion + 1, this.disabled,
				this.roles, this.createdAt, this.version, this.directory, this.directoryId);
	}

	@Override
	public String toString() {
		return "Account[" + this.id + ", " + this.username + ", " + this.roles + "]";
	}

}
