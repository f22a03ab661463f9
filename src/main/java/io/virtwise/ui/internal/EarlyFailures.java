package io.virtwise.ui.internal;

import java.io.IOException;
import java.io.Writer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what the server refuses before the portal sees it, such as a path with an
 * encoded slash: in the same form as all other failures, and without the server's name.
 * The server makes it by its name, so it is public.
 */
public class EarlyFailures extends ErrorReportValve {

	private static final Logger log = LoggerFactory.getLogger(EarlyFailures.class);

	private static final String PROBLEM = "{\"type\":\"urn:virtwise:problem:invalid\",\"title\":\"%s\",\"status\":%d,"
			+ "\"detail\":\"%s\"}";

	private static final String PAGE = """
			<!doctype html>
			<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
			<title>%1$s · Virtwise</title><link rel="stylesheet" href="/webjars/tabler__core/dist/css/tabler.min.css">
			<link rel="stylesheet" href="/css/virtwise.css"></head>
			<body><main class="container py-5"><p class="tiny quiet">%2$d</p><h1>%1$s</h1><p>%3$s</p>
			<p><a class="btn" href="/">Overview</a></p></main></body></html>
			""";

	@Override
	protected void report(Request request, Response response, @Nullable Throwable thrown) {
		int status = response.getStatus();
		if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported() || !mayAnswer(response)) {
			return;
		}
		boolean api = Objects.requireNonNullElse(request.getRequestURI(), "").startsWith("/api/");
		String title = (status < 500) ? "The request cannot be taken as it is" : "The portal could not answer";
		String detail = (status < 500) ? "The request or its address is not of a form that is taken here."
				: "The portal could not answer this. Try again.";
		try {
			response.setContentType(api ? "application/problem+json" : "text/html");
			response.setCharacterEncoding("UTF-8");
			response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
			response.setHeader("X-Content-Type-Options", "nosniff");
			response.setHeader("Cache-Control", "no-store");
			Writer writer = response.getReporter();
			if (writer != null) {
				writer.write((api ? PROBLEM : PAGE).formatted(title, status, detail));
				response.finishResponse();
			}
		}
		catch (IOException ex) {
			log.debug("The caller went away", ex);
		}
	}

	private static boolean mayAnswer(Response response) {
		AtomicBoolean may = new AtomicBoolean();
		response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, may);
		return may.get();
	}

}
