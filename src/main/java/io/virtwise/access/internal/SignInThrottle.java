package io.virtwise.access.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Slows down guessing. After some failures in a row the next tries of an account, and
 * those from an address, are refused unseen for a while that doubles each time. An
 * account's pause stays short, so that nobody can lock a colleague out for long. Kept in
 * memory, in bounded space: the one not seen longest is forgotten first.
 */
@Component
class SignInThrottle {

	static final int ACCOUNT_TRIES = 5;

	static final int ADDRESS_TRIES = 20;

	static final Duration ACCOUNT_LONGEST = Duration.ofMinutes(1);

	static final Duration ADDRESS_LONGEST = Duration.ofMinutes(15);

	static final int CAPACITY = 10_000;

	private static final Duration FORGET_AFTER = Duration.ofHours(1);

	private final Clock clock;

	private final Map<String, Failures> accounts = bounded();

	private final Map<String, Failures> addresses = bounded();

	SignInThrottle(Clock clock) {
		this.clock = clock;
	}

	/** How long to wait before the next try counts; zero if it may be made now. */
	synchronized Duration pause(String username, String address) {
		Duration account = left(this.accounts.get(username));
		Duration place = left(this.addresses.get(address));
		return (account.compareTo(place) > 0) ? account : place;
	}

	synchronized void failed(String username, String address) {
		count(this.accounts, username, ACCOUNT_TRIES, ACCOUNT_LONGEST);
		count(this.addresses, address, ADDRESS_TRIES, ADDRESS_LONGEST);
	}

	/**
	 * The right password clears the account; the address may still be guessing others.
	 */
	synchronized void succeeded(String username) {
		this.accounts.remove(username);
	}

	private Duration left(@Nullable Failures failures) {
		Instant now = this.clock.instant();
		return (failures != null && failures.until().isAfter(now)) ? Duration.between(now, failures.until())
				: Duration.ZERO;
	}

	private void count(Map<String, Failures> table, String key, int tries, Duration longest) {
		Instant now = this.clock.instant();
		Failures before = table.get(key);
		int count = (before == null || before.last().plus(FORGET_AFTER).isBefore(now)) ? 1 : before.count() + 1;
		Duration pause = Duration.ZERO;
		if (count >= tries) {
			pause = Duration.ofSeconds(1L << Math.min(count - tries + 1, 20));
			pause = (pause.compareTo(longest) > 0) ? longest : pause;
		}
		table.put(key, new Failures(count, now, now.plus(pause)));
	}

	private static Map<String, Failures> bounded() {
		return new LinkedHashMap<>(16, 0.75f, true) {
			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
				return size() > CAPACITY;
			}
		};
	}

	private record Failures(int count, Instant last, Instant until) {
	}

}
