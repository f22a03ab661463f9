package io.virtwise.rules.language;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.X86CpuModels;
import org.jspecify.annotations.Nullable;

/**
 * The features of the host's x86 processor as libvirt's capabilities tell them: those of
 * the model that they name, and those listed beside it.
 *
 * @param features {@code null} where nobody knows them
 */
record HostCpu(@Nullable Set<String> features) {

	static HostCpu of(NodeFacts facts) {
		String model = facts.capabilities().cpuModel();
		if (facts.platform().family() != ArchFamily.X86 || model == null) {
			return new HostCpu(null);
		}
		Optional<Set<String>> ofModel = X86CpuModels.features(model);
		if (ofModel.isEmpty()) {
			return new HostCpu(null);
		}
		Set<String> features = new HashSet<>(ofModel.get());
		features.addAll(facts.capabilities().features());
		return new HostCpu(features);
	}

	/** Whether it has all that a named model is made of. */
	Known has(String model) {
		Set<String> host = this.features;
		if (host == null) {
			return Known.UNKNOWN;
		}
		return X86CpuModels.features(model).map((needed) -> Known.of(host.containsAll(needed))).orElse(Known.UNKNOWN);
	}

	/**
	 * Whether libvirt can take the feature for a guest of this host, or take it away.
	 * @param wanted whether the guest is to have it
	 */
	Known offers(String feature, boolean wanted) {
		Set<String> host = this.features;
		if (host == null) {
			return Known.UNKNOWN;
		}
		return Known.of(host.contains(feature) || (!wanted && X86CpuModels.isFeature(feature)));
	}

}
