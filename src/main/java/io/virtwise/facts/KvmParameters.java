package io.virtwise.facts;

/**
 * Parameters of the KVM modules, from {@code /sys/module/kvm*}{@code /parameters}. One
 * whose module is not loaded is UNKNOWN.
 *
 * @param known whether anybody looked
 * @param nestedIntel {@code nested} of kvm_intel: guests may start guests
 * @param nestedAmd {@code nested} of kvm_amd
 * @param nestedCore {@code nested} of kvm itself, as on s390
 * @param hugePages {@code hpage} of kvm itself, as on s390; excludes nesting there
 * @param sev {@code sev} of kvm_amd: guests may have encrypted memory
 * @param ept {@code ept} of kvm_intel, or {@code npt} of kvm_amd
 * @param apicv {@code enable_apicv} of kvm_intel
 * @param ignoreMsrs {@code ignore_msrs} of kvm
 */
public record KvmParameters(boolean known, Known nestedIntel, Known nestedAmd, Known nestedCore, Known hugePages,
		Known sev, Known ept, Known apicv, Known ignoreMsrs) {

	/** Nobody looked. */
	public static final KvmParameters UNKNOWN = new KvmParameters(false, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN,
			Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN);

}
