package io.virtwise.libvirt;

import java.time.Duration;

/**
 * A point in time until which something must be done, on the clock that only goes
 * forward.
 *
 * @param nanoTime that point, as {@link System#nanoTime()} counts
 * @param allowed how long was allowed in all
 */
record Deadline(long nanoTime, Duration allowed) {

	static Deadline in(Duration allowed) {
		return new Deadline(System.nanoTime() + allowed.toNanos(), allowed);
	}

	/** What is left, never negative. */
	long nanosLeft() {
		return Math.max(0, this.nanoTime - System.nanoTime());
	}

	boolean passed() {
		return nanosLeft() == 0;
	}

	/** How long was allowed, as people read it. */
	String inWords() {
		long millis = this.allowed.toMillis();
		return (millis % 1000 == 0) ? millis / 1000 + " s" : millis + " ms";
	}

}
