package io.virtwise.rules.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.X86CpuModels;

/**
 * A flag of the processor that guests see: one that nova.conf names beside the model, or
 * one that rules watch for.
 *
 * @param name in lower case, without a sign
 * @param named whether nova.conf names it
 * @param enabled whether it asks for it there; a minus takes the flag away
 * @param onHost whether the host's processor has it, as libvirt tells
 * @param inModel whether the model that guests get by nova.conf brings it by itself
 */
public record GuestFlag(String name, boolean named, boolean enabled, Known onHost, Known inModel) {

	/** Those that rules watch for where nova.conf does not name them. */
	private static final List<String> WATCHED = List.of("amd-ssbd", "arch-facilities", "ibpb", "md-clear", "pcid",
			"spec-ctrl", "ssbd", "svm", "vmx");

	/** All of them, each once; of one that nova.conf names twice the last counts. */
	public static List<GuestFlag> of(NodeFacts facts) {
		Map<String, GuestFlag> flags = new LinkedHashMap<>();
		HostCpu host = HostCpu.of(facts);
		WATCHED.forEach((name) -> flags.put(name, of(name, false, false, host, facts)));
		for (String written : facts.novaConf().cpuModelExtraFlags()) {
			String flag = written.toLowerCase(Locale.ROOT);
			String name = (flag.startsWith("-") || flag.startsWith("+")) ? flag.substring(1) : flag;
			flags.put(name, of(name, true, !flag.startsWith("-"), host, facts));
		}
		return List.copyOf(flags.values());
	}

	private static GuestFlag of(String name, boolean named, boolean enabled, HostCpu host, NodeFacts facts) {
		Known listed = facts.capabilities().features().contains(name) ? Known.YES : host.offers(name, true);
		Known brought = facts.novaConf()
			.cpuModels()
			.stream()
			.findFirst()
			.flatMap(X86CpuModels::features)
			.map((features) -> Known.of(features.contains(name)))
			.orElse(Known.UNKNOWN);
		return new GuestFlag(name, named, enabled, listed, brought);
	}

}
