package io.virtwise.change;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which CPU nova gives to guests that start, by its options.
 *
 * @param virtType kvm, qemu or another kind of guest
 * @param mode the value of cpu_mode, {@code null} where nova's own default counts
 * @param models the models that are named: guests get the first that has what their
 * flavor asks for, and most ask for nothing
 * @param flags what is added to it or taken off, as nova spells it
 * @param unclear why nobody can tell, {@code null} where it is clear
 */
public record CpuChoice(String virtType, @Nullable String mode, List<String> models, List<String> flags,
		@Nullable String unclear) {

	public CpuChoice {
		models = List.copyOf(models);
		flags = List.copyOf(flags);
	}

	/** It cannot be told from the options. */
	public static CpuChoice unclear(String why) {
		return new CpuChoice("", null, List.of(), List.of(), why);
	}

}
