package io.virtwise.access.web;

import java.util.Map;
import java.util.TreeMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
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

	private final ObjectProvider<ClientRegistrationRepository> providers;

	SignInController(ObjectProvider<ClientRegistrationRepository> providers) {
		this.providers = providers;
	}

	@GetMapping("/signin")
	String signIn(@RequestParam(name = "refused", required = false) @Nullable String refused,
			@RequestParam(name = "username", required = false) @Nullable String username,
			@RequestParam(name = "signed-out", required = false) @Nullable String signedOut, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		model.addAttribute("refused", (refused != null) ? reason(refused) : null);
		model.addAttribute("username", username);
		model.addAttribute("providers", providers());
		model.addAttribute("signedOut", signedOut != null);
		SavedRequest saved = new HttpSessionRequestCache().getRequest(request, response);
		if (saved != null) {
			String path = UriComponentsBuilder.fromUriString(saved.getRedirectUrl()).build().getPath();
			model.addAttribute("comeBackTo", "/".equals(path) ? null : path);
		}
		return "access/signin";
	}

	/** Where else one can sign in, by the name that the address needs. */
	private Map<String, String> providers() {
		Map<String, String> names = new TreeMap<>();
		if (this.providers.getIfAvailable() instanceof Iterable<?> all) {
			for (Object one : all) {
				if (one instanceof ClientRegistration registration) {
					names.put(registration.getRegistrationId(), registration.getClientName());
				}
			}
		}
		return names;
	}

	private static String reason(String refused) {
		return switch (refused) {
			case "wait" -> "Too many wrong tries. Wait a minute, then try again.";
			case "stale" -> "This page had been open for too long. Sign in again.";
			case "directory" -> "The directory does not know you, or your name is taken here. Ask an administrator.";
			case "disabled" -> "This account is disabled. An administrator can enable it.";
			default -> "Name or password is not right. After 5 tries there is a pause that grows.";
		};
	}

}
