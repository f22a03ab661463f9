package io.virtwise.access.internal;

import java.io.IOException;
import java.util.Locale;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/**
 * What the filter chain answers when it does not let a request through: the same problem
 * bodies and pages that a refusal further in gets, because they come from the same place.
 */
@Component
class FailureAnswers implements AccessDeniedHandler {

	private final HandlerExceptionResolver exceptions;

	private final ObjectProvider<ViewResolver> views;

	FailureAnswers(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver exceptions,
			@Qualifier("viewResolver") ObjectProvider<ViewResolver> views) {
		this.exceptions = exceptions;
		this.views = views;
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex)
			throws IOException, ServletException {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		if (ex instanceof CsrfException && (path.equals("/signin") || path.equals("/signout"))) {
			response.sendRedirect(request.getContextPath() + "/signin?refused=stale");
			return;
		}
		answer(request, response, ex, HttpStatus.FORBIDDEN);
	}

	/** For the API: a problem body, and the challenge that HTTP asks for. */
	void challenge(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
			throws IOException, ServletException {
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Virtwise\", charset=\"UTF-8\"");
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Virtwise\"");
		if (ex instanceof SignInPaused paused) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(paused.seconds()));
		}
		answer(request, response, ex, HttpStatus.UNAUTHORIZED);
	}

	/** For the API, where a token was shown that is not good. */
	void refuseToken(HttpServletRequest request, HttpServletResponse response, TokenRefused ex)
			throws IOException, ServletException {
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Virtwise\", error=\"invalid_token\"");
		answer(request, response, ex, HttpStatus.UNAUTHORIZED);
	}

	/** For pages: to the sign-in page, also where htmx asked for a piece of one. */
	static AuthenticationEntryPoint toSignIn() {
		LoginUrlAuthenticationEntryPoint page = new LoginUrlAuthenticationEntryPoint("/signin");
		return (request, response, ex) -> {
			if ("true".equals(request.getHeader("HX-Request"))) {
				response.setHeader("HX-Redirect", request.getContextPath() + "/signin");
				response.setStatus(HttpStatus.UNAUTHORIZED.value());
			}
			else {
				page.commence(request, response, ex);
			}
		};
	}

	/** The same answer that this failure gets further in. */
	void answer(HttpServletRequest request, HttpServletResponse response, Exception ex, HttpStatus status)
			throws IOException, ServletException {
		if (response.isCommitted()) {
			return;
		}
		ModelAndView page = this.exceptions.resolveException(request, response, null, ex);
		if (page == null) {
			response.sendError(status.value());
		}
		else if (!page.isEmpty()) {
			render(page, request, response);
		}
	}

	/** Answers with a page from within the filter chain. */
	void render(ModelAndView page, HttpServletRequest request, HttpServletResponse response) throws ServletException {
		try {
			View view = this.views.getObject().resolveViewName(String.valueOf(page.getViewName()), Locale.ENGLISH);
			if (view == null) {
				throw new IllegalStateException("there is no view " + page.getViewName());
			}
			if (page.getStatus() != null) {
				response.setStatus(page.getStatus().value());
			}
			view.render(page.getModel(), request, response);
		}
		catch (Exception ex) {
			throw new ServletException("the page that says what went wrong could not be shown", ex);
		}
	}

}
