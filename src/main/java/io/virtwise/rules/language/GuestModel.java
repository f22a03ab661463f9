package io.virtwise.rules.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaRelease;
import io.virtwise.nova.X86CpuModels;

/**
 * A named CPU model and what libvirt on the node says of it.
 *
 * @param name the model, as written
 * @param position its place in nova.conf from 1, 0 where nova.conf does not name it
 * @param listed whether libvirt knows the name at all
 * @param onKvm whether KVM guests can have it here
 * @param onQemu whether emulated guests can have it here
 * @param fits whether it passes the comparison that nova has libvirt make when it starts
 * with kvm: up to Zed with the host's processor, whatever KVM makes of it, and from
 * 2023.1 on with what KVM offers
 */
public record GuestModel(String name, int position, Known listed, Known onKvm, Known onQemu, Known fits) {

	/** The first release that compares with what KVM offers. */
	private static final int COMPARES_WITH_KVM = 27;

	/**
	 * In libvirt's list of names though QEMU does not have them, or not any more; each
	 * with one that came to libvirt together with it and that QEMU kept.
	 */
	private static final Map<String, String> WITHOUT_QEMU = Map.of("cpu64-rhel5", "qemu64", "cpu64-rhel6", "qemu64",
			"pentiumpro", "qemu64", "icelake-client", "Icelake-Server", "icelake-client-notsx", "Icelake-Server-noTSX");

	private static final String FALLBACK = "Nehalem";

	/** The models that nova.conf names, and the one that emulated guests are offered. */
	public static List<GuestModel> of(NodeFacts facts) {
		HostCpu host = HostCpu.of(facts);
		List<GuestModel> models = new ArrayList<>();
		int position = 0;
		for (String name : facts.novaConf().cpuModels()) {
			models.add(of(name, ++position, facts, host));
		}
		if (!facts.novaConf().cpuModels().contains(FALLBACK)) {
			models.add(of(FALLBACK, 0, facts, host));
		}
		return models;
	}

	private static GuestModel of(String name, int position, NodeFacts facts, HostCpu host) {
		boolean caseMatters = facts.platform().family() != ArchFamily.X86
				&& facts.platform().family() != ArchFamily.POWER;
		List<DomainCapabilities> all = facts.domainCapabilities();
		Known onKvm = usable(name, all.stream().filter((one) -> "kvm".equals(one.domain())).toList(), caseMatters);
		Known onQemu = usable(name, all.stream().filter((one) -> "qemu".equals(one.domain())).toList(), caseMatters);
		Known onHost = host.has(name);
		NovaRelease release = facts.release();
		boolean askKvm = release != null && release.atLeast(COMPARES_WITH_KVM);
		return new GuestModel(name, position, listed(name, facts, caseMatters), onKvm, onQemu,
				askKvm ? first(onKvm, onHost) : first(onHost, onKvm));
	}

	private static Known first(Known better, Known other) {
		return (better != Known.UNKNOWN) ? better : other;
	}

	private static Known listed(String name, NodeFacts facts, boolean caseMatters) {
		boolean anyList = false;
		for (DomainCapabilities one : facts.domainCapabilities()) {
			if (in(one.usableModels(), name, caseMatters) || in(one.unusableModels(), name, caseMatters)
					|| in(one.unknownModels(), name, caseMatters)) {
				return Known.YES;
			}
			anyList |= hasList(one);
		}
		if (facts.platform().family() == ArchFamily.X86 && inLibvirtAlone(name, facts)) {
			return Known.YES;
		}
		return anyList ? Known.NO : Known.UNKNOWN;
	}

	/** Where QEMU's list does not have it, or nobody gave that list. */
	private static boolean inLibvirtAlone(String name, NodeFacts facts) {
		String companion = WITHOUT_QEMU.get(name.toLowerCase(Locale.ROOT));
		if (companion != null && listed(companion, facts, true) == Known.YES) {
			return true;
		}
		return X86CpuModels.knows(facts.host().software().libvirt(), name);
	}

	private static Known usable(String name, List<DomainCapabilities> some, boolean caseMatters) {
		Known answer = Known.UNKNOWN;
		for (DomainCapabilities one : some) {
			if (in(one.usableModels(), name, caseMatters)) {
				return Known.YES;
			}
			if (hasList(one) && !in(one.unknownModels(), name, caseMatters)) {
				answer = Known.NO;
			}
		}
		return answer;
	}

	private static boolean hasList(DomainCapabilities one) {
		return !one.usableModels().isEmpty() || !one.unusableModels().isEmpty() || !one.unknownModels().isEmpty();
	}

	private static boolean in(List<String> models, String name, boolean caseMatters) {
		String folded = name.toLowerCase(Locale.ROOT);
		return models.stream()
			.anyMatch((model) -> caseMatters ? model.equals(name) : model.toLowerCase(Locale.ROOT).equals(folded));
	}

}
