package io.virtwise.ui;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Times as people read them; in templates as {@code #times}.
 */
public final class Times {

	private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm 'UTC'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final Clock clock;

	public Times(Clock clock) {
		this.clock = clock;
	}

	/** The present, for example "Sunday 22 November, 14:02 UTC". */
	public String now() {
		return DAY.format(this.clock.instant());
	}

	/** How long ago, for example "4 min ago", or until then, "in 3 days". */
	public String ago(Instant instant) {
		Duration age = Duration.between(instant, this.clock.instant());
		boolean past = !age.isNegative();
		Duration distance = age.abs();
		if (distance.toSeconds() < 45) {
			return past ? "just now" : "in a moment";
		}
		if (distance.toDays() >= 30) {
			return DATE.format(instant);
		}
		String amount = amount(distance);
		return past ? amount + " ago" : "in " + amount;
	}

	/** A length of time, for example "2 h". */
	public String duration(Duration length) {
		return (length.toSeconds() < 90) ? length.toSeconds() + " s" : amount(length);
	}

	private static String amount(Duration distance) {
		long minutes = (distance.toSeconds() + 30) / 60;
		if (minutes < 60) {
			return minutes + " min";
		}
		long hours = (minutes + 30) / 60;
		if (hours < 24) {
			return hours + " h";
		}
		long days = (hours + 12) / 24;
		return days + ((days == 1) ? " day" : " days");
	}

	/** To the minute, for example "2026-11-22 13:22 UTC". */
	public String utc(Instant instant) {
		return UTC.format(instant);
	}

	/** To the second, for example "2026-11-22 13:22:07". */
	public String exact(Instant instant) {
		return EXACT.format(instant);
	}

	/** For machines, to the second. */
	public String iso(Instant instant) {
		return instant.truncatedTo(ChronoUnit.SECONDS).toString();
	}

}
