package io.virtwise.access.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.virtwise.shared.StorableText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Compares a name and a password with the accounts, for the sign-in page and for HTTP
 * Basic.
 */
@Component
class PasswordSignIn implements AuthenticationProvider {

	private static final Logger log = LoggerFactory.getLogger(PasswordSignIn.class);

	private final AccountRepository accounts;

	private final PasswordEncoder encoder;

	private final SignInThrottle throttle;

	private final DirectoryPeople people;

	private final ObjectProvider<LdapDirectory> ldap;

	private final Clock clock;

	/**
	 * Compared with where there is no account, so that the time taken tells nothing. Made
	 * beside the start, because it takes as long as any comparison.
	 */
	private final CompletableFuture<@Nullable String> nobodysHash;

	PasswordSignIn(AccountRepository accounts, PasswordEncoder encoder, SignInThrottle throttle, DirectoryPeople people,
			ObjectProvider<LdapDirectory> ldap, Clock clock) {
		this.clock = clock;
		this.people = people;
		this.ldap = ldap;
		this.accounts = accounts;
		this.encoder = encoder;
		this.throttle = throttle;
		this.nobodysHash = CompletableFuture.supplyAsync(() -> encoder.encode("nobody has this password"));
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		String username = authentication.getName().strip().toLowerCase(Locale.ROOT);
		String password = String.valueOf(authentication.getCredentials());
		String address = (authentication.getDetails() instanceof WebAuthenticationDetails details)
				? String.valueOf(details.getRemoteAddress()) : "unknown";
		Duration pause = this.throttle.pause(username, address);
		if (!pause.isZero()) {
			throw new SignInPaused(pause);
		}
		Optional<Account> account = PasswordRules.fits(password) ? find(username, password) : Optional.empty();
		if (account.isEmpty()) {
			this.throttle.failed(username, address);
			throw new BadCredentialsException("name or password is not right");
		}
		this.throttle.succeeded(username);
		if (account.get().disabled()) {
			throw new DisabledException("this account is disabled");
		}
		return token(SignedIn.of(account.get(), this.clock.instant()), authentication.getDetails());
	}

	private Optional<Account> find(String username, String password) {
		Optional<Account> known = (StorableText.fault(username) == null) ? this.accounts.findByUsername(username)
				: Optional.empty();
		LdapDirectory directory = this.ldap.getIfAvailable();
		if (directory != null && known.filter(Account::isLocal).isEmpty()) {
			return ask(directory, username, password);
		}
		Optional<Account> local = known.filter(Account::isLocal);
		String hash = local.map(Account::passwordHash).orElse(this.nobodysHash.join());
		return this.encoder.matches(password, hash) ? local : Optional.empty();
	}

	private Optional<Account> ask(LdapDirectory directory, String username, String password) {
		try {
			return directory.find(username, password).map(this.people::signIn);
		}
		catch (RuntimeException ex) {
			if (ex instanceof AuthenticationException refused
					&& !(ex instanceof InternalAuthenticationServiceException)) {
				throw refused;
			}
			log.error("The LDAP directory cannot be asked", ex);
			throw new InternalAuthenticationServiceException("the directory cannot be asked", ex);
		}
	}

	/** A security context's content for this person. */
	static Authentication token(SignedIn signedIn, @Nullable Object details) {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.authenticated(signedIn, null,
				signedIn.authorities());
		token.setDetails(details);
		return token;
	}

	@Override
	public boolean supports(Class<?> type) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
	}

}
