package io.virtwise.access.internal;

import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.shared.AuditableEvent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns somebody whom an OpenID Connect provider let in into a person with an account
 * here. Nothing of the provider's stays in the session.
 */
@Component
class ProviderSignIn extends SavedRequestAwareAuthenticationSuccessHandler {

	private final DirectoryPeople people;

	private final DirectoryProperties properties;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

	ProviderSignIn(DirectoryPeople people, DirectoryProperties properties, ApplicationEventPublisher events,
			TransactionTemplate transaction, Clock clock) {
		this.people = people;
		this.properties = properties;
		this.events = events;
		this.transaction = transaction;
		this.clock = clock;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws ServletException, IOException {
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		try {
			Account account = account((OAuth2AuthenticationToken) authentication);
			SignedIn signedIn = SignedIn.of(account, this.clock.instant());
			context.setAuthentication(PasswordSignIn.token(signedIn, new WebAuthenticationDetails(request)));
			SecurityContextHolder.setContext(context);
			this.contexts.saveContext(context, request, response);
			this.transaction
				.executeWithoutResult((status) -> this.events.publishEvent(new AuditableEvent("session.started", "user",
						account.id(), account.username(), null, account.directory())));
		}
		catch (AuthenticationException ex) {
			SecurityContextHolder.setContext(context);
			this.contexts.saveContext(context, request, response);
			response.sendRedirect(request.getContextPath() + "/signin?refused=directory");
			return;
		}
		super.onAuthenticationSuccess(request, response, Objects.requireNonNull(context.getAuthentication()));
	}

	private Account account(OAuth2AuthenticationToken token) {
		if (!(token.getPrincipal() instanceof OidcUser user)) {
			throw new BadCredentialsException("the provider says nothing of who this is");
		}
		Map<String, Object> claims = user.getClaims();
		String subject = Objects.toString(user.getSubject(), "");
		String username = Objects.toString(claims.get(this.properties.oidc().usernameClaim()), "");
		if (subject.isEmpty() || username.isEmpty()) {
			throw new BadCredentialsException("the provider's token has no " + this.properties.oidc().usernameClaim());
		}
		String name = Objects.requireNonNullElse(user.getFullName(), username);
		return this.people.signIn(new DirectoryEntry("oidc:" + token.getAuthorizedClientRegistrationId(), subject,
				username, name, groups(claims.get(this.properties.oidc().groupsClaim()))));
	}

	private static Set<String> groups(@Nullable Object claim) {
		Collection<?> values = (claim instanceof Collection<?> many) ? many
				: (claim != null) ? List.of(claim) : List.of();
		return values.stream().map(String::valueOf).collect(Collectors.toSet());
	}

}
