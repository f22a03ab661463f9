package io.virtwise.facts;

/**
 * What the processor itself says of hardware virtualization: CPUID, and the registers in
 * which firmware leaves its switch.
 *
 * @param known whether anybody could read any of them
 * @param cpuidVmx whether CPUID shows VMX (Intel), whatever the kernel shows
 * @param cpuidSvm whether CPUID shows SVM (AMD), whatever the kernel shows
 * @param locked bit 0 of MSR 0x3a (Intel): firmware has fixed its choice
 * @param vmxEnabled bit 2 of MSR 0x3a (Intel): VMX is on outside of SMX
 * @param svmDisabled bit 4 of MSR 0xc0010114 (AMD): SVM is off
 */
public record ProcessorRegisters(boolean known, Known cpuidVmx, Known cpuidSvm, Known locked, Known vmxEnabled,
		Known svmDisabled) {

	/** Nobody could read them. */
	public static final ProcessorRegisters UNKNOWN = new ProcessorRegisters(false, Known.UNKNOWN, Known.UNKNOWN,
			Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN);

	/**
	 * Whether firmware lets hardware virtualization on (row P03). A register that
	 * firmware left unlocked is no fault: the kernel then switches it on by itself.
	 */
	public Known virtualizationOn() {
		if (this.locked == Known.NO || (this.locked == Known.YES && this.vmxEnabled == Known.YES)) {
			return Known.YES;
		}
		if (this.locked == Known.YES && this.vmxEnabled == Known.NO) {
			return Known.NO;
		}
		return switch (this.svmDisabled) {
			case YES -> Known.NO;
			case NO -> Known.YES;
			case UNKNOWN -> Known.UNKNOWN;
		};
	}

}
