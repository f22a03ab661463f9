package io.virtwise.ui.web;

import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.shared.Explained;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.ui.BodyTooLarge;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Tells from an exception what the caller may know of it. What it does not know gets a
 * number, and goes to the log whole under that number.
 */
class FailureReader {

	private static final Logger log = LoggerFactory.getLogger(FailureReader.class);

	private static final Pattern AUTHORITY = Pattern.compile("'([a-z]+:[a-z]+)'");

	private static final String UNSTORABLE = "22021";

	private final ObjectProvider<CurrentUser> currentUser;

	FailureReader(ObjectProvider<CurrentUser> currentUser) {
		this.currentUser = currentUser;
	}

	Failure read(Throwable thrown, String path) {
		if (thrown instanceof Explained explained) {
			return explained(explained);
		}
		if (thrown instanceof AuthenticationException) {
			return Failure.of(401, "not-signed-in",
					"Sign in with a token as Authorization: Bearer, or with HTTP Basic and a local account; "
							+ "name or password is missing or not right.");
		}
		if (thrown instanceof AccessDeniedException denied) {
			return denied(denied);
		}
		if (thrown instanceof OptimisticLockingFailureException) {
			return Failure.of(409, "changed-meanwhile",
					"Somebody else changed this at the same time. Read it again and repeat what you wanted.");
		}
		if (isUnstorable(thrown)) {
			return Failure.of(400, "invalid", "Something that was sent holds a character that the database cannot keep,"
					+ " such as a zero character. Take it out and send it again.");
		}
		Failure ofTheRequest = ofTheRequest(thrown, path);
		return (ofTheRequest != null) ? ofTheRequest : unknown(thrown, path);
	}

	private static Failure explained(Explained explained) {
		return Failure.of(explained.status(), explained.key(), Objects.requireNonNullElse(explained.getMessage(), ""),
				explained.faults());
	}

	/** PostgreSQL's own word for it, should anything slip past the checks before it. */
	private static boolean isUnstorable(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql && UNSTORABLE.equals(sql.getSQLState())) {
				return true;
			}
		}
		return false;
	}

	private Failure denied(AccessDeniedException denied) {
		if (denied instanceof CsrfException) {
			return Failure.of(403, "no-token",
					"The request lacks the token of a page that is still valid, so nothing was changed. "
							+ "Your session may have ended: load the page again and repeat it.");
		}
		AuthorizationResult result = (denied instanceof AuthorizationDeniedException exception)
				? exception.getAuthorizationResult() : null;
		List<Right> enough = authorities(result).stream().map(Right::of).flatMap(Optional::stream).toList();
		return enough.isEmpty() ? Failure.of(403, "missing-right", "None of your roles allows this.") : missing(enough);
	}

	private static List<String> authorities(@Nullable AuthorizationResult result) {
		if (result instanceof AuthorityAuthorizationDecision decision) {
			return decision.getAuthorities()
				.stream()
				.map((authority) -> Objects.requireNonNullElse(authority.getAuthority(), ""))
				.toList();
		}
		if (result instanceof ExpressionAuthorizationDecision decision) {
			Matcher names = AUTHORITY.matcher(decision.getExpression().getExpressionString());
			return names.results().map((match) -> match.group(1)).toList();
		}
		return List.of();
	}

	/**
	 * Of several rights that are needed the one that lacks is named. Who has it by a role
	 * came with a token that was not given it.
	 */
	private Failure missing(List<Right> named) {
		CurrentUser user = this.currentUser.getIfAvailable();
		Optional<Person> person = (user != null) ? user.find() : Optional.empty();
		List<Right> lacking = named.stream()
			.filter((right) -> person.filter((found) -> found.may(right)).isEmpty())
			.toList();
		List<Right> missing = lacking.isEmpty() ? named : lacking;
		return missing.stream()
			.filter((right) -> person.filter((found) -> found.mayByRole(right)).isPresent())
			.findFirst()
			.map(Failure::missingScope)
			.orElseGet(() -> Failure.missing(missing.get(0)));
	}

	private static @Nullable Failure ofTheRequest(Throwable thrown, String path) {
		if (thrown instanceof NoResourceFoundException) {
			return Failure.of(404, "not-found", "There is nothing at " + path + ".");
		}
		if (thrown instanceof HttpRequestMethodNotSupportedException ex) {
			return Failure.of(405, "method-not-allowed", ex.getMethod() + " is not understood at " + path + "; use "
					+ String.join(" or ", Objects.requireNonNullElse(ex.getSupportedMethods(), new String[0])) + ".");
		}
		if (thrown instanceof HttpMediaTypeNotSupportedException ex) {
			String given = (ex.getContentType() != null) ? "as " + ex.getContentType()
					: "with no Content-Type that can be read";
			return Failure.of(415, "unsupported-media-type",
					"The body was sent " + given + "; send " + list(ex.getSupportedMediaTypes()) + ".");
		}
		if (thrown instanceof HttpMediaTypeNotAcceptableException ex) {
			return Failure.of(406, "not-acceptable", "This can be had as " + list(ex.getSupportedMediaTypes()) + ".");
		}
		if (thrown instanceof MaxUploadSizeExceededException) {
			return Failure.of(413, "too-large",
					"More was sent than is read in one request. Send less, or a part of it.");
		}
		return ofTheInput(thrown);
	}

	private static @Nullable Failure ofTheInput(Throwable thrown) {
		if (thrown instanceof BindException ex) {
			return invalid(ex.getFieldErrors()
				.stream()
				.map((error) -> new FieldFault(error.getField(),
						Objects.requireNonNullElse(error.getDefaultMessage(), "cannot be taken as it is")))
				.toList());
		}
		if (thrown instanceof MissingServletRequestParameterException ex) {
			return invalid(List.of(new FieldFault(ex.getParameterName(), "is missing")));
		}
		if (thrown instanceof MissingServletRequestPartException ex) {
			return invalid(List.of(new FieldFault(ex.getRequestPartName(), "is missing")));
		}
		if (thrown instanceof MethodArgumentTypeMismatchException ex) {
			Class<?> wanted = Objects.requireNonNullElse(ex.getRequiredType(), Object.class);
			return invalid(List.of(new FieldFault(ex.getName(), BodyFaults.shape(wanted))));
		}
		if (thrown instanceof HttpMessageNotReadableException ex) {
			return unreadable(ex);
		}
		// the server throws it again while the answer is made, and then it comes wrapped
		if (thrown instanceof InvalidParameterException || thrown.getCause() instanceof InvalidParameterException) {
			return Failure.of(400, "invalid",
					"The address or the form holds a value that cannot be decoded. Write it as"
							+ " UTF-8, and every % as %25.");
		}
		if (thrown instanceof MultipartException) {
			return Failure.of(400, "invalid", "The body is not multipart/form-data that can be read.");
		}
		if (thrown instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
			return Failure.of(response.getStatusCode().value(), "invalid", Objects
				.requireNonNullElse(response.getBody().getDetail(), "The request cannot be taken as it is."));
		}
		return null;
	}

	private static Failure unreadable(HttpMessageNotReadableException ex) {
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof BodyTooLarge) {
				return Failure.of(413, "too-large", String.valueOf(cause.getMessage()));
			}
			if (cause instanceof Explained explained) {
				return explained(explained);
			}
		}
		if (ex.getCause() instanceof JacksonException json) {
			FieldFault fault = BodyFaults.of(json);
			return (fault != null) ? invalid(List.of(fault)) : Failure.of(400, "invalid", BodyFaults.ofTheWhole(json));
		}
		return Failure.of(400, "invalid", "The body is missing or cannot be read.");
	}

	private static Failure invalid(List<FieldFault> faults) {
		return Failure.of(400, "invalid",
				(faults.size() == 1) ? "The field " + faults.get(0).field() + " " + faults.get(0).message() + "."
						: "Some fields cannot be taken as they are.",
				faults);
	}

	private static Failure unknown(Throwable thrown, String path) {
		String incident = HexFormat.of().withDelimiter("-").formatHex(shorts());
		log.error("Incident {} at {}", incident, path.replaceAll("\\p{Cntrl}", "?"), thrown);
		return Failure.unknown(incident);
	}

	private static byte[] shorts() {
		byte[] number = new byte[4];
		ThreadLocalRandom.current().nextBytes(number);
		return number;
	}

	private static String list(List<?> types) {
		return types.isEmpty() ? "another form" : String.join(" or ", types.stream().map(Object::toString).toList());
	}

}
