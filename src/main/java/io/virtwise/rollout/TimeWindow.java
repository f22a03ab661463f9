package io.virtwise.rollout;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;

/**
 * When nodes may be begun, in UTC. A window that ends before it begins goes over midnight
 * and belongs to the day on which it begins.
 *
 * @param from from then on
 * @param to until then
 * @param days on which days it begins; never empty
 */
public record TimeWindow(LocalTime from, LocalTime to, Set<DayOfWeek> days) {

	public TimeWindow {
		if (from.equals(to) || days.isEmpty()) {
			throw new IllegalArgumentException("a window that is never open");
		}
		days = Set.copyOf(days);
	}

	/** A window of every day. */
	public static TimeWindow daily(LocalTime from, LocalTime to) {
		return new TimeWindow(from, to, EnumSet.allOf(DayOfWeek.class));
	}

	/** Whether nodes may be begun at this moment. */
	public boolean isOpen(Instant now) {
		LocalDateTime utc = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
		LocalTime time = utc.toLocalTime();
		DayOfWeek today = utc.getDayOfWeek();
		if (this.from.isBefore(this.to)) {
			return this.days.contains(today) && !time.isBefore(this.from) && time.isBefore(this.to);
		}
		return (this.days.contains(today) && !time.isBefore(this.from))
				|| (this.days.contains(today.minus(1)) && time.isBefore(this.to));
	}

	/** The first moment from this one on at which it is open. */
	public Instant opensAt(Instant now) {
		if (isOpen(now)) {
			return now;
		}
		LocalDateTime opening = LocalDateTime.ofInstant(now, ZoneOffset.UTC).with(this.from);
		while (opening.toInstant(ZoneOffset.UTC).isBefore(now) || !this.days.contains(opening.getDayOfWeek())) {
			opening = opening.plusDays(1);
		}
		return opening.toInstant(ZoneOffset.UTC);
	}

	@Override
	public String toString() {
		String hours = this.from + " to " + this.to + " UTC";
		if (this.days.size() == DayOfWeek.values().length) {
			return hours;
		}
		return hours + " on "
				+ String.join(", ", this.days.stream()
					.sorted()
					.map((day) -> day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(java.util.Locale.ROOT))
					.toList());
	}

}
