package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.Problem;
import io.virtwise.facts.internal.sosreport.Reports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the facts of a node are put together.
 */
class EvidenceReaderTests {

	private static final String INTEL = "processor : 0\nvendor_id : GenuineIntel\nflags : fpu vmx\n";

	private static final String KVM_HOST = "<capabilities><host><cpu><arch>%s</arch></cpu></host><guest>"
			+ "<os_type>hvm</os_type><arch name='%s'><domain type='kvm'/></arch></guest></capabilities>";

	private static final String COLLECTED = """
			$ sh collect.sh
			=== virtwise collector 1 ===
			# host cmp1, 2026-11-23T08:00:00Z, uid 1000
			=== begin uname: uname -m ===
			| x86_64
			=== end uname: ok ===
			=== begin detect-virt: systemd-detect-virt ===
			| none
			=== end detect-virt: ok ===
			=== begin cpuinfo: /proc/cpuinfo ===
			| processor	: 0
			| vendor_id	: AuthenticAMD
			| flags		: fpu vme
			 svm nx
			|
			=== end cpuinfo: ok ===
			=== begin modules: /proc/modules ===
			| kvm_amd 50703 0 - Live 0x0
			| kvm 395304 1 kvm_amd, Live 0x0
			=== end modules: ok ===
			=== begin dev-kvm: ls -l /dev/kvm ===
			| crw-rw----+ 1 root kvm 10, 232 Nov 23 08:11 /dev/kvm
			=== end dev-kvm: ok ===
			=== begin dev-kvm-acl: getfacl -p /dev/kvm ===
			| # file: /dev/kvm
			| # owner: root
			| # group: kvm
			| user::rw-
			| group::rw-
			| group:libvirt:rw-
			| mask::rw-
			| other::---
			=== end dev-kvm-acl: ok ===
			=== begin capabilities: virsh capabilities ===
			=== end capabilities: no-command ===
			=== begin nova-version: dpkg-query nova-compute ===
			| nova-compute 2:26.2.2-1~deb12u3
			=== end nova-version: ok ===
			=== begin nova-conf: /etc/nova/nova.conf ===
			| [libvirt]
			| virt_type = kvm
			=== end nova-conf: ok ===
			=== begin nova-conf: /etc/nova/nova.conf.d/20.conf ===
			| [libvirt]
			| virt_type = qemu
			=== end nova-conf: ok ===
			=== end of virtwise collector ===
			$
			""";

	private final EvidenceReader reader = new EvidenceReader();

	@Test
	void withoutEvidenceEverythingIsUnknown() {
		NodeFacts facts = read();
		assertThat(facts.platform().family()).isEqualTo(ArchFamily.UNKNOWN);
		assertThat(facts.cpuinfo().known()).isFalse();
		assertThat(facts.modules().known()).isFalse();
		assertThat(facts.devKvm().present()).isEqualTo(Known.UNKNOWN);
		assertThat(facts.novaConf().known()).isFalse();
		assertThat(facts.release()).isNull();
		assertThat(facts.seen()).isEmpty();
		assertThat(facts.problems()).isEmpty();
	}

	@Test
	void theArchitectureComesFromLibvirtAndItsFamilyAlsoFromTheProcessor() {
		NodeFacts facts = read(item(EvidenceKind.CPUINFO, INTEL));
		assertThat(facts.platform().family()).isEqualTo(ArchFamily.X86);
		assertThat(facts.platform().arch()).isNull();
		NodeFacts told = read(item(EvidenceKind.CPUINFO, INTEL),
				item(EvidenceKind.CAPABILITIES, KVM_HOST.formatted("x86_64", "x86_64")));
		assertThat(told.platform().arch()).isEqualTo("x86_64");
		assertThat(told.problems()).isEmpty();
	}

	@Test
	void textsOfDifferentMachinesAreNoticed() {
		NodeFacts facts = read(item(EvidenceKind.CPUINFO, INTEL),
				item(EvidenceKind.CAPABILITIES, KVM_HOST.formatted("ppc64le", "ppc64le")));
		assertThat(facts.platform().family()).isEqualTo(ArchFamily.POWER);
		assertThat(facts.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.message()).contains("another machine"));
	}

	@ParameterizedTest
	@CsvSource({ "aarch64, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN", "ppc64le, UNKNOWN, UNKNOWN, UNKNOWN, NO",
			"s390x, UNKNOWN, UNKNOWN, NO, UNKNOWN", "x86_64, NO, NO, UNKNOWN, UNKNOWN" })
	void aFlagThatTheArchitectureDoesNotHaveIsNeitherThereNorMissing(String arch, Known vmx, Known svm, Known sie,
			Known powerNv) {
		NodeFacts facts = read(item(EvidenceKind.CPUINFO, ""),
				item(EvidenceKind.CAPABILITIES, KVM_HOST.formatted(arch, arch)));
		assertThat(
				List.of(facts.cpuinfo().vmx(), facts.cpuinfo().svm(), facts.cpuinfo().sie(), facts.cpuinfo().powerNv()))
			.containsExactly(vmx, svm, sie, powerNv);
	}

	@Test
	void carriesWhatTheKernelSaidOfFirmwareAndConcludesNothing() {
		NodeFacts loaded = read(item(EvidenceKind.CPUINFO, INTEL),
				item(EvidenceKind.MODULES, "kvm_intel 1 0\nkvm 1 1 kvm_intel\n"));
		assertThat(loaded.platform().firmware()).isEqualTo(Known.UNKNOWN);
		assertThat(loaded.seen()).doesNotContainKey("Platform.firmware");
		NodeFacts told = read(item(EvidenceKind.CPUINFO, INTEL),
				item(EvidenceKind.MODULES, "kvm_intel 1 0\nkvm 1 1 kvm_intel\n"),
				item(EvidenceKind.KERNEL_LOG, "[    0.6] kvm: disabled by bios\n"));
		assertThat(told.platform().firmware()).isEqualTo(Known.NO);
		assertThat(told.seen().get("Platform.firmware")).singleElement()
			.satisfies((line) -> assertThat(line.text()).endsWith("kvm: disabled by bios"));
	}

	@Test
	void carriesWhatAnArmKernelSaidOfHypModeAndKnowsTheMachineByIt() {
		NodeFacts arm = read(item(EvidenceKind.KERNEL_LOG, "[    0.2] kvm [1]: HYP mode not available\n"));
		assertThat(arm.platform().family()).isEqualTo(ArchFamily.ARM);
		assertThat(arm.platform().firmware()).isEqualTo(Known.NO);
		assertThat(arm.seen().get("Platform.firmware")).singleElement()
			.satisfies((line) -> assertThat(line.text()).endsWith("HYP mode not available"));

		assertThat(read(item(EvidenceKind.CPUINFO, "CPU implementer : 0x41\n"),
				item(EvidenceKind.KERNEL_LOG, "[    0.6] kvm: disabled by bios\n"))
			.platform()
			.firmware()).isEqualTo(Known.UNKNOWN);
		assertThat(read(item(EvidenceKind.CPUINFO, INTEL),
				item(EvidenceKind.KERNEL_LOG, "[    0.2] kvm [1]: HYP mode not available\n"))
			.platform()
			.firmware()).isEqualTo(Known.UNKNOWN);
	}

	@Test
	void theHypervisorFlagTellsAGuestButItsAbsenceProvesNothing() {
		assertThat(read(item(EvidenceKind.CPUINFO, "flags : fpu vmx hypervisor\n")).platform().virtualMachine())
			.isEqualTo(Known.YES);
		assertThat(read(item(EvidenceKind.CPUINFO, INTEL)).platform().virtualMachine()).isEqualTo(Known.UNKNOWN);
		assertThat(read(item(EvidenceKind.CPUINFO, "platform : pSeries\nmachine : IBM pSeries (emulated by qemu)\n"))
			.platform()
			.virtualMachine()).isEqualTo(Known.YES);
	}

	@Test
	void libvirtsComplaintThatThereIsNoKvmCounts() {
		NodeFacts facts = read(item(EvidenceKind.DOMAIN_CAPABILITIES,
				"error: invalid argument: KVM is not supported by '/usr/bin/qemu-system-x86_64' on this host\n"));
		assertThat(facts.capabilities().kvmForHostArch()).isEqualTo(Known.NO);
		assertThat(facts.seen()).containsKey("Capabilities.kvmForHostArch");
		assertThat(facts.domainCapabilities()).isEmpty();
	}

	@Test
	void readsTheCollectorsOutput() {
		NodeFacts facts = read(item(EvidenceKind.COLLECTOR, COLLECTED));
		assertThat(facts.platform().arch()).isEqualTo("x86_64");
		assertThat(facts.platform().virtualMachine()).isEqualTo(Known.NO);
		assertThat(facts.cpuinfo().svm()).as("a line that the terminal broke").isEqualTo(Known.YES);
		assertThat(facts.modules().whole()).as("the collector prints the whole file").isEqualTo(Known.YES);
		assertThat(facts.devKvm().groupMayUse()).isEqualTo(Known.YES);
		assertThat(facts.novaConf().virtType()).isEqualTo("qemu");
		assertThat(facts.release()).isNotNull();
		assertThat(facts.release().major()).isEqualTo(26);
		assertThat(facts.seen().get("NovaConfFacts.virtType"))
			.containsExactly(new EvidenceLine("/etc/nova/nova.conf.d/20.conf", 2, "virt_type = qemu"));
		assertThat(facts.problems()).containsExactly(new Problem("collector", 34,
				"virsh capabilities could not be read, because a command is not installed: virsh capabilities."));
	}

	@Test
	void whatWasHandedInByItselfGoesBeforeTheCollectorsOutput() {
		NodeFacts facts = read(item(EvidenceKind.COLLECTOR, COLLECTED),
				item(EvidenceKind.NOVA_CONF, "[libvirt]\nvirt_type=lxc\n"), item(EvidenceKind.DEV_KVM, ""));
		assertThat(facts.novaConf().virtType()).isEqualTo("lxc");
		assertThat(facts.devKvm().present()).isEqualTo(Known.NO);
		assertThat(facts.cpuinfo().svm()).isEqualTo(Known.YES);
	}

	@Test
	void aFileOfNovaThatWasNotReadableMakesAllOfThemUnknown() {
		NodeFacts facts = read(item(EvidenceKind.COLLECTOR, COLLECTED
			.replace("| [libvirt]\n| virt_type = kvm\n=== end nova-conf: ok", "=== end nova-conf: denied")));
		assertThat(facts.novaConf().known()).isFalse();
		assertThat(facts.problems()).anySatisfy((problem) -> assertThat(problem.message())
			.isEqualTo("nova.conf was not readable (/etc/nova/nova.conf); run the collector as root."));
	}

	@Test
	void aDeviceThatTheCollectorDidNotFindIsNotThere() {
		NodeFacts facts = read(item(EvidenceKind.COLLECTOR, """
				=== virtwise collector 1 ===
				=== begin dev-kvm: ls -l /dev/kvm ===
				=== end dev-kvm: absent ===
				=== end of virtwise collector ===
				"""));
		assertThat(facts.devKvm().present()).isEqualTo(Known.NO);
		assertThat(facts.problems()).isEmpty();
	}

	@Test
	void aKernelWithKvmBuiltInHasItWithoutAListOfModules() {
		NodeFacts facts = read(item(EvidenceKind.COLLECTOR, """
				=== virtwise collector 1 ===
				=== begin modules: /proc/modules ===
				=== end modules: absent ===
				=== begin kvm-in-kernel: /sys/module/kvm* ===
				| kvm
				| kvm_intel
				=== end kvm-in-kernel: ok ===
				=== end of virtwise collector ===
				"""), item(EvidenceKind.CPUINFO, INTEL));
		assertThat(facts.modules().kvm()).isEqualTo(Known.YES);
		assertThat(facts.modules().kvmAmd()).isEqualTo(Known.NO);
		assertThat(facts.modules().builtIn()).as("built in is not started").containsExactly("kvm", "kvm_intel");
		assertThat(facts.problems()).isEmpty();
	}

	@Test
	void outputOfSomethingElseOrCutOffIsAProblem() {
		assertThat(read(item(EvidenceKind.COLLECTOR, "curl: (7) Failed to connect")).problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.message()).contains("not what the collector prints"));
		NodeFacts cut = read(
				item(EvidenceKind.COLLECTOR, COLLECTED.substring(0, COLLECTED.indexOf("=== begin nova-version"))));
		assertThat(cut.problems()).anySatisfy(
				(problem) -> assertThat(problem.message()).contains("end of the collector's output is missing"));
		assertThat(cut.cpuinfo().svm()).isEqualTo(Known.YES);
	}

	@Test
	void theReleaseAsGivenGoesBeforeThePackage() {
		NodeFacts facts = this.reader
			.read(new Evidence(List.of(item(EvidenceKind.COLLECTOR, COLLECTED)), "mitaka", Intent.UNKNOWN));
		assertThat(facts.release()).isNotNull();
		assertThat(facts.release().series()).isEqualTo("mitaka");
	}

	@Test
	void aReleaseThatNobodyKnowsIsAProblemAndUnknown() {
		NodeFacts facts = this.reader.read(new Evidence(List.of(), "frobnicate", Intent.UNKNOWN));
		assertThat(facts.release()).isNull();
		assertThat(facts.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.part()).isEqualTo("release"));
	}

	@Test
	void severalFilesOfNovaKeepTheirOrder() {
		List<Evidence.Item> items = new ArrayList<>();
		items.add(item(EvidenceKind.NOVA_CONF, "[libvirt]\nvirt_type=kvm\n"));
		items.add(item(EvidenceKind.NOVA_CONF, "[libvirt]\nvirt_type=qemu\n"));
		assertThat(read(items.toArray(Evidence.Item[]::new)).novaConf().virtType()).isEqualTo("qemu");
	}

	private NodeFacts read(Evidence.Item... items) {
		return this.reader.read(new Evidence(List.of(items), null, Intent.UNKNOWN));
	}

	private static Evidence.Item item(EvidenceKind kind, String text) {
		return new Evidence.Item(kind, text);
	}

	@Test
	void readsASosreportLikeTheCollector() {
		NodeFacts facts = this.reader.read(new Evidence(List.of(report()), null, Intent.UNKNOWN));

		assertThat(facts.platform().arch()).isEqualTo("ppc64le");
		assertThat(facts.cpuinfo().powerNv()).isEqualTo(Known.YES);
		assertThat(facts.modules().kvmHv()).isEqualTo(Known.NO);
		assertThat(facts.devKvm().present()).isEqualTo(Known.NO);
		assertThat(facts.novaConf().virtType()).isEqualTo("qemu");
		assertThat(facts.seen().get("NovaConfFacts.virtType")).extracting(EvidenceLine::source, EvidenceLine::line)
			.containsExactly(org.assertj.core.groups.Tuple.tuple("etc/nova/nova.conf.d/b.conf", 2));
		assertThat(facts.release()).isNotNull().satisfies((release) -> assertThat(release.major()).isEqualTo(20));
		assertThat(facts.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.part()).isEqualTo("sosreport");
			assertThat(problem.message()).isEqualTo("virsh capabilities could not be read: "
					+ "sos_commands/virsh/virsh_-r_capabilities failed 1, error: failed to connect.");
		});
	}

	@Test
	void whatIsGivenBesideASosreportCountsMore() {
		Evidence.Item cpuinfo = new Evidence.Item(EvidenceKind.CPUINFO, INTEL);
		Evidence.Item collector = new Evidence.Item(EvidenceKind.COLLECTOR, COLLECTED);

		NodeFacts part = this.reader.read(new Evidence(List.of(cpuinfo, report()), null, Intent.UNKNOWN));
		assertThat(part.cpuinfo().vmx()).isEqualTo(Known.UNKNOWN);
		assertThat(part.cpuinfo().vendorId()).isEqualTo("GenuineIntel");
		NodeFacts newer = this.reader.read(new Evidence(List.of(report(), collector), null, Intent.UNKNOWN));
		assertThat(newer.platform().arch()).isEqualTo("x86_64");
		assertThat(newer.novaConf().known()).isTrue();
		NodeFacts older = this.reader.read(new Evidence(List.of(collector, report()), null, Intent.UNKNOWN));
		assertThat(older.platform().arch()).isEqualTo("ppc64le");
	}

	@Test
	void beforePikeNovaReadsNoFolderOfDropIns() {
		NodeFacts facts = this.reader.read(new Evidence(List.of(report()), "ocata", Intent.UNKNOWN));

		assertThat(facts.novaConf().virtType()).isEqualTo("kvm");
		assertThat(facts.problems()).extracting(Problem::message)
			.anySatisfy((message) -> assertThat(message).contains("Ocata", "left out"));
	}

	private static Evidence.Item report() {
		byte[] archive = Reports.in("r")
			.file("sos_commands/kernel/uname_-a", "Linux p 4.18 #1 SMP Tue ppc64le ppc64le ppc64le GNU/Linux\n")
			.file("proc/cpuinfo", "processor\t: 0\ncpu\t\t: POWER9\nplatform\t: PowerNV\n")
			.file("proc/modules", "vhost 1 0 - Live 0x0\n")
			.file("sos_commands/block/ls_-lanR_.dev",
					"/dev:\ntotal 0\ncrw------- 1 0 0 10, 238 Feb 11 18:58 vhost-net\n")
			.file("sos_commands/virsh/virsh_-r_capabilities", "error: failed to connect\n")
			.file("installed-rpms", "openstack-nova-compute-20.4.1-1.el8ost.noarch   Tue\n")
			.file("etc/nova/nova.conf", "[libvirt]\nvirt_type = kvm\n")
			.file("etc/nova/nova.conf.d/b.conf", "[libvirt]\nvirt_type = qemu\n")
			.file("etc/nova/nova.conf.d/a.conf", "[libvirt]\nvirt_type = lxc\n")
			.tar();
		return new Evidence.Item(EvidenceKind.SOSREPORT, "sosreport", Reports.read(archive).text());
	}

}
