package io.virtwise.facts.internal.sosreport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.apache.commons.lang3.ArrayUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is taken out of a sosreport, wherever it stands in it.
 */
class SosReportTests {

	private static final String TOP = "sosreport-node17-2026-11-21-abcdefg";

	private static final String CPUINFO = "processor\t: 0\nflags\t\t: fpu vmx\n";

	@ParameterizedTest
	@ValueSource(strings = { "none", "gz", "bz2", "xz" })
	void readsEveryPackingByItsContent(String packing) {
		SosReport report = Reports.read(Reports.in(TOP).file("proc/cpuinfo", CPUINFO).packed(packing));

		assertThat(report.problems()).isEmpty();
		assertThat(report.text())
			.contains("=== begin cpuinfo: proc/cpuinfo ===\n| processor\t: 0\n| flags\t\t: fpu vmx\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", TOP, "./" + TOP, "a b ü" })
	void theTopFolderHasAnyNameOrNone(String top) {
		SosReport report = Reports.read(Reports.in(top).file("proc/cpuinfo", CPUINFO).link("lsmod", "x").tar());

		assertThat(report.text()).contains("begin cpuinfo: proc/cpuinfo");
		assertThat(report.problems()).isEmpty();
	}

	@Test
	void severalPackedStreamsInARowAreOne() {
		byte[] tar = Reports.in(TOP).file("proc/cpuinfo", CPUINFO).tar();
		int half = tar.length / 2;
		for (String packing : new String[] { "gz", "bz2", "xz" }) {
			byte[] first = Reports.pack(Arrays.copyOf(tar, half), packing);
			byte[] second = Reports.pack(Arrays.copyOfRange(tar, half, tar.length), packing);
			SosReport report = Reports.read(ArrayUtils.addAll(first, second));

			assertThat(report.problems()).as(packing).isEmpty();
			assertThat(report.text()).as(packing).contains("vmx");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					etc/os-release | ../usr/lib/os-release.d/real    | usr/lib/os-release.d/real
					etc/nova/nova.conf | ../../srv/nova.conf         | srv/nova.conf
					var/log/nova/nova-compute.log | ../../../sos_strings/openstack_nova/x.tailed | sos_strings/openstack_nova/x.tailed
					lsmod          | ./sos_commands/../modules/./lsmod | modules/lsmod
					""")
	void followsALinkToAFileBeforeOrBehindIt(String path, String target, String file) {
		SosReport before = Reports.read(Reports.in(TOP).file(file, "ID=debian\n").link(path, target).tar());
		SosReport behind = Reports.read(Reports.in(TOP).link(path, target).file(file, "ID=debian\n").tar());

		assertThat(before.text()).contains(": " + path + " ===\n| ID=debian\n");
		assertThat(behind.text()).isEqualTo(before.text());
		assertThat(behind.problems()).isEmpty();
	}

	@Test
	void followsLinksOfLinksOfFolders() {
		SosReport report = Reports.read(Reports.in(TOP)
			.link("sys/class/dmi/id", "../../devices/virtual/dmi/id")
			.link("etc/nova", "../opt/nova")
			.link("opt/nova", "nova-29")
			.file("opt/nova-29/nova.conf", "[libvirt]\nvirt_type = kvm\n")
			.file("opt/nova-29/nova-compute.conf", "[libvirt]\nvirt_type = qemu\n")
			.link("opt/nova-29/nova.conf.d", "drop-ins")
			.file("opt/nova-29/drop-ins/b.conf", "[DEFAULT]\nx = b\n")
			.file("opt/nova-29/drop-ins/a.conf", "[DEFAULT]\nx = a\n")
			.file("sys/devices/virtual/dmi/id/product_name", "KVM Server\n")
			.tar());

		assertThat(report.text()).contains("begin dmi-product_name: sys/class/dmi/id/product_name ===\n| KVM Server")
			.containsSubsequence("nova-conf: etc/nova/nova.conf ===", "nova-conf: etc/nova/nova-compute.conf ===",
					"nova-conf: etc/nova/nova.conf.d/a.conf ===", "nova-conf: etc/nova/nova.conf.d/b.conf ===");
	}

	@Test
	void followsHardLinksByTheirPathInTheArchive() {
		SosReport report = Reports.read(Reports.in(TOP)
			.hardLink("proc/cpuinfo", TOP + "/copies/cpuinfo")
			.file("copies/cpuinfo", CPUINFO)
			.tar());

		assertThat(report.text()).contains("begin cpuinfo: proc/cpuinfo ===\n| processor");
	}

	@Test
	void readsTheFilesOfNovaInItsReadingOrder() {
		SosReport report = Reports.read(Reports.in(TOP)
			.file("etc/nova/nova.conf.d/20-b.conf", "20")
			.file("etc/nova/nova-compute.conf", "compute")
			.file("etc/nova/nova.conf.d/10-a.conf", "10")
			.file("etc/nova/nova.conf.d/readme.txt", "no")
			.file("etc/nova/api-paste.ini", "no")
			.file("etc/nova/nova.conf", "main")
			.file("usr/share/nova/nova-dist.conf", "dist")
			.tar());

		assertThat(report.text().lines().filter((line) -> line.startsWith("=== begin nova-conf: "))).containsExactly(
				"=== begin nova-conf: usr/share/nova/nova-dist.conf ===", "=== begin nova-conf: etc/nova/nova.conf ===",
				"=== begin nova-conf: etc/nova/nova-compute.conf ===",
				"=== begin nova-conf: etc/nova/nova.conf.d/10-a.conf ===",
				"=== begin nova-conf: etc/nova/nova.conf.d/20-b.conf ===");
	}

	@Test
	void theConfigurationOfAContainerCountsWhereThereIsOne() {
		String puppet = "var/lib/config-data/puppet-generated/nova_libvirt/etc/nova/nova.conf";
		SosReport report = Reports.read(Reports.in(TOP).file("etc/nova/nova.conf", "stale").file(puppet, "used").tar());

		assertThat(report.text()).contains(puppet).doesNotContain("stale");
	}

	@Test
	void keepsTheEndOfALongLogAndSaysFromWhichLine() {
		StringBuilder log = new StringBuilder();
		for (int i = 1; i <= 100_000; i++) {
			log.append("line ").append(i).append(" of the compute service\n");
		}
		String text = Reports.read(Reports.in(TOP).file("var/log/nova/nova-compute.log", log.toString()).tar()).text();

		String begin = text.lines().filter((line) -> line.contains("begin nova-compute-log")).findFirst().orElseThrow();
		assertThat(begin).matches("=== begin nova-compute-log: var/log/nova/nova-compute.log from line [0-9]+ on ===");
		String first = begin.replaceAll("[^0-9]", "");
		assertThat(text).contains(begin + "\n| line " + first + " of").contains("line 100000 of");
		assertThat(text.length()).isLessThan(900_000);
	}

	@Test
	void readsOlderLogsAlsoPackedOldestFirst() {
		SosReport report = Reports.read(Reports.in(TOP)
			.file("var/log/nova/nova-compute.log", "newest\n")
			.file("var/log/nova/nova-compute.log.2.gz", Reports.pack("older\n".getBytes(StandardCharsets.UTF_8), "gz"))
			.file("var/log/nova/nova-compute.log.9", "oldest\n")
			.file("var/log/nova/nova-compute.log.1", "old\n")
			.file("var/log/nova/nova-api.log", "another service\n")
			.file("var/log/libvirt/libvirtd.log", "daemon\n")
			.tar());

		assertThat(report.text()).containsSubsequence("| daemon", "| older", "| old\n", "| newest")
			.doesNotContain("oldest")
			.doesNotContain("another");
	}

	@Test
	void takesTheKernelsLinesOutOfAJournal() {
		String journal = "Nov 21 10:00:00 node17 kernel: kvm: disabled by bios\nNov 21 10:00:01 node17 sshd[1]: hello\n";
		SosReport report = Reports.read(Reports.in(TOP)
			.file("sos_commands/logs/journalctl_--no-pager_--boot", journal)
			.file("sos_commands/kernel/dmesg", "[    1.0] x\n")
			.tar());

		assertThat(report.text()).containsSubsequence("kernel-log", "kvm: disabled by bios", "kernel-log",
				"sos_commands/kernel/dmesg ===\n| [    1.0] x");
		assertThat(report.text()).doesNotContain("sshd");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					installed-debs | ii  nova-compute   2:13.1.4-0ubuntu4   all   OpenStack Compute | nova-compute 2:13.1.4-0ubuntu4
					installed-rpms | openstack-nova-compute-13.1.4-1.el7ost.noarch    Tue Mar  3 10:11:12 2020 | openstack-nova-compute 13.1.4-1.el7ost
					installed-rpms | openstack-nova-common-20.4.1-1.20200914172612.el8ost.noarch | openstack-nova-common 20.4.1-1.20200914172612.el8ost
					""")
	void tellsNovasPackage(String path, String line, String told) {
		SosReport report = Reports.read(Reports.in(TOP).file(path, "x\n" + line + "\n").tar());

		assertThat(report.text()).contains("begin nova-version: " + path + " ===\n| " + told + "\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Linux a 5.4.0-99-generic #112-Ubuntu SMP Thu Feb 3 x86_64 x86_64 x86_64 GNU/Linux | x86_64
			Linux a 6.1.0 #1 SMP Debian 6.1.1 (2023) ppc64le GNU/Linux                        | ppc64le
			Linux a 4.18 #1 SMP s390x s390x s390x GNU/Linux                                   | s390x
			""")
	void tellsTheArchitecture(String uname, String arch) {
		assertThat(HostText.arch(uname + "\n")).isEqualTo(arch);
	}

	@Test
	void whatACommandComplainedIsNoOutput() {
		SosReport report = Reports.read(Reports.in(TOP)
			.file("sos_commands/virsh/virsh_-r_capabilities", "error: failed to connect to the hypervisor\n")
			.tar());

		assertThat(report.text()).contains("| error: failed to connect").contains("=== end capabilities: failed 1 ===");
	}

	@Test
	void whatIsPickedOutOfAFileIsNotGivenTheFilesLines() {
		String text = Reports.read(Reports.in(TOP)
			.file("proc/meminfo", "MemFree: 1 kB\nMemTotal: 16 kB\n")
			.file("sos_commands/block/ls_-lanR_.dev",
					"/dev:\ntotal 0\ncrw-rw---- 1 0 108 10, 232 Feb 11 18:59 kvm\n\n/dev/net:\ncrw-rw-rw- 1 0 0 10, 200 Feb 11 18:59 tun\n")
			.tar()).text();

		assertThat(text).contains("begin memory: proc/meminfo, in short ===\n| MemTotal: 16 kB\n",
				"begin devices: sos_commands/block/ls_-lanR_.dev, in short ===\n| vhost-net: absent\n| tun: /dev/net/tun\n",
				"begin dev-kvm: sos_commands/block/ls_-lanR_.dev ===\n| /dev:\n",
				"begin dev-kvm-numeric: sos_commands/block/ls_-lanR_.dev, in short ===\n| crw-rw---- 1 0 108 ");
	}

	@Test
	void severalReportsAreNotMixed() {
		byte[] both = Reports.in("").file("a/proc/cpuinfo", CPUINFO).file("b/lsmod", "x").tar();

		assertThat(Reports.read(both).files()).isZero();
		assertThat(Reports.read(both).problems()).singleElement().asString().contains("several reports (a, b)");
	}

	@Test
	void namesAnArchiveInTheArchive() {
		byte[] outer = Reports.in("collected").file("sosreport-node17.tar.xz", new byte[100]).tar();

		assertThat(Reports.read(outer).problems()).singleElement().asString().contains("sosreport-node17.tar.xz");
	}

	@Test
	void saysWhereNothingInItIsKnown() {
		assertThat(Reports.read(Reports.in(TOP).file("etc/hostname", "x").tar()).problems())
			.containsExactly("It holds none of the files that are read of a sosreport.");
	}

}
