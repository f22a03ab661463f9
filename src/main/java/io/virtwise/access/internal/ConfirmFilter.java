package io.virtwise.access.internal;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.virtwise.shared.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.ModelAndView;

/**
 * Asks for the password again before something is approved or started from a session
 * whose person has not shown it for a while. The page that asks carries what was to be
 * done, so that nothing is lost. Programs show what they have with every request.
 */
class ConfirmFilter extends OncePerRequestFilter {

	/** The field of the page that asks. */
	static final String FIELD = "confirmPassword";

	private static final Pattern GRAVE = Pattern
		.compile("/(?:api/v1/)?(?:changes|rulebase|rules)/.+/(?:approve|start)");

	private final AccessProperties properties;

	private final AuthenticationManager manager;

	private final OpenSessions sessions;

	private final FailureAnswers answers;

	private final Clock clock;

	ConfirmFilter(AccessProperties properties, AuthenticationManager manager, OpenSessions sessions,
			FailureAnswers answers, Clock clock) {
		this.properties = properties;
		this.manager = manager;
		this.sessions = sessions;
		this.answers = answers;
		this.clock = clock;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !request.getMethod().equals("POST") || !GRAVE.matcher(path(request)).matches();
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		SignedIn signedIn = stale();
		if (signedIn == null) {
			chain.doFilter(request, response);
			return;
		}
		String password = request.getParameter(FIELD);
		String problem = (password != null) ? problem(signedIn, password, request) : null;
		if (password != null && problem == null) {
			this.sessions.confirm(signedIn, request, response);
			chain.doFilter(request, response);
		}
		else if (path(request).startsWith("/api/")) {
			this.answers.answer(request, response, Refused.forbidden("confirm-sign-in",
					"Your last sign-in is too long ago for this. Do it on the page, which asks for your password, "
							+ "or send name and password with this request by HTTP Basic."),
					HttpStatus.FORBIDDEN);
		}
		else {
			ask(signedIn, problem, request, response);
		}
	}

	/** Who has not shown the password for too long; {@code null} if that is fine. */
	private @Nullable SignedIn stale() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication != null && authentication.getPrincipal() instanceof SignedIn found && found.token() == null
				&& !this.clock.instant().isBefore(found.provedAt().plus(this.properties.confirmAfter()))) {
			return found;
		}
		return null;
	}

	/** Why the password will not do; {@code null} if it does. */
	private @Nullable String problem(SignedIn signedIn, String password, HttpServletRequest request) {
		UsernamePasswordAuthenticationToken shown = UsernamePasswordAuthenticationToken
			.unauthenticated(signedIn.person().username(), password);
		shown.setDetails(new WebAuthenticationDetails(request));
		try {
			Authentication found = this.manager.authenticate(shown);
			boolean same = found.getPrincipal() instanceof SignedIn now
					&& now.person().id().equals(signedIn.person().id());
			return same ? null : "This is not your password.";
		}
		catch (SignInPaused ex) {
			return ex.getMessage();
		}
		catch (AuthenticationException ex) {
			return "This is not your password.";
		}
	}

	private void ask(SignedIn signedIn, @Nullable String problem, HttpServletRequest request,
			HttpServletResponse response) throws ServletException {
		ModelAndView page = new ModelAndView("access/confirm");
		page.setStatus(HttpStatus.FORBIDDEN);
		List<Sent> sent = new ArrayList<>();
		request.getParameterMap().forEach((name, values) -> {
			if (!name.equals(FIELD) && !name.equals("_csrf")) {
				for (String value : values) {
					sent.add(new Sent(name, value));
				}
			}
		});
		page.addObject("action", path(request));
		page.addObject("sent", sent);
		page.addObject("starts", path(request).endsWith("/start"));
		page.addObject("problem", problem);
		String directory = signedIn.directory();
		page.addObject("provider",
				(directory != null && directory.startsWith("oidc:")) ? directory.substring(5) : null);
		this.answers.render(page, request, response);
	}

	private static String path(HttpServletRequest request) {
		return request.getRequestURI().substring(request.getContextPath().length());
	}

	/**
	 * A field of the form that was sent.
	 *
	 * @param name its name
	 * @param value what was in it
	 */
	record Sent(String name, String value) {
	}

}
