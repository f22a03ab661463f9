package io.virtwise.recommendation.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.facts.Known;
import io.virtwise.facts.Move;
import io.virtwise.facts.Software;
import io.virtwise.recommendation.migration.Offer.GuestCpus;
import org.jspecify.annotations.Nullable;

/**
 * Compares two nodes for a guest that is to move from one to the other. It says what
 * differs; whether the guest can move is for the rules to say.
 */
final class Moves {

	private Moves() {
	}

	/**
	 * A guest that was started there and is to come here.
	 * @param name what the node is called that it comes from
	 */
	static Move of(String name, Offer there, Setup setup, Offer here) {
		GuestCpus from = there.guests(setup.virtType());
		GuestCpus to = here.guests(setup.virtType());
		Named named = Named.of(setup, to);
		Set<String> missing = missing(from.features(), to.features());
		Set<String> hostMissing = missing(there.host(), here.host());
		List<String> differs = differs(there, here);
		return new Move(name, setup.virtType(), setup.mode(), same(there.arch(), here.arch()),
				same(there.vendor(), here.vendor()), named.words(), named.here(), features(from, to, missing),
				words(missing), same(there.processor(), here.processor()), alike(there, here),
				differs.isEmpty() ? null : String.join(", ", differs), atLeast(here.emulator(), there.emulator()),
				(hostMissing != null) ? Known.of(hostMissing.isEmpty()) : Known.UNKNOWN, words(hostMissing));
	}

	private static Known features(GuestCpus from, GuestCpus to, @Nullable Set<String> missing) {
		if (missing != null) {
			return Known.of(missing.isEmpty());
		}
		boolean same = from.hostModel() != null && from.hostModel().equals(to.hostModel()) && from.flags() != null;
		return (same && Objects.equals(from.flags(), to.flags())) ? Known.YES : Known.UNKNOWN;
	}

	private static @Nullable Set<String> missing(@Nullable Set<String> there, @Nullable Set<String> here) {
		if (there == null || here == null) {
			return null;
		}
		Set<String> missing = new TreeSet<>(there);
		missing.removeAll(here);
		return missing;
	}

	private static @Nullable String words(@Nullable Set<String> missing) {
		return (missing == null || missing.isEmpty()) ? null : Names.of(missing);
	}

	private static Known alike(Offer there, Offer here) {
		List<Known> parts = List.of(same(there.processor(), here.processor()), same(there.kernel(), here.kernel()),
				same(there.microcode(), here.microcode()), same(there.libvirt(), here.libvirt()),
				same(there.emulator(), here.emulator()));
		return parts.contains(Known.NO) ? Known.NO : parts.contains(Known.UNKNOWN) ? Known.UNKNOWN : Known.YES;
	}

	private static List<String> differs(Offer there, Offer here) {
		List<String> differs = new ArrayList<>();
		differs(differs, "QEMU", there.emulator(), here.emulator());
		differs(differs, "libvirt", there.libvirt(), here.libvirt());
		differs(differs, "kernel", there.kernel(), here.kernel());
		differs(differs, "microcode", there.microcode(), here.microcode());
		return differs;
	}

	private static void differs(List<String> all, String what, @Nullable String there, @Nullable String here) {
		if (same(there, here) == Known.NO) {
			all.add(what + " " + there + " there, " + here + " here");
		}
	}

	private static Known same(@Nullable String one, @Nullable String other) {
		return (one == null || other == null) ? Known.UNKNOWN : Known.of(one.equals(other));
	}

	private static Known atLeast(@Nullable String one, @Nullable String other) {
		int here = Software.number(one);
		int there = Software.number(other);
		return (here == 0 || there == 0) ? Known.UNKNOWN : Known.of(here >= there);
	}

	/**
	 * The model that guests get first, with the flags beside it.
	 *
	 * @param words the model, and the first flag that cannot be had
	 * @param here whether guests can have all of it here
	 */
	private record Named(@Nullable String words, Known here) {

		static Named of(Setup setup, GuestCpus to) {
			if (setup.models().isEmpty()) {
				return new Named(null, Known.UNKNOWN);
			}
			String model = setup.models().get(0);
			if (!to.known()) {
				return new Named(model, Known.UNKNOWN);
			}
			Set<String> features = to.features();
			for (String flag : setup.flags()) {
				String name = flag.toLowerCase(Locale.ROOT).replaceFirst("^\\+", "");
				if (features != null && !name.isBlank() && !name.startsWith("-") && !features.contains(name)) {
					return new Named(model + " and " + name, Known.NO);
				}
			}
			return new Named(model, Known.of(to.has(model)));
		}

	}

}
