package io.virtwise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The system's time, and as much later as a test wants. It never goes back, for all tests
 * of a portal share it.
 */
final class MovableClock extends Clock {

	private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

	static void forward(Duration by) {
		AHEAD.updateAndGet((ahead) -> ahead.plus(by));
	}

	@Override
	public Instant instant() {
		return Clock.systemUTC().instant().plus(AHEAD.get());
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
