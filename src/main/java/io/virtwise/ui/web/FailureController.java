package io.virtwise.ui.web;

import java.util.Objects;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Answers what failed before it reached a controller: an address that the server does not
 * take, a failure in a filter.
 */
@Controller
class FailureController implements ErrorController {

	private final FailureReader reader;

	private final FailureAnswer answer;

	FailureController(ObjectProvider<People> people, ObjectProvider<CurrentUser> currentUser) {
		this.reader = new FailureReader(currentUser);
		this.answer = new FailureAnswer(people);
	}

	@RequestMapping("${server.error.path:${error.path:/error}}")
	Object failed(HttpServletRequest request, HttpServletResponse response) {
		// what never reached the filter that sets them
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("X-Content-Type-Options", "nosniff");
		String path = Objects.toString(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), "/");
		Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
		Failure failure = (thrown instanceof Throwable throwable) ? this.reader.read(throwable, path)
				: ofStatus(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE), path);
		return this.answer.to(request, path, failure);
	}

	private static Failure ofStatus(Object code, String path) {
		int status = (code instanceof Integer number) ? number : 404;
		return switch (status) {
			case 401 -> Failure.of(401, "not-signed-in", "Sign in first.");
			case 403 -> Failure.of(403, "missing-right", "This is not allowed.");
			case 404 -> Failure.of(404, "not-found", "There is nothing at " + path + ".");
			case 413 -> Failure.of(413, "too-large", "More was sent than is read in one request.");
			default ->
				(status >= 400 && status < 500) ? Failure.of(status, "invalid", "The request cannot be taken as it is.")
						: Failure.of(503, "not-available", "The portal could not answer this. Try again.");
		};
	}

}
