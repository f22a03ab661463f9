package io.virtwise.rules.internal;

import java.util.Arrays;
import java.util.Optional;

import io.virtwise.rules.language.Advise;
import io.virtwise.rules.language.Conclude;

/**
 * The two stages of an assessment. A rule belongs to the stage whose sink it calls.
 */
enum Stage {

	/** Derives conclusions from facts. */
	DIAGNOSE("conclude", Conclude.class),
	/** Derives settings and findings from facts and conclusions. */
	ADVISE("advise", Advise.class);

	private final String sink;

	private final Class<?> sinkType;

	Stage(String sink, Class<?> sinkType) {
		this.sink = sink;
		this.sinkType = sinkType;
	}

	/** The name under which a consequence calls the sink. */
	String sink() {
		return this.sink;
	}

	Class<?> sinkType() {
		return this.sinkType;
	}

	static Optional<Stage> ofSink(String sink) {
		return Arrays.stream(values()).filter((stage) -> stage.sink.equals(sink)).findFirst();
	}

}
