package io.virtwise.rules.internal.syntax;

import java.util.List;

/**
 * The consequence of a rule: one call on one sink.
 *
 * @param sink the name of the sink
 * @param method what it is asked
 * @param arguments texts and words
 */
public record Call(Place place, String sink, String method, List<Value> arguments) {

	public Call {
		arguments = List.copyOf(arguments);
	}

}
