package io.virtwise.rules.internal;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.virtwise.rules.RuleSource;

/**
 * The rules that decide whether KVM is usable, without advice: what {@link PlainCore}
 * decides, too.
 */
final class CoreRules {

	private static final Pattern RULE = Pattern.compile("^rule .*?^end$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final List<String> FILES = List.of("driver.drl", "hardware-virtualization.drl", "firmware.drl",
			"kernel-modules.drl", "dev-kvm.drl", "kvm.drl", "virt-type.drl");

	private CoreRules() {
	}

	static List<RuleSource> files() {
		return ShippedRules.files()
			.stream()
			.filter((file) -> FILES.contains(file.path()))
			.map((file) -> new RuleSource(file.path(),
					RULE.matcher(file.text())
						.results()
						.map(MatchResult::group)
						.filter((rule) -> rule.contains("conclude.that("))
						.collect(Collectors.joining("\n\n"))))
			.toList();
	}

}
