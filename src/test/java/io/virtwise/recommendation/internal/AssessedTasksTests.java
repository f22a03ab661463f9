package io.virtwise.recommendation.internal;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AssessedTasks}.
 */
class AssessedTasksTests {

	private static final String COLLECTED = """
			=== begin uname: uname -m ===
			| x86_64
			=== end uname: ok ===
			=== begin nova-compute-start: ps -eo etimes,args ===
			| started: %s
			=== end nova-compute-start: ok ===
			""";

	@Test
	void readsTheStartOfNovaComputeOffWhatTheCollectorPrints() {
		assertThat(AssessedTasks.startedAt(COLLECTED.formatted("2026-11-25T21:17:43Z")))
			.contains(Instant.parse("2026-11-25T21:17:43Z"));
	}

	@Test
	void knowsNothingWhereTheLineIsNotWhatTheCollectorPrints() {
		assertThat(AssessedTasks.startedAt(COLLECTED.formatted("yesterday"))).isEmpty();
		assertThat(AssessedTasks.startedAt("| started: 2026-11-25T21:17:43Z\n")).isEmpty();
		assertThat(AssessedTasks.startedAt("")).isEmpty();
	}

}
