package io.virtwise.facts;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What libvirt says one kind of guest can have: {@code virsh domcapabilities}.
 *
 * @param domain kvm, qemu, …; {@code null} where a fragment does not say
 * @param arch the guest's architecture
 * @param machine the machine type
 * @param path the emulator
 * @param hostPassthrough whether this CPU mode is supported
 * @param hostModelMode whether this CPU mode is supported
 * @param custom whether this CPU mode is supported
 * @param hostModel the model that host-model stands for here
 * @param usableModels named models that guests can have here
 * @param unusableModels named models that the host cannot provide
 * @param unknownModels named models of which libvirt cannot say
 * @param hostModelFlags the features that host-model adds to its model, and with a minus
 * those that it takes away; {@code null} where nobody read them
 */
public record DomainCapabilities(@Nullable String domain, @Nullable String arch, @Nullable String machine,
		@Nullable String path, Known hostPassthrough, Known hostModelMode, Known custom, @Nullable String hostModel,
		List<String> usableModels, List<String> unusableModels, List<String> unknownModels,
		@Nullable List<String> hostModelFlags) {

	public DomainCapabilities {
		usableModels = List.copyOf(usableModels);
		unusableModels = List.copyOf(unusableModels);
		unknownModels = List.copyOf(unknownModels);
		hostModelFlags = (hostModelFlags != null) ? List.copyOf(hostModelFlags) : null;
	}

	/** The same where nobody read the features of host-model. */
	public DomainCapabilities(@Nullable String domain, @Nullable String arch, @Nullable String machine,
			@Nullable String path, Known hostPassthrough, Known hostModelMode, Known custom, @Nullable String hostModel,
			List<String> usableModels, List<String> unusableModels, List<String> unknownModels) {
		this(domain, arch, machine, path, hostPassthrough, hostModelMode, custom, hostModel, usableModels,
				unusableModels, unknownModels, null);
	}

}
