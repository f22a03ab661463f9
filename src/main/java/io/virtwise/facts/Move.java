package io.virtwise.facts;

import org.jspecify.annotations.Nullable;

/**
 * A running guest that is to come to this node from another one; there only where that is
 * asked about.
 *
 * @param from what the node is called that it comes from
 * @param virtType its kind, kvm or qemu; {@code null} where nobody knows it
 * @param mode the CPU mode that it was started with; {@code null} where nobody knows it
 * @param sameArch whether both nodes have processors of one architecture
 * @param sameVendor whether both nodes have processors of one maker
 * @param model the CPU model that it was started with, for custom
 * @param modelHere whether guests of its kind can have that model here
 * @param featuresHere whether guests can have here all the features that host-model gives
 * there
 * @param missing features that they cannot have here
 * @param sameProcessor whether both processors have the same name
 * @param alike whether processors, kernel, microcode, libvirt and QEMU are the same
 * @param differs what of them differs, with what it is there and here
 * @param qemuHere whether QEMU here is at least as new as there
 * @param hostFits whether this host's processor has all the features of that host's,
 * which is what nova compares for guests without a named model
 * @param hostMissing features that this host's processor does not have
 */
public record Move(String from, @Nullable String virtType, @Nullable String mode, Known sameArch, Known sameVendor,
		@Nullable String model, Known modelHere, Known featuresHere, @Nullable String missing, Known sameProcessor,
		Known alike, @Nullable String differs, Known qemuHere, Known hostFits, @Nullable String hostMissing) {
}
