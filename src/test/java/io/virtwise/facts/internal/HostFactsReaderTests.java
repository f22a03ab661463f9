package io.virtwise.facts.internal;

import java.util.List;

import io.virtwise.facts.Cgroups;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.HostDevices;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.HostSections;
import io.virtwise.facts.HostState;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Iommu;
import io.virtwise.facts.Known;
import io.virtwise.facts.KvmParameters;
import io.virtwise.facts.ModulePersistence;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.ProcessorRegisters;
import io.virtwise.facts.QemuUser;
import io.virtwise.facts.RunningGuests;
import io.virtwise.facts.Software;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read of a host beside the parts that have parsers of their own.
 */
class HostFactsReaderTests {

	/** Leaf 1 of an Intel processor with VMX, bit 5 of the ninth byte. */
	private static final String WITH_VMX = """
			00000001 54 06 05 00 00 08 10 00 bf fb fa 7f ff fb eb bf
			80000001 00 00 00 00 00 00 00 00 21 01 00 00 00 08 10 2c
			""";

	/** The same leaf of a processor without, and the other with SVM, bit 2. */
	private static final String WITH_SVM = """
			00000001 12 0f 80 00 00 08 40 00 09 32 f8 7e ff fb 8b 17
			80000001 12 0f 80 00 00 00 00 20 f7 ff c1 35 ff fb d3 2f
			""";

	@Test
	void knowsNothingWhereNothingWasRead() {
		Reading<HostFacts> reading = HostFactsReader.read(HostTexts.NONE);

		assertThat(reading.fact()).isEqualTo(HostFacts.UNKNOWN);
		assertThat(reading.seen()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "05 00 00 00 00 00 00 00, YES, YES, YES", "01 00 00 00 00 00 00 00, YES, NO, NO",
			"00 00 00 00 00 00 00 00, NO, NO, YES", "07 00 ff 00 00 00 00 00, YES, YES, YES" })
	void readsTheRegistersOfIntel(String bytes, Known locked, Known enabled, Known on) {
		ProcessorRegisters registers = read(new HostSections().add("cpuid", "/dev/cpu/0/cpuid", WITH_VMX)
			.add("msr", "/dev/cpu/0/msr", "0000003a " + bytes + "\nc0010114\n")).registers();

		assertThat(registers)
			.isEqualTo(new ProcessorRegisters(true, Known.YES, Known.NO, locked, enabled, Known.UNKNOWN));
		assertThat(registers.virtualizationOn()).isEqualTo(on);
	}

	@ParameterizedTest
	@CsvSource({ "10 00 00 00 00 00 00 00, YES, NO", "08 00 00 00 00 00 00 00, NO, YES" })
	void readsTheRegistersOfAmd(String bytes, Known off, Known on) {
		ProcessorRegisters registers = read(new HostSections().add("cpuid", "/dev/cpu/0/cpuid", WITH_SVM)
			.add("msr", "/dev/cpu/0/msr", "0000003a\nc0010114 " + bytes + "\n")).registers();

		assertThat(registers)
			.isEqualTo(new ProcessorRegisters(true, Known.NO, Known.YES, Known.UNKNOWN, Known.UNKNOWN, off));
		assertThat(registers.virtualizationOn()).isEqualTo(on);
	}

	@ParameterizedTest
	@CsvSource({ "0000003a 05", "0000003a 05 00 00 00 00 00 00 zz", "0000003a 05 00 00 00 00 00 00 00 00", "3a: 05" })
	void takesNoHalfRegister(String line) {
		assertThat(read(new HostSections().add("msr", "/dev/cpu/0/msr", line)).registers())
			.isEqualTo(ProcessorRegisters.UNKNOWN);
	}

	@Test
	void readsParametersAsEitherKernelPrintsThem() {
		KvmParameters parameters = read(new HostSections().add("kvm-parameters", "/sys/module/kvm*/parameters", """
				kvm_intel/nested: Y
				kvm/hpage: 0
				kvm_amd/nested: 0
				kvm_amd/npt: 1
				kvm_amd/sev: Y
				kvm_intel/enable_apicv: N
				kvm/ignore_msrs: maybe
				""")).parameters();

		assertThat(parameters).isEqualTo(new KvmParameters(true, Known.YES, Known.NO, Known.UNKNOWN, Known.NO,
				Known.YES, Known.YES, Known.NO, Known.UNKNOWN));
	}

	@Test
	void readsWhatFilesAskOfModules() {
		HostSections sections = new HostSections().add("module-files", "modules-load.d, modprobe.d", """
				/etc/modules-load.d/kvm.conf: kvm-intel
				/etc/modules-load.d/net.conf: vhost_net
				/etc/modprobe.d/kvm.conf: options kvm_intel nested=1 ept=1
				/etc/modprobe.d/no.conf: blacklist kvm_amd
				/etc/modprobe.d/alias.conf: alias kvm_hv off
				""");

		assertThat(read(sections).persistence()).isEqualTo(
				new ModulePersistence(true, Known.NO, Known.YES, Known.NO, Known.NO, Known.YES, Known.YES, Known.YES));
		assertThat(HostFactsReader.read(texts(sections)).seen().get("ModulePersistence.kvmIntel"))
			.containsExactly(new EvidenceLine("/etc/modules-load.d/kvm.conf", 0, "kvm-intel"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/etc/sysconfig/modules/kvm.modules: modprobe kvm-amd >/dev/null 2>&1 | YES
			/etc/sysconfig/modules/kvm.modules: [ -x /sbin/modprobe ] && /sbin/modprobe kvm_amd | YES
			/etc/sysconfig/modules/kvm.modules: echo kvm_amd | NO
			/etc/modules: kvm_amd nested=1 | YES
			/etc/modules: kvm_amdx | NO
			/etc/modprobe.d/kvm.conf: kvm_amd | NO
			""")
	void tellsAFileThatLoadsAModuleFromOneThatNamesIt(String line, Known loads) {
		assertThat(read(new HostSections().add("module-files", "files", line)).persistence().kvmAmd()).isEqualTo(loads);
	}

	@Test
	void readsTheUserOfQemuByNumbers() {
		QemuUser user = read(new HostSections()
			.add("qemu-identity", "/etc/libvirt/qemu.conf, id",
					"uid=64055(libvirt-qemu) gid=108(kvm) groups=108(kvm),64055(libvirt-qemu)\n")
			.add("dev-kvm-numeric", "ls -ln /dev/kvm", "crw-rw---- 1 0 424 10, 232 Nov 22 21:52 /dev/kvm\n")
			.add("libvirt-process", "/proc/*/comm", "virtqemud: 0::/machine.slice/libpod-0a1b.scope\n")).qemuUser();

		assertThat(user)
			.isEqualTo(new QemuUser(true, "libvirt-qemu", 64055, 108, List.of("108", "64055"), 424, Known.YES));
		assertThat(user.inDeviceGroup()).isEqualTo(Known.NO);
	}

	@ParameterizedTest
	@CsvSource({ "'user = \"root\"', root, 0", "'user = \"+0\"', 0, 0", "'user = \"nova\"', nova, 162",
			"'#user = \"root\"', qemu, 107", "'user = \"ghost\"', ghost," })
	void takesTheUserThatQemuConfNames(String setting, String name, Integer uid) {
		QemuUser user = read(new HostSections().add("qemu-identity", "/etc/libvirt/qemu.conf, id",
				"uid=107(qemu) gid=107(qemu) groups=107(qemu),36(kvm)\nuid=162(nova) gid=162(nova) groups=162(nova)\n"
						+ setting))
			.qemuUser();

		assertThat(user.name()).isEqualTo(name);
		assertThat(user.uid()).isEqualTo(uid);
	}

	@Test
	void readsDevicesAndWhatPassingThemOnRestsOn() {
		HostFacts host = read(new HostSections()
			.add("devices", "/dev, /sys", "vhost-net: absent\ntun: /dev/net/tun\nsev: /dev/sev\nuv: absent\n")
			.add("acpi-tables", "/sys/firmware/acpi/tables", "APIC\nDMAR\n")
			.add("iommu-groups", "/sys/kernel/iommu_groups", "0\n")
			.add("cmdline", "/proc/cmdline", "intel_iommu=off iommu=pt\n"));

		assertThat(host.devices()).isEqualTo(new HostDevices(true, Known.NO, Known.YES, Known.YES, Known.NO));
		assertThat(host.iommu()).isEqualTo(new Iommu(true, Known.YES, Known.NO, Known.YES));
	}

	@Test
	void readsControlGroupsOfBothVersions() {
		String one = """
				cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,nosuid,cpu,cpuacct 0 0
				cgroup /sys/fs/cgroup/cpuset cgroup rw,cpuset 0 0
				cgroup /sys/fs/cgroup/devices cgroup rw,devices 0 0
				cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0
				""";

		assertThat(read(new HostSections().add("cgroup-mounts", "/proc/self/mounts", one)).cgroups())
			.isEqualTo(new Cgroups(true, 1, "memory, blkio"));
		assertThat(read(
				new HostSections().add("cgroup-mounts", "/proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0")
					.add("cgroup-controllers", "/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids"))
			.cgroups()).isEqualTo(new Cgroups(true, 2, null));
		assertThat(read(new HostSections().add("cgroup-controllers", "/sys/fs/cgroup/cgroup.controllers", "cpu pids"))
			.cgroups()).isEqualTo(new Cgroups(true, 2, "cpuset, memory, io"));
		assertThat(read(new HostSections().add("cgroup-mounts", "/proc/self/mounts", "")).cgroups())
			.isEqualTo(new Cgroups(true, 0, "cpu, cpuacct, cpuset, memory, devices, blkio"));
	}

	@Test
	void readsVersionsAndWhatIsInstalled() {
		Software software = read(new HostSections()
			.add("os-release", "/etc/os-release",
					"NAME=\"Red Hat Enterprise Linux\"\nVERSION_ID=\"9.4\"\nID=\"rhel\"\nID_LIKE=\"fedora\"\n")
			.add("kernel", "uname -r", "5.14.0-427.13.1.el9_4.x86_64\n")
			.add("libvirt-version", "virsh version", """
					Compiled against library: libvirt 9.0.0
					Using library: libvirt 9.0.0
					Using API: QEMU 9.0.0
					Running hypervisor: QEMU 7.2.22
					""")
			.add("qemu-version", "qemu-kvm --version", "QEMU emulator version 8.1.0\n")
			.add("installed", "commands", """
					nova-compute: absent
					qemu-kvm: /usr/libexec/qemu-kvm
					guestmount: absent
					udev-rule: absent
					""")).software();

		assertThat(software).isEqualTo(new Software(true, "rhel", 9, "5.14.0", 5_014_000, "9.0.0", 9_000_000, "7.2.22",
				7_002_022, Known.NO, Known.NO, Known.NO));
	}

	@Test
	void takesTheVersionsOfFilesWhereNoDaemonAnswers() {
		Software software = read(new HostSections().add("libvirtd-version", "libvirtd", "libvirtd (libvirt) 10.0.0\n")
			.add("qemu-version", "qemu-kvm", "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\n"))
			.software();

		assertThat(software.libvirt()).isEqualTo(10_000_000);
		assertThat(software.qemu()).isEqualTo(7_002_022);
	}

	@Test
	void readsHowTheNodeIsSetUp() {
		HostFacts host = read(new HostSections().add("memory", "/proc/meminfo", "MemTotal:       24683656 kB\n")
			.add("smt", "ppc64_cpu --smt", "SMT=8\n")
			.add("selinux", "getenforce", "Enforcing\n")
			.add("execmem", "getsebool virt_use_execmem", "virt_use_execmem --> off\n")
			.add("container", "systemd-detect-virt", "none\n")
			.add("kernel-image", "ls -ln /boot/vmlinuz", "-rw------- 1 0 0 8 Nov 22 21:52 /boot/vmlinuz\n")
			.add("guests", "virsh list", "instance-00000001\ninstance-00000002\n\n"));

		assertThat(host.state())
			.isEqualTo(new HostState(true, 24105, Known.YES, Known.YES, Known.NO, Known.NO, Known.NO));
		assertThat(host.guests()).isEqualTo(new RunningGuests(true, 2));
	}

	@Test
	void ofTwoSourcesTheLaterOneCounts() {
		Evidence.Item collected = new Evidence.Item(EvidenceKind.COLLECTOR,
				new HostSections().add("guests", "virsh list", "one\n").add("kernel", "uname -r", "5.14.0\n").text());
		Evidence.Item probed = new Evidence.Item(EvidenceKind.PROBE,
				new HostSections().add("guests", "libvirt", "").text());

		HostFacts host = HostFactsReader.read(HostTexts.of(List.of(collected, probed))).fact();

		assertThat(host.guests()).isEqualTo(new RunningGuests(true, 0));
		assertThat(host.software().kernelVersion()).isEqualTo("5.14.0");
	}

	private static HostTexts texts(HostSections sections) {
		return HostTexts.of(List.of(new Evidence.Item(EvidenceKind.PROBE, sections.text())));
	}

	private static HostFacts read(HostSections sections) {
		return HostFactsReader.read(texts(sections)).fact();
	}

}
