package io.virtwise.access.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SignInThrottle}.
 */
class SignInThrottleTests {

	private final MovingClock clock = new MovingClock();

	private final SignInThrottle throttle = new SignInThrottle(this.clock);

	@Test
	void letsFourMistakesPass() {
		fail("ines", "10.0.0.1", 4);

		assertThat(this.throttle.pause("ines", "10.0.0.1")).isZero();
	}

	@Test
	void doublesThePauseOfAnAccountUpToAMinute() {
		fail("ines", "10.0.0.1", 5);
		assertThat(this.throttle.pause("ines", "10.0.0.9")).isEqualTo(Duration.ofSeconds(2));

		fail("ines", "10.0.0.1", 1);
		assertThat(this.throttle.pause("ines", "10.0.0.9")).isEqualTo(Duration.ofSeconds(4));

		fail("ines", "10.0.0.1", 40);
		assertThat(this.throttle.pause("ines", "10.0.0.9")).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void restsAnAddressThatTriesManyNames() {
		for (int i = 0; i < 20; i++) {
			this.throttle.failed("name" + i, "10.0.0.1");
		}

		assertThat(this.throttle.pause("somebody", "10.0.0.1")).isPositive();
		assertThat(this.throttle.pause("somebody", "10.0.0.2")).isZero();
	}

	@Test
	void endsThePause() {
		fail("ines", "10.0.0.1", 5);
		this.clock.now = this.clock.now.plusSeconds(2);

		assertThat(this.throttle.pause("ines", "10.0.0.1")).isZero();
	}

	@Test
	void forgetsAfterTheRightPassword() {
		fail("ines", "10.0.0.1", 4);
		this.throttle.succeeded("ines");
		fail("ines", "10.0.0.1", 4);

		assertThat(this.throttle.pause("ines", "10.0.0.1")).isZero();
	}

	@Test
	void forgetsAfterAnHourWithoutATry() {
		fail("ines", "10.0.0.1", 4);
		this.clock.now = this.clock.now.plus(Duration.ofMinutes(61));
		fail("ines", "10.0.0.1", 4);

		assertThat(this.throttle.pause("ines", "10.0.0.1")).isZero();
	}

	@Test
	void keepsNoMoreThanItHasRoomFor() {
		fail("ines", "10.0.0.1", 5);
		for (int i = 0; i < SignInThrottle.CAPACITY; i++) {
			this.throttle.failed("name" + i, "10.1." + (i / 250) + "." + (i % 250));
		}

		assertThat(this.throttle.pause("ines", "10.0.0.1")).isZero();
	}

	private void fail(String username, String address, int times) {
		for (int i = 0; i < times; i++) {
			this.throttle.failed(username, address);
		}
	}

	/** A clock that tests move. */
	private static final class MovingClock extends Clock {

		private Instant now = Instant.parse("2026-11-22T14:02:00Z");

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

}
