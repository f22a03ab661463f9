package io.virtwise.access.internal;

import java.io.Serializable;
import java.time.Instant;
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
 * @param since when they came in
 * @param provedAt when they last showed their password
 * @param directory by which the person signs in, {@code null} for a password kept here
 */
record SignedIn(Person person, long credentialVersion, @Nullable TokenUse token, Instant since, Instant provedAt,
		@Nullable String directory) implements AuthenticatedPrincipal, Serializable {

	static SignedIn of(Account account, Instant now) {
		return new SignedIn(account.person(), account.credentialVersion(), null, now, now, account.directory());
	}

	static SignedIn through(Account account, TokenUse token, Instant now) {
		return new SignedIn(account.person().within(token.scopes()), account.credentialVersion(), token, now, now,
				account.directory());
	}

	/** The same sign-in with what the account is now. */
	SignedIn refreshed(Account account) {
		Person now = (this.token != null) ? account.person().within(this.token.scopes()) : account.person();
		return new SignedIn(now, account.credentialVersion(), this.token, this.since, this.provedAt, this.directory);
	}

	/** The same sign-in, whose person showed the password again. */
	SignedIn proved(Instant now) {
		return new SignedIn(this.person, this.credentialVersion, this.token, this.since, now, this.directory);
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
