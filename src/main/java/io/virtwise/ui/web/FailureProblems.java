package io.virtwise.ui.web;

import io.virtwise.access.CurrentUser;
import io.virtwise.ui.ProblemBodies;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * The same problem bodies as those of requests that fail.
 */
@Component
class FailureProblems implements ProblemBodies {

	private final FailureReader reader;

	FailureProblems(ObjectProvider<CurrentUser> currentUser) {
		this.reader = new FailureReader(currentUser);
	}

	@Override
	public ProblemDetail of(Throwable failure, String path) {
		return FailureAnswer.problem(path, this.reader.read(failure, path));
	}

}
