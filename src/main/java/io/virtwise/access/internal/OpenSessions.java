package io.virtwise.access.internal;

import java.time.Clock;

import io.virtwise.shared.AuditableEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Renews what a session knows of its person, each time under a new session id.
 */
@Component
public class OpenSessions {

	private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	private final Clock clock;

	OpenSessions(ApplicationEventPublisher events, TransactionTemplate transaction, Clock clock) {
		this.events = events;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Carries the request's session over a change of the password that ends all others.
	 */
	public void keep(Account account, HttpServletRequest request, HttpServletResponse response) {
		renew(SignedIn.of(account, this.clock.instant()), request, response);
	}

	/** Notes that the person showed the password again. */
	void confirm(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) {
		renew(signedIn.proved(this.clock.instant()), request, response);
		this.transaction
			.executeWithoutResult((status) -> this.events.publishEvent(new AuditableEvent("session.confirmed", "user",
					signedIn.person().id(), signedIn.person().username(), null, null)));
	}

	private void renew(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) {
		if (request.getSession(false) == null) {
			return;
		}
		request.changeSessionId();
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(PasswordSignIn.token(signedIn, new WebAuthenticationDetails(request)));
		SecurityContextHolder.setContext(context);
		this.contexts.saveContext(context, request, response);
	}

}
