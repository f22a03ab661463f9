package io.virtwise.ui;

import org.springframework.http.ProblemDetail;

/**
 * Makes problem bodies for answers in which a failure is one piece among others. A
 * failure that ends a request becomes its answer without anybody's doing.
 */
public interface ProblemBodies {

	/**
	 * What the caller may know of a failure; what nobody expected goes to the log whole.
	 * @param path the path asked for
	 */
	ProblemDetail of(Throwable failure, String path);

}
