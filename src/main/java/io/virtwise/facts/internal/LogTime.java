package io.virtwise.facts.internal;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The time that a line of a log begins with, in any of the ways in which OpenStack,
 * libvirt, QEMU, syslog, the journal and the kernel write it. Every look is a fixed
 * number of characters.
 *
 * @param shown ISO-8601 where the log tells the date, in UTC where it tells the zone too;
 * otherwise as written
 * @param end where the rest of the line begins
 * @param kind in which way it is written
 */
record LogTime(String shown, int end, Kind kind) {

	private static final List<String> MONTHS = List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
			"Oct", "Nov", "Dec");

	private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

	/** The kernel counts seconds since its start, with six digits behind the point. */
	private static final int LONGEST_UPTIME = 20;

	/** The time at this place, {@code null} if there is none. */
	static @Nullable LogTime at(String line, int from) {
		if (from >= line.length()) {
			return null;
		}
		char first = line.charAt(from);
		if (first >= '0' && first <= '9') {
			return iso(line, from, from);
		}
		if (first == '[') {
			LogTime calendar = inBrackets(line, from);
			return (calendar != null) ? calendar : uptime(line, from);
		}
		if (isWord(line, from, DAYS)) {
			LogTime iso = iso(line, from + 4, from);
			return (iso != null) ? iso : syslog(line, from + 4);
		}
		return isWord(line, from, MONTHS) ? syslog(line, from) : null;
	}

	/** {@code 2014-04-17 14:49:58.757}, with T, comma and zone as well. */
	private static @Nullable LogTime iso(String line, int from, int begin) {
		if (from + 19 > line.length() || line.charAt(from + 4) != '-' || line.charAt(from + 7) != '-'
				|| (line.charAt(from + 10) != ' ' && line.charAt(from + 10) != 'T') || !isClock(line, from + 11)) {
			return null;
		}
		int year = number(line, from, 4);
		int month = number(line, from + 5, 2);
		int day = number(line, from + 8, 2);
		int end = afterFraction(line, from + 19);
		LocalDateTime time = dateTime(year, month, day, line, from + 11, fraction(line, from + 19, end));
		String local = line.substring(from, from + 10) + "T" + line.substring(from + 11, end).replace(',', '.');
		return (time != null) ? zoned(line, time, local, end, begin != from) : null;
	}

	private static LogTime zoned(String line, LocalDateTime time, String local, int end, boolean named) {
		if (line.startsWith("Z", end)) {
			return new LogTime(time.toInstant(ZoneOffset.UTC).toString(), end + 1, Kind.DATE);
		}
		if (named && line.startsWith(" UTC", end)) {
			return new LogTime(time.toInstant(ZoneOffset.UTC).toString(), end + 4, Kind.DATE);
		}
		char sign = (end < line.length()) ? line.charAt(end) : ' ';
		if (sign == '+' || sign == '-') {
			int hours = number(line, end + 1, 2);
			int colon = line.startsWith(":", end + 3) ? 1 : 0;
			int minutes = number(line, end + 3 + colon, 2);
			if (hours >= 0 && hours <= 17 && minutes >= 0 && minutes < 60) {
				int way = (sign == '-') ? -1 : 1;
				ZoneOffset zone = ZoneOffset.ofHoursMinutes(way * hours, way * minutes);
				return new LogTime(time.toInstant(zone).toString(), end + 5 + colon, Kind.DATE);
			}
		}
		return new LogTime(local, end, Kind.DATE);
	}

	/** {@code Nov  9 09:00:32}, which tells no year. */
	private static @Nullable LogTime syslog(String line, int from) {
		int day = from + 4;
		if (!isWord(line, from, MONTHS) || !isClock(line, day + 3) || dayOf(line, day) < 1) {
			return null;
		}
		int end = afterFraction(line, day + 11);
		return new LogTime(line.substring(from, end), end, Kind.NO_YEAR);
	}

	/** {@code [Tue Nov  9 09:00:32 2010]}, as dmesg -T prints. */
	private static @Nullable LogTime inBrackets(String line, int from) {
		int month = from + 5;
		int day = from + 9;
		if (from + 26 > line.length() || !isWord(line, from + 1, DAYS) || !isWord(line, month, MONTHS)
				|| !isClock(line, from + 12) || line.charAt(from + 25) != ']') {
			return null;
		}
		LocalDateTime time = dateTime(number(line, from + 21, 4), MONTHS.indexOf(line.substring(month, month + 3)) + 1,
				dayOf(line, day), line, from + 12, 0);
		return (time != null) ? new LogTime(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time), from + 26, Kind.KERNEL)
				: null;
	}

	/** {@code [    1.234567]}: seconds since the kernel started. */
	private static @Nullable LogTime uptime(String line, int from) {
		int begin = from + 1;
		int last = Math.min(line.length(), from + LONGEST_UPTIME);
		while (begin < last && line.charAt(begin) == ' ') {
			begin++;
		}
		int at = begin;
		int points = 0;
		while (at < last && (isDigit(line, at) || line.charAt(at) == '.')) {
			points += (line.charAt(at) == '.') ? 1 : 0;
			at++;
		}
		boolean uptime = points == 1 && at > begin + 2 && at < last && line.charAt(at) == ']';
		return uptime ? new LogTime(line.substring(begin, at), at + 1, Kind.KERNEL) : null;
	}

	private static boolean isWord(String line, int from, List<String> words) {
		return from + 4 <= line.length() && line.charAt(from + 3) == ' '
				&& words.contains(line.substring(from, from + 3));
	}

	private static boolean isClock(String line, int from) {
		return from + 8 <= line.length() && line.charAt(from + 2) == ':' && line.charAt(from + 5) == ':'
				&& number(line, from, 2) >= 0 && number(line, from + 3, 2) >= 0 && number(line, from + 6, 2) >= 0;
	}

	private static int dayOf(String line, int from) {
		return (line.charAt(from) == ' ') ? number(line, from + 1, 1) : number(line, from, 2);
	}

	private static @Nullable LocalDateTime dateTime(int year, int month, int day, String line, int clock, int nanos) {
		try {
			return LocalDateTime.of(year, month, day, number(line, clock, 2), number(line, clock + 3, 2),
					number(line, clock + 6, 2), nanos);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static int afterFraction(String line, int from) {
		int at = from;
		if (at + 1 < line.length() && (line.charAt(at) == '.' || line.charAt(at) == ',') && isDigit(line, at + 1)) {
			at++;
			while (at < line.length() && at < from + 10 && isDigit(line, at)) {
				at++;
			}
		}
		return at;
	}

	private static int fraction(String line, int from, int end) {
		int nanos = 0;
		for (int digit = 1; digit <= 9; digit++) {
			nanos = nanos * 10 + ((from + digit < end) ? line.charAt(from + digit) - '0' : 0);
		}
		return nanos;
	}

	/** The number with that many digits, -1 if it is none. */
	private static int number(String line, int from, int digits) {
		if (from + digits > line.length()) {
			return -1;
		}
		int number = 0;
		for (int at = from; at < from + digits; at++) {
			if (!isDigit(line, at)) {
				return -1;
			}
			number = number * 10 + line.charAt(at) - '0';
		}
		return number;
	}

	private static boolean isDigit(String line, int at) {
		return line.charAt(at) >= '0' && line.charAt(at) <= '9';
	}

	/**
	 * How a time is written.
	 */
	enum Kind {

		/** With its date. */
		DATE,
		/** With day and month, as syslog does. */
		NO_YEAR,
		/** In brackets, as the kernel does. */
		KERNEL

	}

}
