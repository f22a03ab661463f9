package io.virtwise.facts;

import java.util.List;

/**
 * What a shell on the node can tell beside its processor, modules and {@code /dev/kvm}.
 *
 * @param registers the processor's own registers
 * @param parameters of the KVM modules
 * @param persistence which modules are loaded at every boot
 * @param qemuUser the user that guests run as
 * @param devices other device nodes
 * @param cgroups control groups
 * @param iommu what passing devices on rests on
 * @param software versions and what is installed
 * @param state how the node is set up
 * @param guests the guests that run there
 */
public record HostFacts(ProcessorRegisters registers, KvmParameters parameters, ModulePersistence persistence,
		QemuUser qemuUser, HostDevices devices, Cgroups cgroups, Iommu iommu, Software software, HostState state,
		RunningGuests guests) {

	/** Nobody looked. */
	public static final HostFacts UNKNOWN = new HostFacts(ProcessorRegisters.UNKNOWN, KvmParameters.UNKNOWN,
			ModulePersistence.UNKNOWN, QemuUser.UNKNOWN, HostDevices.UNKNOWN, Cgroups.UNKNOWN, Iommu.UNKNOWN,
			Software.UNKNOWN, HostState.UNKNOWN, RunningGuests.UNKNOWN);

	/** Each group of facts, as rules match them. */
	public List<Record> groups() {
		return List.of(this.registers, this.parameters, this.persistence, this.qemuUser, this.devices, this.cgroups,
				this.iommu, this.software, this.state, this.guests);
	}

}
