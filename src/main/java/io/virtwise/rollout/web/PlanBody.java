package io.virtwise.rollout.web;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.virtwise.rollout.RolloutPlan;
import io.virtwise.rollout.RolloutPlan.Wave;
import io.virtwise.rollout.Share;
import io.virtwise.rollout.TimeWindow;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

/**
 * How a change is to be carried out, as programs and forms say it. What is left out stays
 * as it is, and a comment or reason may come along, as with all verbs.
 *
 * @param waves each as {@code {"upTo": "10%", "threshold": 90}}, or only how far it
 * reaches, as {@code "10%"} or {@code 1}
 * @param budget how many nodes may go wrong, as {@code 3} or {@code "5%"}
 * @param atOnce how many nodes are written at the same time
 * @param window when nodes may be begun, in UTC; {@code {}} for always
 * @param version version of the change that the person looked at
 * @param contentHash hash of the content that the person looked at
 */
@JsonIgnoreProperties({ "comment", "reason" })
record PlanBody(@Nullable List<@Nullable Object> waves, @Nullable Object budget, @Nullable Integer atOnce,
		@Nullable WindowBody window, @Nullable Long version, @Nullable String contentHash) {

	private static final Set<String> PARTS_OF_A_WAVE = Set.of("upTo", "threshold");

	private static final int CANARY_THRESHOLD = 100;

	private static final int THRESHOLD = 90;

	SeenBody seen() {
		return new SeenBody(this.version, this.contentHash, null);
	}

	/** Whether it leaves the plan as it is. */
	boolean saysNothing() {
		return this.waves == null && this.budget == null && this.atOnce == null && this.window == null;
	}

	/**
	 * The plan that this asks for.
	 * @throws Refused naming each field at fault
	 */
	RolloutPlan toPlan(RolloutPlan before) {
		List<FieldFault> faults = new ArrayList<>();
		List<Wave> wanted = (this.waves != null) ? waves(this.waves, faults) : before.waves();
		Share share = (this.budget != null) ? share(this.budget, "budget", faults) : before.budget();
		TimeWindow time = (this.window != null) ? this.window.toWindow(faults) : before.window();
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
		return new RolloutPlan(wanted, share, (this.atOnce != null) ? this.atOnce : before.atOnce(), time);
	}

	private static List<Wave> waves(List<@Nullable Object> given, List<FieldFault> faults) {
		List<Wave> waves = new ArrayList<>();
		for (int i = 0; i < given.size(); i++) {
			String field = "waves[" + i + "]";
			Object wave = given.get(i);
			if (wave instanceof Map<?, ?> parts) {
				parts.keySet()
					.stream()
					.filter((part) -> !PARTS_OF_A_WAVE.contains(part))
					.forEach((part) -> faults.add(
							new FieldFault(field + "." + part, "is not known here; what is known is threshold, upTo")));
				waves.add(new Wave(share(parts.get("upTo"), field + ".upTo", faults),
						threshold(parts.get("threshold"), i, field + ".threshold", faults)));
			}
			else {
				waves.add(new Wave(share(wave, field, faults), usual(i)));
			}
		}
		return waves;
	}

	private static Share share(@Nullable Object given, String field, List<FieldFault> faults) {
		return Share.parse(String.valueOf(given)).orElseGet(() -> {
			faults.add(new FieldFault(field, "must be a number of nodes, as 3, or a share of them, as \"10%\""));
			return Share.nodes(0);
		});
	}

	private static int threshold(@Nullable Object given, int wave, String field, List<FieldFault> faults) {
		if (given == null) {
			return usual(wave);
		}
		if (given instanceof Integer number) {
			return number;
		}
		Share share = Share.parse(given.toString()).orElse(null);
		if (share == null) {
			faults.add(new FieldFault(field, "must be 0 to 100 per cent"));
			return 0;
		}
		return share.value();
	}

	/** The first wave is there to find out, so all of it must succeed. */
	private static int usual(int wave) {
		return (wave == 0) ? CANARY_THRESHOLD : THRESHOLD;
	}

	/**
	 * A time window, in UTC.
	 *
	 * @param from {@code HH:MM}
	 * @param to {@code HH:MM}; before {@code from} for one that goes over midnight
	 * @param days on which days it begins, as {@code MON}; every day where left out
	 */
	record WindowBody(@Nullable String from, @Nullable String to, @Nullable List<@Nullable String> days) {

		@Nullable TimeWindow toWindow(List<FieldFault> faults) {
			boolean open = isBlank(this.from) && isBlank(this.to);
			LocalTime begin = open ? LocalTime.MIDNIGHT : time(this.from, "window.from", faults);
			LocalTime end = open ? LocalTime.MIDNIGHT : time(this.to, "window.to", faults);
			Set<DayOfWeek> on = days(faults);
			if (open || !faults.isEmpty()) {
				return null;
			}
			if (begin.equals(end)) {
				faults.add(new FieldFault("window.to", "must differ from when the window begins"));
				return null;
			}
			return new TimeWindow(begin, end, on);
		}

		private Set<DayOfWeek> days(List<FieldFault> faults) {
			if (this.days == null || this.days.isEmpty()) {
				return EnumSet.allOf(DayOfWeek.class);
			}
			Set<DayOfWeek> on = EnumSet.noneOf(DayOfWeek.class);
			for (String given : this.days) {
				String key = (given != null) ? given.strip().toUpperCase(Locale.ROOT) : "";
				for (DayOfWeek day : DayOfWeek.values()) {
					if (day.name().equals(key) || day.name().substring(0, 3).equals(key)) {
						on.add(day);
					}
				}
			}
			if (on.size() != Set.copyOf(this.days.stream().map(String::valueOf).toList()).size()) {
				faults.add(new FieldFault("window.days", "must be days of the week, as MON, TUE"));
			}
			return on;
		}

		private static LocalTime time(@Nullable String text, String field, List<FieldFault> faults) {
			try {
				return LocalTime.parse((text != null) ? text.strip() : "").withSecond(0).withNano(0);
			}
			catch (DateTimeParseException ex) {
				faults.add(new FieldFault(field, "must be a time of day in UTC, as 22:00"));
				return LocalTime.MIDNIGHT;
			}
		}

		private static boolean isBlank(@Nullable String text) {
			return text == null || text.isBlank();
		}

	}

}
