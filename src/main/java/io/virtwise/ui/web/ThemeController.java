package io.virtwise.ui.web;

import java.time.Duration;

import io.virtwise.ui.internal.Frame;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Keeps a person's choice of light or dark in a cookie.
 */
@Controller
class ThemeController {

	@PostMapping("/theme")
	ResponseEntity<Void> choose(@RequestParam String theme, @RequestParam(defaultValue = "/") String back,
			HttpServletRequest request) {
		String chosen = theme.equals("dark") ? "dark" : "light";
		ResponseCookie cookie = ResponseCookie.from(Frame.THEME_COOKIE, chosen)
			.path("/")
			.maxAge(Duration.ofDays(365))
			.httpOnly(true)
			.secure(request.isSecure())
			.sameSite("Lax")
			.build();
		return ResponseEntity.status(HttpStatus.SEE_OTHER)
			.header(HttpHeaders.SET_COOKIE, cookie.toString())
			.header(HttpHeaders.LOCATION, request.getContextPath() + ownPath(back))
			.build();
	}

	/** Only a path of ours: anything else could send people to another site. */
	private static String ownPath(String back) {
		boolean own = back.startsWith("/") && !back.startsWith("//") && back.indexOf('\\') < 0
				&& back.chars().allMatch((c) -> c > ' ' && c < 127);
		return own ? back : "/";
	}

}
