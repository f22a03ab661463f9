package io.virtwise.ui.web;

import java.util.Set;
import java.util.TreeSet;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers whatever no controller dealt with.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class FailureAdvice {

	private static final Logger log = LoggerFactory.getLogger(FailureAdvice.class);

	private final FailureReader reader;

	private final FailureAnswer answer;

	FailureAdvice(ObjectProvider<People> people, ObjectProvider<CurrentUser> currentUser) {
		this.reader = new FailureReader(currentUser);
		this.answer = new FailureAnswer(people);
	}

	@ExceptionHandler(Exception.class)
	@Nullable Object failed(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws Exception {
		if (thrown instanceof AccessDeniedException && !(thrown instanceof CsrfException) && nobodyIsSignedIn()) {
			throw thrown; // the filter chain asks to sign in
		}
		if (response.isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(thrown)) {
			log.debug("The caller went away", thrown);
			return null;
		}
		if (thrown instanceof HttpRequestMethodNotSupportedException ex && ex.getSupportedHttpMethods() != null) {
			response.setHeader(HttpHeaders.ALLOW, allowed(ex.getSupportedHttpMethods()));
		}
		String path = request.getRequestURI().substring(request.getContextPath().length());
		return this.answer.to(request, path, thrown, this.reader.read(thrown, path));
	}

	private static String allowed(Set<HttpMethod> methods) {
		Set<HttpMethod> all = new TreeSet<>(methods);
		if (all.contains(HttpMethod.GET)) {
			all.add(HttpMethod.HEAD);
		}
		all.add(HttpMethod.OPTIONS);
		return String.join(", ", all.stream().map(HttpMethod::name).toList());
	}

	private static boolean nobodyIsSignedIn() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return authentication == null || authentication instanceof AnonymousAuthenticationToken;
	}

}
