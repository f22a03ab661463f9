package io.virtwise.recommendation.migration;

import java.util.Optional;
import java.util.stream.Stream;

import io.virtwise.rules.Assessment;

/**
 * What rules conclude that matters for moves, by the names of their topics.
 */
final class Conclusions {

	static final String KVM = "KVM";

	static final String CONFIGURED_TYPE = "CONFIGURED_TYPE";

	static final String PRESENT_MODE = "PRESENT_MODE";

	static final String CPU_MODEL = "CPU_MODEL";

	static final String GROUP = "GROUP";

	static final String MOVE = "MOVE";

	private Conclusions() {
	}

	static Stream<Assessment.Conclusion> all(Assessment assessment, String topic) {
		return assessment.conclusions().stream().filter((one) -> one.topic().equals(topic));
	}

	/** The answer on a topic that has one. */
	static Optional<String> answer(Assessment assessment, String topic) {
		return all(assessment, topic).findFirst().map(Assessment.Conclusion::value);
	}

}
