package io.virtwise.nova;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The compute drivers that came with nova at some time, by the names under which
 * {@code compute_driver} calls them without the leading {@code nova.virt.}.
 */
public enum InTreeDriver {

	/** KVM, QEMU and the rest of libvirt. */
	LIBVIRT(NovaSeries.JUNO, null, "libvirt.LibvirtDriver", "libvirt.driver.LibvirtDriver"),
	/** Bare metal. */
	IRONIC(NovaSeries.JUNO, null, "ironic.IronicDriver", "ironic.driver.IronicDriver"),
	/** For tests of nova itself. */
	FAKE(NovaSeries.JUNO, null, "fake.FakeDriver", "fake.FakeDriver"),
	/** VMware through vCenter. */
	VMWARE(NovaSeries.JUNO, null, "vmwareapi.VMwareVCDriver", "vmwareapi.driver.VMwareVCDriver"),
	/** Hyper-V, gone with 2024.1. */
	HYPERV(NovaSeries.JUNO, NovaSeries.BOBCAT, "hyperv.HyperVDriver", "hyperv.driver.HyperVDriver"),
	/** XenServer, gone with Victoria. */
	XENAPI(NovaSeries.JUNO, NovaSeries.USSURI, "xenapi.XenAPIDriver", "xenapi.driver.XenAPIDriver"),
	/** PowerVM, from Pike to Yoga. */
	POWERVM(NovaSeries.PIKE, NovaSeries.YOGA, "powervm.PowerVMDriver", "powervm.driver.PowerVMDriver"),
	/** z/VM, since Rocky. */
	ZVM(NovaSeries.ROCKY, null, "zvm.ZVMDriver", "zvm.driver.ZVMDriver");

	private final NovaSeries first;

	private final NovaSeries last;

	private final String name;

	private final String moduleAndName;

	InTreeDriver(NovaSeries first, @Nullable NovaSeries last, String name, String moduleAndName) {
		this.first = first;
		this.last = (last != null) ? last : NovaSeries.GAZPACHO;
		this.name = name;
		this.moduleAndName = moduleAndName;
	}

	/** The names that {@code compute_driver} may have for it. */
	public List<String> names() {
		return this.name.equals(this.moduleAndName) ? List.of(this.name) : List.of(this.name, this.moduleAndName);
	}

	/** Whether it comes with that release. */
	public boolean in(NovaRelease release) {
		return release.major() >= this.first.major() && release.major() <= this.last.major();
	}

}
