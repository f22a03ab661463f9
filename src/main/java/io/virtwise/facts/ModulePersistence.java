package io.virtwise.facts;

/**
 * What the files of the system ask of kernel modules at every boot:
 * {@code /etc/modules-load.d}, {@code /etc/modprobe.d}, {@code /etc/modules} and, on RHEL
 * 6, {@code /etc/sysconfig/modules}.
 *
 * @param known whether anybody looked
 * @param kvm whether some file loads kvm
 * @param kvmIntel whether some file loads kvm_intel
 * @param kvmAmd whether some file loads kvm_amd
 * @param kvmHv whether some file loads kvm_hv
 * @param vhostNet whether some file loads vhost_net
 * @param blacklisted whether some file keeps a KVM module from being loaded
 * @param nestedOption whether some file sets the option {@code nested} of a KVM module,
 * and so to what: YES is on, NO is off, UNKNOWN where no file sets it
 */
public record ModulePersistence(boolean known, Known kvm, Known kvmIntel, Known kvmAmd, Known kvmHv, Known vhostNet,
		Known blacklisted, Known nestedOption) {

	/** Nobody looked. */
	public static final ModulePersistence UNKNOWN = new ModulePersistence(false, Known.UNKNOWN, Known.UNKNOWN,
			Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN);

}
