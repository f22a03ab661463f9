package io.virtwise.facts;

import java.util.List;
import java.util.Objects;

/**
 * The loaded kernel modules, with underscores as the kernel lists them.
 *
 * @param known whether anybody looked
 * @param whole whether the list is the whole one; NO where it was grepped for kvm, so
 * that only kvm modules can be said to be absent; UNKNOWN where none can
 * @param loaded their names in the order listed, then those that are built in
 * @param builtIn those of them that are part of the kernel and in no list
 */
public record KernelModules(boolean known, Known whole, List<String> loaded, List<String> builtIn) {

	/** Nobody looked. */
	public static final KernelModules UNKNOWN = new KernelModules(false, Known.UNKNOWN, List.of());

	public KernelModules {
		loaded = List.copyOf(loaded);
		// facts stored by an earlier version do not tell
		builtIn = List.copyOf(Objects.requireNonNullElse(builtIn, List.of()));
	}

	/** The same of modules that are all listed. */
	public KernelModules(boolean known, Known whole, List<String> loaded) {
		this(known, whole, loaded, List.of());
	}

	/** The core module. */
	public Known kvm() {
		return has("kvm");
	}

	/** The vendor module of Intel processors. */
	public Known kvmIntel() {
		return has("kvm_intel");
	}

	/** The vendor module of AMD processors. */
	public Known kvmAmd() {
		return has("kvm_amd");
	}

	/** Whether the vendor module of Intel processors is part of the kernel. */
	public boolean intelBuiltIn() {
		return this.builtIn.contains("kvm_intel");
	}

	/** Whether the vendor module of AMD processors is part of the kernel. */
	public boolean amdBuiltIn() {
		return this.builtIn.contains("kvm_amd");
	}

	/** The module of POWER's PowerNV platform. */
	public Known kvmHv() {
		return has("kvm_hv");
	}

	/** The module of POWER guests that run guests. */
	public Known kvmPr() {
		return has("kvm_pr");
	}

	/** The module that moves virtio networking into the kernel. */
	public Known vhostNet() {
		if (this.loaded.contains("vhost_net")) {
			return Known.YES;
		}
		return (this.whole == Known.YES) ? Known.NO : Known.UNKNOWN;
	}

	/** A list of which nobody knows what was left out cannot say that one is absent. */
	private Known has(String module) {
		if (this.loaded.contains(module)) {
			return Known.YES;
		}
		return (this.known && this.whole != Known.UNKNOWN) ? Known.NO : Known.UNKNOWN;
	}

}
