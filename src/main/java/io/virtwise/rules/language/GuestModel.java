package io.virtwise.rules.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;

/**
 * A named CPU model and what libvirt on the node says of it.
 *
 * @param name the model, as written
 * @param position its place in nova.conf from 1, 0 where nova.conf does not name it
 * @param listed whether libvirt knows the name at all
 * @param onKvm whether KVM guests can have it here
 * @param onQemu whether emulated guests can have it here
 */
public record GuestModel(String name, int position, Known listed, Known onKvm, Known onQemu) {

	private static final String FALLBACK = "Nehalem";

	/** The models that nova.conf names, and the one that emulated guests are offered. */
	public static List<GuestModel> of(NodeFacts facts) {
		List<GuestModel> models = new ArrayList<>();
		int position = 0;
		for (String name : facts.novaConf().cpuModels()) {
			models.add(of(name, ++position, facts));
		}
		if (!facts.novaConf().cpuModels().contains(FALLBACK)) {
			models.add(of(FALLBACK, 0, facts));
		}
		return models;
	}

	private static GuestModel of(String name, int position, NodeFacts facts) {
		boolean caseMatters = facts.platform().family() != ArchFamily.X86
				&& facts.platform().family() != ArchFamily.POWER;
		List<DomainCapabilities> all = facts.domainCapabilities();
		return new GuestModel(name, position, listed(name, all, caseMatters),
				usable(name, all.stream().filter((one) -> "kvm".equals(one.domain())).toList(), caseMatters),
				usable(name, all.stream().filter((one) -> "qemu".equals(one.domain())).toList(), caseMatters));
	}

	private static Known listed(String name, List<DomainCapabilities> all, boolean caseMatters) {
		boolean anyList = false;
		for (DomainCapabilities one : all) {
			if (in(one.usableModels(), name, caseMatters) || in(one.unusableModels(), name, caseMatters)
					|| in(one.unknownModels(), name, caseMatters)) {
				return Known.YES;
			}
			anyList |= hasList(one);
		}
		return anyList ? Known.NO : Known.UNKNOWN;
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
