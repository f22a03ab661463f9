package io.virtwise.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The sign-in page; the filter chain takes what it posts.
 */
@Controller
class SignInController {

	@GetMapping("/signin")
	String signIn(@RequestParam(name = "refused", required = false) @Nullable String refused,
			@RequestParam(name = "username", required = false) @Nullable String username,
			@RequestParam(name = "signed-out", required = false) @Nullable String signedOut, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		model.addAttribute("refused", (refused != null) ? reason(refused) : null);
		model.addAttribute("username", username);
		model.addAttribute("signedOut", signedOut != null);
		SavedRequest saved = new HttpSessionRequestCache().getRequest(request, response);
		if (saved != null) {
			String path = UriComponentsBuilder.fromUriString(saved.getRedirectUrl()).build().getPath();
			model.addAttribute("comeBackTo", "/".equals(path) ? null : path);
		}
		return "access/signin";
	}

	private static String reason(String refused) {
		return switch (refused) {
			case "wait" -> "Too many wrong tries. Wait a minute, then try again.";
			case "stale" -> "This page had been open for too long. Sign in again.";
			case "disabled" -> "This account is disabled. An administrator can enable it.";
			default -> "Name or password is not right. After 5 tries there is a pause that grows.";
		};
	}

}
