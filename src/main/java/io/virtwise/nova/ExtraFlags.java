package io.virtwise.nova;

import java.util.List;

/**
 * The CPU flags that Ocata, Pike and Queens took beside a model: one at first, then those
 * against the flaws of 2018, point release by point release.
 */
final class ExtraFlags {

	private static final List<String> ALL = List.of("pcid", "ssbd", "virt-ssbd", "amd-ssbd", "amd-no-ssb");

	/** For each of these versions how many of them it knows. */
	private static final List<Step> STEPS = List.of(new Step("15.1.5", 5), new Step("15.1.3", 3), new Step("15.1.1", 1),
			new Step("16.1.5", 5), new Step("16.1.4", 3), new Step("16.1.2", 1), new Step("17.0.6", 5),
			new Step("17.0.5", 3), new Step("17.0.3", 1));

	private ExtraFlags() {
	}

	static List<String> of(NovaRelease release) {
		return STEPS.stream()
			.filter((step) -> step.since().major() == release.major() && release.atLeast(step.since()))
			.findFirst()
			.map((step) -> ALL.subList(0, step.flags()))
			.orElse(List.of());
	}

	private record Step(NovaRelease since, int flags) {

		Step(String since, int flags) {
			this(NovaRelease.parse(since).orElseThrow(), flags);
		}

	}

}
