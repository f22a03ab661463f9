package io.virtwise.facts;

import org.jspecify.annotations.Nullable;

/**
 * What {@code /proc/cpuinfo} tells. A flag that the architecture does not have is
 * UNKNOWN.
 *
 * @param known whether anybody looked
 * @param logicalCpus how many processors the text shows
 * @param vendorId {@code GenuineIntel}, {@code AuthenticAMD}, …
 * @param modelName the processor's name
 * @param vmx the Intel flag of hardware virtualization
 * @param svm the AMD flag of hardware virtualization
 * @param sie the s390 flag of hardware virtualization
 * @param hypervisorFlag whether the kernel says that it runs on a hypervisor
 * @param platform the POWER platform line
 * @param powerNv whether that is PowerNV, compared without case
 * @param emulatedPseries whether the text shows a pSeries machine emulated by QEMU
 * @param microcode the version of the processor's microcode, as {@code 0x2f}
 */
public record CpuInfo(boolean known, int logicalCpus, @Nullable String vendorId, @Nullable String modelName, Known vmx,
		Known svm, Known sie, Known hypervisorFlag, @Nullable String platform, Known powerNv, Known emulatedPseries,
		@Nullable String microcode) {

	/** Nobody looked. */
	public static final CpuInfo UNKNOWN = new CpuInfo(false, 0, null, null, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN,
			Known.UNKNOWN, null, Known.UNKNOWN, Known.UNKNOWN);

	/** The same where nobody knows the microcode. */
	public CpuInfo(boolean known, int logicalCpus, @Nullable String vendorId, @Nullable String modelName, Known vmx,
			Known svm, Known sie, Known hypervisorFlag, @Nullable String platform, Known powerNv,
			Known emulatedPseries) {
		this(known, logicalCpus, vendorId, modelName, vmx, svm, sie, hypervisorFlag, platform, powerNv, emulatedPseries,
				null);
	}

	/** Whose processor an x86 one is, told by vendor, else by its flag. */
	public Vendor vendor() {
		if ("GenuineIntel".equals(this.vendorId)) {
			return Vendor.INTEL;
		}
		if ("AuthenticAMD".equals(this.vendorId) || "HygonGenuine".equals(this.vendorId)) {
			return Vendor.AMD;
		}
		if (this.vendorId != null) {
			return Vendor.OTHER;
		}
		if (this.vmx == Known.YES) {
			return Vendor.INTEL;
		}
		return (this.svm == Known.YES) ? Vendor.AMD : Vendor.UNKNOWN;
	}

	/**
	 * Makers of x86 processors, as far as their kernel modules differ.
	 */
	public enum Vendor {

		/** Needs kvm_intel. */
		INTEL,
		/** Needs kvm_amd. */
		AMD,
		/** Somebody else. */
		OTHER,
		/** Nobody knows. */
		UNKNOWN

	}

}
