package io.virtwise.access.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Compares a name and a password with the accounts, for the sign-in page and for HTTP
 * Basic.
 */
@Component
class PasswordSignIn implements AuthenticationProvider {

	private final AccountRepository accounts;

	private final PasswordEncoder encoder;

	private final SignInThrottle throttle;

	private final Clock clock;

	/** Compared with where there is no account, so that the time taken tells nothing. */
	private final @Nullable String nobodysHash;

	PasswordSignIn(AccountRepository accounts, PasswordEncoder encoder, SignInThrottle throttle, Clock clock) {
		this.clock = clock;
		this.accounts = accounts;
		this.encoder = encoder;
		this.throttle = throttle;
		this.nobodysHash = encoder.encode("nobody has this password");
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
		Optional<Account> account = this.accounts.findByUsername(username);
		String hash = account.map(Account::passwordHash).orElse(this.nobodysHash);
		boolean fits = PasswordRules.fits(password);
		boolean matches = this.encoder.matches(fits ? password : "", hash);
		if (account.isEmpty() || !fits || !matches) {
			this.throttle.failed(username, address);
			throw new BadCredentialsException("name or password is not right");
		}
		this.throttle.succeeded(username);
		if (account.get().disabled()) {
			throw new DisabledException("this account is disabled");
		}
		return token(SignedIn.of(account.get(), this.clock.instant()), authentication.getDetails());
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
