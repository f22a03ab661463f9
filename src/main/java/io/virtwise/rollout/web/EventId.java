package io.virtwise.rollout.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The id of a step that is told: its number, and behind a dash that of the first step
 * that still ran then. Who comes back with it is told from there on.
 */
final class EventId {

	private static final Pattern FORM = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

	private EventId() {
	}

	/**
	 * The id of a step.
	 * @param running the first step that still runs, or a higher number for none
	 */
	static String of(long step, long running) {
		return (running <= step) ? step + "-" + running : Long.toString(step);
	}

	/** Up to which step everything was told and has ended; 0 where that is not known. */
	static long settledBy(@Nullable String id) {
		Matcher form = FORM.matcher((id != null) ? id.strip() : "");
		if (!form.matches()) {
			return 0;
		}
		return (form.group(2) != null) ? Math.max(0, Long.parseLong(form.group(2)) - 1) : Long.parseLong(form.group(1));
	}

}
