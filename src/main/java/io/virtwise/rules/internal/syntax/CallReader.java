package io.virtwise.rules.internal.syntax;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.rules.internal.syntax.Token.Kind;

/**
 * Reads a consequence: one call on one sink, as {@code advise.finding("…", "…", "# …");}.
 */
final class CallReader extends TokenReader {

	private static final int MOST_ARGUMENTS = 60;

	private static final String FORM = "a consequence is one call on a sink, as advise.finding(\"…\", \"…\");";

	CallReader(SourceText source, List<Token> tokens, Place end) {
		super(source, tokens, end);
	}

	Call read() throws NotAllowed {
		Place place = place();
		if (!sees(Kind.WORD) || !sees(1, ".") || !sees(2, Kind.WORD) || !sees(3, "(")) {
			throw new NotAllowed(place, FORM);
		}
		String sink = next().text();
		next();
		String method = next().text();
		next();
		List<Value> arguments = arguments();
		take(";", "a semicolon after the call");
		if (!atEnd()) {
			throw new NotAllowed(place(), FORM + " Write a second rule for a second call");
		}
		return new Call(place, sink, method, arguments);
	}

	private List<Value> arguments() throws NotAllowed {
		List<Value> arguments = new ArrayList<>();
		if (takes(")")) {
			return arguments;
		}
		do {
			arguments.add(value());
			if (arguments.size() > MOST_ARGUMENTS) {
				throw new NotAllowed(place(), "a call has at most " + MOST_ARGUMENTS + " arguments");
			}
		}
		while (takes(","));
		take(")", "a comma or a closing bracket");
		return arguments;
	}

}
