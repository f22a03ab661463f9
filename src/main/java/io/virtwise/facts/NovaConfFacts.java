package io.virtwise.facts;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What nova would read from the nova.conf files given, the last value of each option.
 *
 * @param known whether anybody gave one
 * @param parses whether oslo.config could read them
 * @param errorLine the line that it stumbles over, from 1
 * @param error what it would say, and of which line
 * @param computeDriver value of {@code [DEFAULT] compute_driver}, {@code null} if unset
 * @param virtType value of {@code [libvirt] virt_type}, {@code null} if unset
 * @param cpuMode value of {@code [libvirt] cpu_mode}, {@code null} if unset
 * @param cpuModel value of {@code [libvirt] cpu_model} as written, {@code null} if unset;
 * may be empty
 * @param cpuModelsOption value of {@code [libvirt] cpu_models} as written, {@code null}
 * if unset; may be empty
 * @param cpuModels the models named by either option, split at commas
 * @param cpuModelExtraFlags value of {@code [libvirt] cpu_model_extra_flags}, split
 * @param oldNames options of Icehouse's spelling found in {@code [DEFAULT]}
 * @param repeatedOptions options given more than once, as {@code section/option}
 */
public record NovaConfFacts(boolean known, boolean parses, @Nullable Integer errorLine, @Nullable String error,
		@Nullable String computeDriver, @Nullable String virtType, @Nullable String cpuMode, @Nullable String cpuModel,
		@Nullable String cpuModelsOption, List<String> cpuModels, List<String> cpuModelExtraFlags,
		List<String> oldNames, List<String> repeatedOptions) {

	/** Nobody gave one. */
	public static final NovaConfFacts UNKNOWN = new NovaConfFacts(false, false, null, null, null, null, null, null,
			null, List.of(), List.of(), List.of(), List.of());

	/** What it would say, without the line. */
	public @Nullable String fault() {
		int line = (this.error != null) ? this.error.indexOf(": ") : -1;
		return (this.error != null && line > 0) ? this.error.substring(0, line) : this.error;
	}

	public NovaConfFacts {
		cpuModels = List.copyOf(cpuModels);
		cpuModelExtraFlags = List.copyOf(cpuModelExtraFlags);
		oldNames = List.copyOf(oldNames);
		repeatedOptions = List.copyOf(repeatedOptions);
	}

}
