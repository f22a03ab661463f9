package io.virtwise.access.internal;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;

import io.virtwise.access.Person;
import io.virtwise.access.Right;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Who a security context is about.
 *
 * @param person the person, with the roles of this request
 * @param credentialVersion the password's version that let them in
 * @param token what they came in by, {@code null} for a password or a directory
 */
record SignedIn(Person person, long credentialVersion,
		@Nullable TokenUse token) implements AuthenticatedPrincipal, Serializable {

	static SignedIn of(Account account) {
		return new SignedIn(account.person(), account.credentialVersion(), null);
	}

	static SignedIn through(Account account, TokenUse token) {
		return new SignedIn(account.person().within(token.scopes()), account.credentialVersion(), token);
	}

	/** The same sign-in with what the account is now. */
	SignedIn refreshed(Account account) {
		return (this.token != null) ? through(account, this.token) : of(account);
	}

	@Override
	public String getName() {
		return this.person.username();
	}

	/** The rights of the roles, as method security asks for them. */
	Collection<GrantedAuthority> authorities() {
		return this.person.rights()
			.stream()
			.sorted(Comparator.naturalOrder())
			.map(Right::authority)
			.<GrantedAuthority>map(SimpleGrantedAuthority::new)
			.toList();
	}

}
