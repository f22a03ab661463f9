package io.virtwise.access.internal;

import java.util.Optional;

import io.virtwise.shared.AuditableEvent;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the audit log who signed in and out, and which passwords were wrong. Single API
 * calls with good credentials are not told: what they change is.
 */
@Component
class SignInRecords implements AuthenticationEventPublisher {

	private static final int LONGEST_NAME = 64;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	private final AccountRepository accounts;

	SignInRecords(ApplicationEventPublisher events, TransactionTemplate transaction, AccountRepository accounts) {
		this.events = events;
		this.transaction = transaction;
		this.accounts = accounts;
	}

	@Override
	public void publishAuthenticationSuccess(Authentication authentication) {
		// the sign-in page announces itself below
	}

	@Override
	public void publishAuthenticationFailure(AuthenticationException ex, Authentication authentication) {
		if (ex instanceof LockedException) {
			return; // the failures before the pause are told; the pause must not fill the
					// log
		}
		String username = printable(authentication.getName());
		Optional<Account> account = this.accounts.findByUsername(username);
		publish(new AuditableEvent("session.refused", "user", account.map(Account::id).orElse("-"), username, null,
				ex.getMessage()));
	}

	@EventListener
	void signedIn(InteractiveAuthenticationSuccessEvent event) {
		tell("session.started", event.getAuthentication());
	}

	@EventListener
	void signedOut(LogoutSuccessEvent event) {
		tell("session.ended", event.getAuthentication());
	}

	private void tell(String action, Authentication authentication) {
		if (authentication.getPrincipal() instanceof SignedIn signedIn) {
			publish(new AuditableEvent(action, "user", signedIn.person().id(), signedIn.person().username(), null,
					null));
		}
	}

	private void publish(AuditableEvent event) {
		this.transaction.executeWithoutResult((status) -> this.events.publishEvent(event));
	}

	private static String printable(String name) {
		String clean = name.strip().toLowerCase(java.util.Locale.ROOT).replaceAll("\\p{Cntrl}", "?");
		return clean.substring(0, Math.min(clean.length(), LONGEST_NAME));
	}

}
