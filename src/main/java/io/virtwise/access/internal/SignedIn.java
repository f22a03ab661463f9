package io.virtwise.access.internal;

import java.util.Collection;
import java.util.Comparator;

import io.virtwise.access.Person;
import io.virtwise.access.Right;

import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

import java.io.Serializable;

/**
 * Who a security context is about.
 *
 * @param person the person, with the roles of this request
 * @param credentialVersion the password's version that let them in
 */
record SignedIn(Person person, long credentialVersion) implements AuthenticatedPrincipal, Serializable {

	static SignedIn of(Account account) {
		return new SignedIn(account.person(), account.credentialVersion());
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
