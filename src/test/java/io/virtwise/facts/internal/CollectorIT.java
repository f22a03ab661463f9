package io.virtwise.facts.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.virtwise.facts.Cgroups;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.HostDevices;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Iommu;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.ProcessorRegisters;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The collector, run for real on this machine by the shells that nodes have.
 */
class CollectorIT {

	private static final Path SCRIPT = Path.of("src/main/resources/collector/collect.sh").toAbsolutePath();

	private static final String SECRETS = """
			[DEFAULT]
			compute_driver = libvirt.LibvirtDriver
			transport_url = rabbit://nova:canary-01@mq1:5672,nova:canary-02@mq2:5672/
			metadata_proxy_shared_secret = canary-03
			#admin_password = canary-04
			; rabbit_password: canary-05
			my_ip = 192.0.2.1
			memcache_secret_key = "canary-06"
			[database]
			connection = mysql+pymysql://nova:canary-07@with@signs@db/nova?charset=utf8
			slave_connection = mysql+pymysql://db/nova?user=nova&password=canary-08&charset=utf8
			[keystone_authtoken]
			Password: canary-09
			auth_url = https://keystone:5000
			[key_manager]
			fixed_key = canary-10
			[vmware]
			host_password =
			    canary-11
			    canary-12
			host_username = root
			[oslo_messaging_notifications]
			transport_url =
			  rabbit://nova:canary-13@mq1:5672,
			  nova:canary-14@mq2:5672/
			[libvirt]
			virt_type = kvm
			cpu_mode = custom
			cpu_models = Nehalem,
			   Haswell
			rbd_secret_uuid = canary-15
			admin_token = canary-16
			ssl_passphrase=canary-17
			pass = canary-18
			pci_passthrough_whitelist = kept
			--sql_connection=mysql://nova:canary-19@127.0.0.1/nova
			""";

	private static final String UNPRIVILEGED = "nobody";

	private final FactReader reader = new EvidenceReader();

	@TempDir
	private Path folder;

	@Test
	void shellcheckHasNothingToSay() throws Exception {
		require("shellcheck");
		Run run = run(Map.of(), List.of("shellcheck", "--shell=sh", SCRIPT.toString()));
		assertThat(run.out() + run.err()).isEmpty();
		assertThat(run.status()).isZero();
	}

	static Stream<List<String>> shells() {
		return Stream.of(List.of("dash"), List.of("busybox", "ash"), List.of("bash", "--posix"), List.of("bash"));
	}

	@ParameterizedTest
	@MethodSource("shells")
	void everyShellGivesTheFactsOfThisMachine(List<String> shell) throws Exception {
		require(shell.get(0));
		Run run = run(Map.of(), with(shell, SCRIPT.toString()));
		assertThat(run.status()).isZero();
		assertThat(run.out()).startsWith("=== virtwise collector 1 ===\n")
			.endsWith("=== end of virtwise collector ===\n");
		NodeFacts facts = read(run.out());
		assertThat(facts.cpuinfo().logicalCpus()).isEqualTo(processors());
		assertThat(facts.platform().arch()).isEqualTo(run(Map.of(), List.of("uname", "-m")).out().strip());
		assertThat(facts.devKvm().present()).isEqualTo(Known.of(Files.exists(Path.of("/dev/kvm"))));
		assertThat(facts.problems()).noneMatch((problem) -> problem.message().contains("not what the collector prints"))
			.noneMatch((problem) -> problem.message().contains("end of the collector's output"));
	}

	@ParameterizedTest
	@MethodSource("shells")
	void noShellLetsASecretOut(List<String> shell) throws Exception {
		require(shell.get(0));
		Path conf = Files.writeString(this.folder.resolve("nova.conf"), SECRETS);
		Map<String, String> environment = new TreeMap<>(Map.of("NOVA_CONF", conf.toString()));
		if (shell.get(0).equals("busybox")) {
			environment.put("PATH", applets());
		}
		assertNoSecret(run(environment, with(shell, SCRIPT.toString())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "de_DE.UTF-8", "C.UTF-8", "tr_TR.UTF-8", "C" })
	void noLocaleChangesWhatIsPrinted(String locale) throws Exception {
		Path conf = Files.writeString(this.folder.resolve("nova.conf"), SECRETS);
		Run run = run(Map.of("LC_ALL", locale, "LANG", locale, "LANGUAGE", "de", "NOVA_CONF", conf.toString()),
				List.of("dash", SCRIPT.toString()));
		assertNoSecret(run);
		assertThat(read(run.out()).devKvm().present()).isEqualTo(Known.of(Files.exists(Path.of("/dev/kvm"))));
	}

	private void assertNoSecret(Run run) {
		assertThat(run.out()).doesNotContain("canary").contains("[redacted]");
		assertThat(run.out()).contains("| my_ip = 192.0.2.1", "| auth_url = https://keystone:5000",
				"| host_username = root", "| pci_passthrough_whitelist = kept", "[redacted]@mq2:5672/");
		NovaConfFacts conf = read(run.out().replace("| --sql", "| sql")).novaConf();
		assertThat(conf.parses()).isTrue();
		assertThat(conf.computeDriver()).isEqualTo("libvirt.LibvirtDriver");
		assertThat(conf.virtType()).isEqualTo("kvm");
		assertThat(conf.cpuModels()).containsExactly("Nehalem", "Haswell");
	}

	@Test
	void worksFromAPipeAndWithoutRoot() throws Exception {
		Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can become somebody else");
		Path home = Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		Path conf = Files.writeString(home.resolve("nova.conf"), SECRETS);
		Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-r-----"));
		Run run = run(Map.of(), List.of("su", "-s", "/bin/sh", UNPRIVILEGED, "-c", "cat | NOVA_CONF=" + conf + " sh"),
				Files.readString(SCRIPT));
		assertThat(run.status()).isZero();
		assertThat(run.out()).contains("=== end nova-conf: denied ===").endsWith("=== end of virtwise collector ===\n");
		assertThat(run.err()).contains("not read:", conf + " (denied)", "run it as root");
		NodeFacts facts = read(run.out());
		assertThat(facts.cpuinfo().logicalCpus()).isEqualTo(processors());
		assertThat(facts.novaConf().known()).isFalse();
		assertThat(facts.problems())
			.anySatisfy((problem) -> assertThat(problem.message()).contains("was not readable", "as root"));
	}

	@Test
	void aFolderThatMayNotBeEnteredIsNotTakenForAMissingFile() throws Exception {
		Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can become somebody else");
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		Path closed = Files.createDirectory(this.folder.resolve("nova"));
		Files.writeString(closed.resolve("nova.conf"), SECRETS);
		Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
		Run run = run(Map.of(), List.of("su", "-s", "/bin/sh", UNPRIVILEGED, "-c",
				"cat | NOVA_CONF=" + closed.resolve("nova.conf") + " sh"), Files.readString(SCRIPT));
		assertThat(run.out()).contains("=== end nova-conf: denied ===");
	}

	@ParameterizedTest
	@CsvSource({ "nothing.conf, absent", "empty.conf, ok" })
	void tellsAMissingFileFromAnEmptyOne(String file, String state) throws Exception {
		Files.writeString(this.folder.resolve("empty.conf"), "");
		Run run = run(Map.of("NOVA_CONF", this.folder.resolve(file).toString()), List.of("dash", SCRIPT.toString()));
		assertThat(run.out()).contains("=== end nova-conf: " + state + " ===");
		assertThat(read(run.out()).novaConf().known()).isEqualTo(state.equals("ok"));
	}

	@Test
	void aCopyThatWasCutOffRunsNothing() throws Exception {
		String script = Files.readString(SCRIPT);
		Run run = run(Map.of(), List.of("dash"), script.substring(0, script.lastIndexOf("main")));
		assertThat(run.out()).isEmpty();
	}

	@Test
	void changesNothingAndAsksLibvirtOnlyToRead() throws Exception {
		Path asked = this.folder.resolve("asked");
		Path bin = Files.createDirectory(this.folder.resolve("bin"));
		executable(bin.resolve("virsh"), "#!/bin/sh\necho \"$*\" >> " + asked + "\ncase \"$*\" in *' capabilities')\n"
				+ "echo '<capabilities><host><cpu><arch>x86_64</arch></cpu></host><guest><os_type>hvm</os_type>"
				+ "<arch name=\"x86_64\"><domain type=\"qemu\"/></arch></guest></capabilities>';;\n"
				+ "*kvm) echo 'error: invalid argument: KVM is not supported by x on this host' >&2; exit 1;;\nesac\n");
		Run run = run(Map.of("PATH", bin + ":" + System.getenv("PATH"), "LIBVIRT_DEFAULT_URI", "test:///default"),
				List.of("dash", SCRIPT.toString()));
		assertThat(Files.readAllLines(asked)).allSatisfy((line) -> assertThat(line).matches(
				"(-r )?-c qemu:///system (capabilities|domcapabilities --virttype (kvm|qemu)|version|list --name --state-running)"));
		NodeFacts facts = read(run.out());
		assertThat(facts.capabilities().kvmForHostArch()).isEqualTo(Known.NO);
		assertThat(facts.seen()).containsKey("DomainCapabilities.noKvm");
	}

	@ParameterizedTest
	@MethodSource("shells")
	void readsTheHostOfAnotherSystem(List<String> shell) throws Exception {
		require(shell.get(0));
		Map<String, String> environment = new TreeMap<>(Map.of("VIRTWISE_ROOT", anotherSystem().toString()));
		if (shell.get(0).equals("busybox")) {
			environment.put("PATH", applets());
		}

		Run run = run(environment, with(shell, SCRIPT.toString()));

		HostFacts host = read(run.out()).host();
		assertThat(host.registers())
			.isEqualTo(new ProcessorRegisters(true, Known.YES, Known.NO, Known.YES, Known.NO, Known.UNKNOWN));
		assertThat(host.parameters().nestedIntel()).isEqualTo(Known.YES);
		assertThat(host.persistence().kvmIntel()).isEqualTo(Known.YES);
		assertThat(host.persistence().blacklisted()).isEqualTo(Known.YES);
		assertThat(host.persistence().vhostNet()).isEqualTo(Known.NO);
		assertThat(host.devices()).isEqualTo(new HostDevices(true, Known.YES, Known.NO, Known.NO, Known.NO));
		assertThat(host.iommu()).isEqualTo(new Iommu(true, Known.YES, Known.YES, Known.YES));
		assertThat(host.cgroups()).isEqualTo(new Cgroups(true, 2, "memory"));
		assertThat(host.qemuUser().inContainer()).isEqualTo(Known.YES);
		assertThat(host.state().memoryMib()).isEqualTo(1024);
		assertThat(run.out()).doesNotContain("canary");
	}

	private Path anotherSystem() throws IOException {
		Path root = Files.createDirectories(this.folder.resolve("root"));
		file(root, "sys/module/kvm_intel/parameters/nested", "Y\n");
		file(root, "etc/modules-load.d/kvm.conf", "# kvm_amd\nkvm_intel\n");
		file(root, "etc/modprobe.d/local.conf", "blacklist kvm_amd\noptions other secret=canary\n");
		file(root, "dev/vhost-net", "");
		file(root, "sys/firmware/acpi/tables/DMAR", "");
		Files.createDirectories(root.resolve("sys/kernel/iommu_groups/0"));
		file(root, "proc/cmdline", "root=/dev/sda1 password=canary intel_iommu=on quiet\n");
		file(root, "proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n");
		file(root, "sys/fs/cgroup/cgroup.controllers", "cpuset cpu io\n");
		file(root, "proc/77/comm", "libvirtd\n");
		file(root, "proc/77/cgroup", "0::/docker/0a1b\n");
		file(root, "proc/meminfo", "MemTotal:        1048576 kB\nMemFree: 1 kB\n");
		bytesAt(root.resolve("dev/cpu/0/cpuid"), 1, "540605000008100020fbfa7ffffbebbf");
		bytesAt(root.resolve("dev/cpu/0/cpuid"), 0x80000001L, "0000000000000000210100000008102c");
		bytesAt(root.resolve("dev/cpu/0/msr"), 0x3a, "0100000000000000");
		return root;
	}

	private static void file(Path root, String name, String text) throws IOException {
		Path file = root.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	/** A device of registers is read at the register's number; the rest is a hole. */
	private static void bytesAt(Path device, long offset, String hexadecimal) throws IOException {
		Files.createDirectories(device.getParent());
		try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "rw")) {
			file.seek(offset);
			file.write(HexFormat.of().parseHex(hexadecimal));
		}
	}

	/** Only what busybox brings. */
	private String applets() throws Exception {
		Path bin = Files.createDirectories(this.folder.resolve("applets"));
		String busybox = run(Map.of(), List.of("sh", "-c", "command -v busybox")).out().strip();
		executable(bin.resolve("busybox"), "#!/bin/sh\nexec " + busybox + " \"$@\"\n");
		for (String applet : List.of("awk", "cat", "date", "dd", "grep", "head", "id", "ls", "od", "sed", "stat",
				"tail", "timeout", "tr", "uname")) {
			executable(bin.resolve(applet), "#!/bin/sh\nexec " + busybox + " " + applet + " \"$@\"\n");
		}
		return bin.toString();
	}

	private static void executable(Path file, String text) throws IOException {
		Files.writeString(file, text);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	private NodeFacts read(String output) {
		return this.reader
			.read(new Evidence(List.of(new Evidence.Item(EvidenceKind.COLLECTOR, output)), null, Intent.UNKNOWN));
	}

	private static int processors() throws IOException {
		return (int) Files.readAllLines(Path.of("/proc/cpuinfo"))
			.stream()
			.filter((line) -> line.startsWith("processor"))
			.count();
	}

	private static List<String> with(List<String> shell, String... more) {
		List<String> command = new ArrayList<>(shell);
		command.addAll(Arrays.asList(more));
		return command;
	}

	private static void require(String command) throws Exception {
		Assumptions.assumeTrue(run(Map.of(), List.of("sh", "-c", "command -v " + command)).status() == 0,
				command + " is not installed");
	}

	private static Run run(Map<String, String> environment, List<String> command) throws Exception {
		return run(environment, command, "");
	}

	private static Run run(Map<String, String> environment, List<String> command, String input) throws Exception {
		Path out = Files.createTempFile("collector", ".out");
		Path err = Files.createTempFile("collector", ".err");
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
				.redirectError(err.toFile());
			builder.environment().putAll(environment);
			Process process = builder.start();
			try (var stdin = process.getOutputStream()) {
				stdin.write(input.getBytes(StandardCharsets.UTF_8));
			}
			catch (IOException ex) {
				// it ended without reading its input
			}
			assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
			return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
		}
		finally {
			Files.delete(out);
			Files.delete(err);
		}
	}

	private record Run(int status, String out, String err) {
	}

}
