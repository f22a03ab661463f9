package io.virtwise.rollout.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.change.ChangeProgress.DryRunCheck;
import io.virtwise.rollout.CpuProbe;
import io.virtwise.rollout.CpuProbe.Cpu;
import io.virtwise.rollout.CpuProbe.Guest;
import io.virtwise.rollout.CpuProbe.Looked;
import io.virtwise.rollout.CpuProbe.Telling;
import org.jspecify.annotations.Nullable;

/**
 * Compares the CPUs of running guests with the one that they would get at their next cold
 * start. A guest fits if it loses no feature: what runs in it may use any that it has
 * seen.
 */
final class GuestFit {

	static final String NAME = "guests";

	static final String NO_GUESTS = "No guest runs there now, so none can lose its CPU.";

	private static final int NAMED_GUESTS = 5;

	private static final int NAMED_FEATURES = 6;

	private GuestFit() {
	}

	static DryRunCheck of(Looked looked) {
		Cpu given = looked.given();
		int all = looked.guests().size() + looked.others();
		if (all == 0 || given == null) {
			return check(DryRunCheck.WOULD_WORK, NO_GUESTS);
		}
		String run = all + ((all == 1) ? " guest runs" : " guests run") + " there now";
		for (Cpu one : all(looked, given)) {
			if (one.telling() == Telling.IMPOSSIBLE) {
				return check(DryRunCheck.WOULD_FAIL, run + " and would not start again with " + one.label() + ": "
						+ one.why() + "."
						+ (looked.later().contains(one) ? " Nova checks every model that cpu_models names." : ""));
			}
		}
		Map<String, List<String>> losing = new LinkedHashMap<>();
		Map<String, List<String>> unknown = new LinkedHashMap<>();
		for (Guest guest : looked.guests()) {
			Set<String> lost = new TreeSet<>(guest.cpu().features());
			lost.removeAll(given.features());
			String why = unknown(guest.cpu(), given, lost);
			if (why == null && !lost.isEmpty()) {
				why = mayGetAnother(guest.cpu(), given, lost, looked.later());
			}
			if (why != null) {
				unknown.computeIfAbsent(why, (key) -> new ArrayList<>()).add(guest.name());
			}
			else if (!lost.isEmpty()) {
				losing.computeIfAbsent(listed(lost, NAMED_FEATURES), (key) -> new ArrayList<>()).add(guest.name());
			}
		}
		if (looked.others() > 0) {
			unknown.put("no more than " + CpuProbe.MOST + " are looked at on one node",
					List.of("the other " + looked.others()));
		}
		if (!losing.isEmpty()) {
			return check(DryRunCheck.WOULD_FAIL,
					run + ". At the next cold start, which gives them " + given.label() + ", features would be gone: "
							+ sentences(losing, " without ") + notCompared(unknown)
							+ " Move them away first, or have a second approver accept it.");
		}
		if (!unknown.isEmpty()) {
			return check(DryRunCheck.NOT_CHECKED, run + "." + notCompared(unknown));
		}
		return check(DryRunCheck.WOULD_WORK, run + ". " + given.label()
				+ ", which they get at the next cold start, has every CPU feature that they have now.");
	}

	/** Why nobody can say whether this guest fits, {@code null} if somebody can. */
	private static @Nullable String unknown(Cpu has, Cpu given, Set<String> lost) {
		if (has.telling() == Telling.NOTHING) {
			return has.why();
		}
		if (given.telling() == Telling.NOTHING) {
			return given.why();
		}
		boolean hosts = has.telling() == Telling.HOST && given.telling() == Telling.HOST
				&& has.virtType().equals(given.virtType());
		if (hosts) {
			return null;
		}
		if (given.telling() == Telling.HOST && !lost.isEmpty()) {
			return "libvirt does not name all features of " + given.label();
		}
		return (has.telling() == Telling.HOST && lost.isEmpty())
				? "libvirt does not name all features of " + has.label() : null;
	}

	private static List<Cpu> all(Looked looked, Cpu given) {
		List<Cpu> all = new ArrayList<>(List.of(given));
		all.addAll(looked.later());
		return all;
	}

	/**
	 * Nova takes the first model that has what a flavor asks for by its traits, and a
	 * guest has what its flavor asks for. So whoever fits the first model gets it.
	 * Whoever does not may get a later one, or lose features with the first: libvirt does
	 * not know of flavors. {@code null} where it loses features with each of them.
	 */
	private static @Nullable String mayGetAnother(Cpu has, Cpu given, Set<String> lost, List<Cpu> later) {
		for (Cpu one : later) {
			if (one.telling() == Telling.NOTHING) {
				return "nova may give them " + one.label() + ", and " + one.why();
			}
			if (one.features().containsAll(has.features())) {
				return "they would be without " + listed(lost, NAMED_FEATURES) + " with " + given.label()
						+ " and lose nothing with " + one.label()
						+ ", which nova gives only to guests whose flavor asks for more by its traits, and libvirt does"
						+ " not know flavors";
			}
		}
		return null;
	}

	private static String notCompared(Map<String, List<String>> unknown) {
		return unknown.isEmpty() ? "" : " Not compared: " + sentences(unknown, ", because ");
	}

	private static String sentences(Map<String, List<String>> groups, String between) {
		List<String> parts = new ArrayList<>();
		groups.forEach((what, guests) -> parts.add(listed(guests, NAMED_GUESTS) + between + what));
		return String.join("; ", parts) + ".";
	}

	private static String listed(Iterable<String> words, int most) {
		List<String> all = new ArrayList<>();
		words.forEach(all::add);
		if (all.size() <= most + 1) {
			return String.join(", ", all);
		}
		return String.join(", ", all.subList(0, most)) + " and " + (all.size() - most) + " more";
	}

	private static DryRunCheck check(String outcome, String text) {
		return new DryRunCheck(NAME, outcome, text);
	}

}
