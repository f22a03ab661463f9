package io.virtwise.ui.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.ModelAndView;

/**
 * Shows a form again that was refused before its own page saw it: what is at fault to be
 * looked at, and all else as it was, so that nothing is lost.
 */
final class AgainPage {

	/** Never sent back to a browser. */
	private static final Set<String> SECRETS = Set.of("present", "repeated", "privatekey");

	private AgainPage() {
	}

	/** Whether all that was sent can be sent once more from a page. */
	static boolean fits(HttpServletRequest request) {
		String type = request.getContentType();
		return request.getMethod().equals("POST") && type != null
				&& type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
				&& request.getHeader("HX-Request") == null;
	}

	static ModelAndView of(HttpServletRequest request, String path, Failure failure) {
		ModelAndView page = new ModelAndView("error/again");
		page.setStatus(HttpStatusCode.valueOf(failure.status()));
		Set<String> faulty = failure.faults().stream().map(FieldFault::field).collect(Collectors.toSet());
		List<Field> fields = new ArrayList<>();
		request.getParameterMap().forEach((name, values) -> {
			if (!name.equals("_csrf") && StorableText.fault(name) == null) {
				for (String value : values) {
					fields.add(field(name, value, failure, faulty.contains(name)));
				}
			}
		});
		page.addObject("failure", failure);
		page.addObject("action", path);
		page.addObject("fields", fields);
		return page;
	}

	private static Field field(String name, String value, Failure failure, boolean faulty) {
		String lower = name.toLowerCase(Locale.ROOT);
		boolean secret = lower.contains("password") || SECRETS.contains(lower);
		String fault = faulty && StorableText.fault(value) != null ? failure.faults()
			.stream()
			.filter((each) -> each.field().equals(name))
			.map(FieldFault::message)
			.findFirst()
			.orElse(null) : null;
		String kept = StorableText.without(value);
		return new Field(name, secret ? "" : kept, secret, kept.indexOf('\n') >= 0 || kept.length() > 80, fault);
	}

	/**
	 * One field of the form.
	 *
	 * @param name its name
	 * @param value what was in it, without what cannot be kept
	 * @param secret whether it has to be typed again
	 * @param lines whether it takes several lines
	 * @param fault what is wrong with it, {@code null} where nothing is
	 */
	record Field(String name, String value, boolean secret, boolean lines, @Nullable String fault) {
	}

}
