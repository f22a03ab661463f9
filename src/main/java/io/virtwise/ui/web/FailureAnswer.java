package io.virtwise.ui.web;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.ModelAndView;

/**
 * Makes of a failure what the caller can read: a problem body for programs, a page for
 * people, a piece of one for htmx.
 */
class FailureAnswer {

	private final ObjectProvider<People> people;

	FailureAnswer(ObjectProvider<People> people) {
		this.people = people;
	}

	/** The same, where a form can be shown again. */
	Object to(HttpServletRequest request, String path, Throwable thrown, Failure failure) {
		return (thrown instanceof UnstorableText && AgainPage.fits(request) && !wantsProblem(request, path))
				? AgainPage.of(request, path, failure) : to(request, path, failure);
	}

	/** A {@link ResponseEntity} or a {@link ModelAndView}. */
	Object to(HttpServletRequest request, String path, Failure failure) {
		if (wantsProblem(request, path)) {
			return ResponseEntity.status(failure.status())
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.body(problem(path, failure));
		}
		return page(request, path, failure);
	}

	private static boolean wantsProblem(HttpServletRequest request, String path) {
		if ((path + "/").startsWith("/api/v1/") || path.startsWith("/actuator")) {
			return true;
		}
		String accept = String.valueOf(request.getHeader(HttpHeaders.ACCEPT));
		return accept.contains("json") && !accept.contains("text/html");
	}

	/** The body of a problem answer. */
	static ProblemDetail problem(String path, Failure failure) {
		ProblemDetail body = ProblemDetail.forStatus(failure.status());
		body.setType(URI.create("urn:virtwise:problem:" + failure.key()));
		body.setTitle(failure.title());
		body.setDetail(failure.detail());
		body.setInstance(instance(path));
		if (!failure.faults().isEmpty()) {
			body.setProperty("errors",
					failure.faults()
						.stream()
						.map((fault) -> new TreeMap<>(Map.of("field", fault.field(), "message", fault.message())))
						.toList());
		}
		if (failure.missing() != null) {
			body.setProperty("missingRight", failure.missing().authority());
		}
		if (failure.incident() != null) {
			body.setProperty("incident", failure.incident());
		}
		return body;
	}

	/** The path as a URI; one that is none is left out. */
	private static @Nullable URI instance(String path) {
		try {
			return URI.create(path);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private ModelAndView page(HttpServletRequest request, String path, Failure failure) {
		boolean piece = "true".equals(request.getHeader("HX-Request"))
				&& !"true".equals(request.getHeader("HX-Boosted"));
		ModelAndView page = new ModelAndView(piece ? "error/piece" : view(failure));
		page.setStatus(HttpStatusCode.valueOf(failure.status()));
		page.addObject("failure", failure);
		page.addObject("wanted", request.getMethod() + " " + path);
		Right missing = failure.missing();
		if (missing != null) {
			page.addObject("roles",
					Arrays.stream(Role.values())
						.filter((role) -> role.rights().contains(missing))
						.map(Role::title)
						.toList());
			page.addObject("administrators", administrators());
		}
		return page;
	}

	private static String view(Failure failure) {
		return (failure.missing() != null) ? "error/403" : "error/failure";
	}

	private List<String> administrators() {
		People known = this.people.getIfAvailable();
		return (known != null) ? known.withRole(Role.ADMIN).stream().limit(5).map(Person::displayName).toList()
				: List.of();
	}

}
