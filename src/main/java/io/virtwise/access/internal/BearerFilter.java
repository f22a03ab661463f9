package io.virtwise.access.internal;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a program in that shows a token. A token that is not good is refused, also where
 * the request would have come in by something else.
 */
class BearerFilter extends OncePerRequestFilter {

	private static final String SCHEME = "bearer ";

	private final TokenSignIn tokens;

	private final FailureAnswers failures;

	/** For the later pieces of an answer that is streamed. Never a session. */
	private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

	BearerFilter(TokenSignIn tokens, FailureAnswers failures) {
		this.tokens = tokens;
		this.failures = failures;
	}

	/** Whether the request shows a token, good or not. */
	static boolean hasToken(HttpServletRequest request) {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		return header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!hasToken(request)) {
			chain.doFilter(request, response);
			return;
		}
		String secret = Objects.toString(request.getHeader(HttpHeaders.AUTHORIZATION), "")
			.substring(SCHEME.length())
			.strip();
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		try {
			SignedIn signedIn = this.tokens.signIn(secret, String.valueOf(request.getRemoteAddr()));
			context.setAuthentication(PasswordSignIn.token(signedIn, new WebAuthenticationDetails(request)));
		}
		catch (TokenRefused ex) {
			SecurityContextHolder.clearContext();
			this.failures.refuseToken(request, response, ex);
			return;
		}
		SecurityContextHolder.setContext(context);
		this.contexts.saveContext(context, request, response);
		chain.doFilter(request, response);
	}

}
