package io.virtwise.access.internal;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Sends people back to the sign-in page with the reason, and with the name they typed.
 */
class SignInFailurePage implements AuthenticationFailureHandler {

	private static final int LONGEST_NAME = 64;

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException ex) throws IOException {
		String username = String.valueOf(request.getParameter("username"));
		String kept = username.substring(0, Math.min(username.length(), LONGEST_NAME));
		response.sendRedirect(request.getContextPath() + "/signin?refused=" + reason(ex) + "&username="
				+ URLEncoder.encode(kept, StandardCharsets.UTF_8));
	}

	private static String reason(AuthenticationException ex) {
		if (ex instanceof LockedException) {
			return "wait";
		}
		return (ex instanceof DisabledException) ? "disabled" : "wrong";
	}

}
