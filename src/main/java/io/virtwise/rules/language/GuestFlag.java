package io.virtwise.rules.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;

/**
 * A flag of the processor that guests see: one that nova.conf names beside the model, or
 * one that rules watch for.
 *
 * @param name in lower case, without a sign
 * @param named whether nova.conf names it
 * @param enabled whether it asks for it there; a minus takes the flag away
 * @param onHost whether libvirt says that the host's processor has it; never NO, for
 * libvirt lists only what goes beyond the nearest model
 */
public record GuestFlag(String name, boolean named, boolean enabled, Known onHost) {

	/** Those that rules watch for where nova.conf does not name them. */
	private static final List<String> WATCHED = List.of("amd-ssbd", "arch-facilities", "ibpb", "md-clear", "pcid",
			"spec-ctrl", "ssbd", "svm", "vmx");

	/** All of them, each once; of one that nova.conf names twice the last counts. */
	public static List<GuestFlag> of(NodeFacts facts) {
		Map<String, GuestFlag> flags = new LinkedHashMap<>();
		WATCHED.forEach((name) -> flags.put(name, new GuestFlag(name, false, false, onHost(name, facts))));
		for (String written : facts.novaConf().cpuModelExtraFlags()) {
			String flag = written.toLowerCase(Locale.ROOT);
			String name = (flag.startsWith("-") || flag.startsWith("+")) ? flag.substring(1) : flag;
			flags.put(name, new GuestFlag(name, true, !flag.startsWith("-"), onHost(name, facts)));
		}
		return List.copyOf(flags.values());
	}

	private static Known onHost(String name, NodeFacts facts) {
		return facts.capabilities().features().contains(name) ? Known.YES : Known.UNKNOWN;
	}

}
