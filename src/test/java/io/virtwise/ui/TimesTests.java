package io.virtwise.ui;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Times}.
 */
class TimesTests {

	private static final Instant NOW = Instant.parse("2026-11-22T14:02:00Z");

	private final Times times = new Times(Clock.fixed(NOW, ZoneOffset.UTC));

	@ParameterizedTest
	@CsvSource({ "PT0S, just now", "PT44S, just now", "PT45S, 1 min ago", "PT59M29S, 59 min ago", "PT59M30S, 1 h ago",
			"PT23H29M, 23 h ago", "PT23H30M, 1 day ago", "P29D, 29 days ago", "P30D, 23 Oct 2026",
			"PT-10S, in a moment", "PT-3M, in 3 min", "P-6D, in 6 days" })
	void saysHowLongAgo(Duration age, String words) {
		assertThat(this.times.ago(NOW.minus(age))).isEqualTo(words);
	}

}
