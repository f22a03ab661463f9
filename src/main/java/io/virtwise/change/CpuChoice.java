package io.virtwise.change;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which CPU nova gives to guests that start, by its options.
 *
 * @param virtType kvm, qemu or another kind of guest
 * @param mode the value of cpu_mode, {@code null} where nova's own default counts
 * @param model the model that guests get which ask for nothing more, {@code null} for
 * none
 * @param flags what is added to it or taken off, as nova spells it
 * @param unclear why nobody can tell, {@code null} where it is clear
 */
public record CpuChoice(String virtType, @Nullable String mode, @Nullable String model, List<String> flags,
		@Nullable String unclear) {

	public CpuChoice {
		flags = List.copyOf(flags);
	}

	/** It cannot be told from the options. */
	public static CpuChoice unclear(String why) {
		return new CpuChoice("", null, null, List.of(), why);
	}

}
