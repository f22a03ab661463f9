package io.virtwise.rollout.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventId}.
 */
class EventIdTests {

	@Test
	void goesOnWhereEverythingHadEnded() {
		assertThat(EventId.settledBy(EventId.of(57, Long.MAX_VALUE))).isEqualTo(57);
	}

	@Test
	void tellsAgainHowAStepWentThatStillRan() {
		assertThat(EventId.settledBy(EventId.of(57, 55))).isEqualTo(54);
		assertThat(EventId.settledBy(EventId.of(57, 57))).isEqualTo(56);
	}

	@ParameterizedTest
	@CsvSource(value = { "NULL", "''", "x", "-1", "5-", "1e3", "99999999999999999999", "5 6" }, nullValues = "NULL")
	void beginsAnewWhereItDoesNotKnowTheId(String id) {
		assertThat(EventId.settledBy(id)).isZero();
	}

}
