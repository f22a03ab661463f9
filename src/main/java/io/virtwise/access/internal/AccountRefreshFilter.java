package io.virtwise.access.internal;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the account behind a session again on every request: who was disabled or got a
 * new password is out, and who lost a role lost its rights, at once. So is a session that
 * lasted too long, however busy it is.
 */
class AccountRefreshFilter extends OncePerRequestFilter {

	private final AccountRepository accounts;

	private final TokenSignIn tokens;

	private final AccessProperties properties;

	private final Clock clock;

	AccountRefreshFilter(AccountRepository accounts, TokenSignIn tokens, AccessProperties properties, Clock clock) {
		this.accounts = accounts;
		this.tokens = tokens;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication != null && authentication.getPrincipal() instanceof SignedIn signedIn) {
			Optional<Account> account = this.accounts.findById(signedIn.person().id())
				.filter((found) -> stillLetsIn(found, signedIn));
			SecurityContext fresh = SecurityContextHolder.createEmptyContext();
			if (account.isPresent()) {
				fresh.setAuthentication(
						PasswordSignIn.token(signedIn.refreshed(account.get()), authentication.getDetails()));
			}
			else {
				endSession(request);
			}
			SecurityContextHolder.setContext(fresh);
		}
		chain.doFilter(request, response);
	}

	private boolean stillLetsIn(Account account, SignedIn signedIn) {
		TokenUse token = signedIn.token();
		if (account.disabled()) {
			return false;
		}
		if (token != null) {
			return this.tokens.stillGood(token);
		}
		return account.credentialVersion() == signedIn.credentialVersion()
				&& this.clock.instant().isBefore(signedIn.since().plus(this.properties.longestSession()));
	}

	private static void endSession(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.invalidate();
		}
	}

	/** Style sheets and scripts are the same for everybody. */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		return path.startsWith("/webjars/") || path.startsWith("/css/") || path.startsWith("/js/");
	}

	/** Asynchronous answers such as event streams end when the account does not fit. */
	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

}
