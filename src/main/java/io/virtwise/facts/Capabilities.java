package io.virtwise.facts;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What libvirt says of the host: {@code virsh capabilities}.
 *
 * @param known whether anybody asked
 * @param hostArch the host's architecture
 * @param cpuModel the nearest named model
 * @param cpuVendor as libvirt spells it, {@code Intel}, {@code AMD}
 * @param features the host's CPU features that the model does not imply
 * @param kvmForHostArch whether libvirt offers kvm guests of the host's architecture
 * @param qemuForHostArch whether it offers emulated ones
 * @param domainTypes all domain types offered for the host's architecture, in order
 * @param qemuUser numeric id of the user that QEMU runs as
 * @param qemuGroup numeric id of its group
 * @param microcode the version of the processor's microcode, as {@code 0x2f}
 */
public record Capabilities(boolean known, @Nullable String hostArch, @Nullable String cpuModel,
		@Nullable String cpuVendor, List<String> features, Known kvmForHostArch, Known qemuForHostArch,
		List<String> domainTypes, @Nullable String qemuUser, @Nullable String qemuGroup, @Nullable String microcode) {

	/** Nobody asked. */
	public static final Capabilities UNKNOWN = new Capabilities(false, null, null, null, List.of(), Known.UNKNOWN,
			Known.UNKNOWN, List.of(), null, null);

	public Capabilities {
		features = List.copyOf(features);
		domainTypes = List.copyOf(domainTypes);
	}

	/** The same where nobody knows the microcode. */
	public Capabilities(boolean known, @Nullable String hostArch, @Nullable String cpuModel, @Nullable String cpuVendor,
			List<String> features, Known kvmForHostArch, Known qemuForHostArch, List<String> domainTypes,
			@Nullable String qemuUser, @Nullable String qemuGroup) {
		this(known, hostArch, cpuModel, cpuVendor, features, kvmForHostArch, qemuForHostArch, domainTypes, qemuUser,
				qemuGroup, null);
	}

	/**
	 * Whether libvirt lists vmx among the host's features. AMD's svm is never listed, so
	 * there is no NO.
	 */
	public Known vmxListed() {
		return this.features.contains("vmx") ? Known.YES : Known.UNKNOWN;
	}

}
