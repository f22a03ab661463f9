package io.virtwise.facts.internal;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Known;
import io.virtwise.facts.LogFacts;
import io.virtwise.facts.LogSignature;
import io.virtwise.facts.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logs in the dialects in which they are kept and pasted.
 */
class LogReaderTests {

	private static final String HVM = "libvirtError: internal error no supported architecture for os type 'hvm'";

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					2014-04-17 14:49:58.757 1455 ERROR nova.compute.manager [-] HVM | 2014-04-17T14:49:58.757
					2014-04-17 14:49:58.757 ERROR nova.compute.manager [-] HVM | 2014-04-17T14:49:58.757
					2014-04-17 14:49:58,757 8 TRACE nova.compute.manager HVM | 2014-04-17T14:49:58.757
					nova-compute.log:2014-04-17 14:49:58.757 1455 ERROR nova.compute.manager HVM | 2014-04-17T14:49:58.757
					/var/log/nova/nova-compute.log.1:321:2014-04-17 14:49:58.757 1455 ERROR nova.x HVM | 2014-04-17T14:49:58.757
					nova-compute.log-2014-04-17 14:49:58.757 1455 ERROR nova.compute.manager HVM | 2014-04-17T14:49:58.757
					937471 2014-04-17 14:49:58.757 1455 ERROR nova.compute.manager HVM | 2014-04-17T14:49:58.757
					  12  2014-04-17 14:49:58.757 1455 ERROR nova.compute.manager HVM | 2014-04-17T14:49:58.757
					Apr 17 14:49:58 cmp1 nova-compute[1455]: ERROR nova.compute.manager [None req-1 a b] HVM | Apr 17 14:49:58
					Apr  7 14:49:58 cmp1 nova-compute[1455]: 2014-04-07 14:49:58.757 1455 ERROR nova.x HVM | 2014-04-07T14:49:58.757
					2014-04-17T14:49:58.757+02:00 cmp1 nova-compute[1455]: ERROR nova.compute.manager HVM | 2014-04-17T12:49:58.757Z
					2014-04-17T14:49:58+0200 cmp1 nova-compute[1455]: HVM | 2014-04-17T12:49:58Z
					Thu 2014-04-17 14:49:58 UTC cmp1 nova-compute[1455]: HVM | 2014-04-17T14:49:58Z
					2014-04-17 14:49:58.757+0000: 1455: error : virCapabilitiesDomainDataLookup:99 : HVM | 2014-04-17T14:49:58.757Z
					[Thu Apr 17 14:49:58 2014] HVM | 2014-04-17T14:49:58
					[12345.678901] HVM | 12345.678901
					<3>[12345.678901] HVM | 12345.678901
					<131>1 2014-04-17T14:49:58.757+02:00 cmp1 nova-compute 1455 - - ERROR nova.x HVM | 2014-04-17T12:49:58.757Z
					<131>1 2014-04-17T14:49:58Z cmp1 nova-compute - id [a b="c d"][e f="g"] 2014-04-17 14:49:58.757 1455 ERROR nova.x HVM | 2014-04-17T14:49:58.757
					<131>Apr 17 14:49:58 cmp1 nova-compute[1455]: ERROR nova.x HVM | Apr 17 14:49:58
					2014-04-17T14:49:59.1Z 2014-04-17 14:49:58.757 1455 ERROR nova.compute.manager HVM | 2014-04-17T14:49:58.757
					2014-04-17T14:49:59.1Z stderr F 2014-04-17 14:49:58.757 1455 ERROR nova.x HVM | 2014-04-17T14:49:58.757
					2014-04-17T14:49:59Z stderr F HVM | 2014-04-17T14:49:59Z
					[pod/nova-compute-x7/nova-compute] 2014-04-17 14:49:58.757 1455 ERROR nova.x HVM | 2014-04-17T14:49:58.757
					\uFEFF2014-04-17 14:49:58.757 1455 ERROR nova.compute.manager HVM | 2014-04-17T14:49:58.757
					ERROR nova.compute.manager HVM | -
					2014-13-45 99:99:99 HVM | -
					HVM | -
					""")
	void readsTheTimeOfEveryDialect(String line, String time) {
		LogSignature found = only(nova(line.replace("HVM", HVM) + "\r\n"));

		assertThat(found.signature()).isEqualTo(Signature.HVM_NOT_SUPPORTED);
		assertThat(found.first()).isEqualTo(time);
		assertThat(found.last()).isEqualTo(time);
		assertThat(found.lineNumber()).isEqualTo(1);
		assertThat(found.line()).contains("os type 'hvm'").doesNotContain("\r");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-",
			textBlock = """
					{"message": "Failed: HVM", "asctime": "2014-04-17 14:49:58", "name": "nova.x", "levelname": "ERROR", "process": 1455, "traceback": null} | 2014-04-17T14:49:58
					{"message": "Failed", "asctime": "2014-04-17 14:49:58,757", "name": "nova.x", "levelname": "ERROR", "traceback": ["Traceback:", "  File", "HVM"]} | 2014-04-17T14:49:58.757
					{"message": "Failed", "time": "2014-04-17T14:49:58.757", "level": "error", "traceback": "Traceback:\\n  File\\nHVM"} | 2014-04-17T14:49:58.757
					{"log": "2014-04-17 14:49:58.757 1455 ERROR nova.x HVM\\n", "stream": "stderr", "time": "2014-04-17T14:49:59.1Z"} | 2014-04-17T14:49:58.757
					{"log": "HVM\\n", "stream": "stderr", "time": "2014-04-17T14:49:59.1Z"} | 2014-04-17T14:49:59.100Z
					{"log": "{\\"message\\": \\"HVM\\", \\"asctime\\": \\"2014-04-17 14:49:58\\"}", "stream": "stderr", "time": "2014-04-17T14:49:59Z"} | 2014-04-17T14:49:58
					{"__REALTIME_TIMESTAMP": "1397746198757000", "_HOSTNAME": "cmp1", "SYSLOG_IDENTIFIER": "nova-compute", "MESSAGE": "HVM"} | 2014-04-17T14:49:58.757Z
					Apr 17 14:49:58 cmp1 nova-compute[1455]: {"message": "HVM", "asctime": "2014-04-17 14:49:58,757"} | 2014-04-17T14:49:58.757
					{"message": "HVM"} | -
					""")
	void readsLinesOfJson(String line, String time) {
		LogSignature found = only(nova(line.replace("HVM", HVM).replace("hvm'", "\\u0068vm'")));

		assertThat(found.count()).isEqualTo(1);
		assertThat(found.first()).isEqualTo(time);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"message\": \"HVM\", \"asctime\": \"2014-04-17 14:49:58\"", "{\"other\": \"HVM\"}",
			"{\"a\": {\"message\": \"HVM\"}}", "nova-compute-1  | 2014-04-17 14:49:58.757 1455 ERROR nova.x HVM" })
	void whatIsNoSuchObjectStaysAsItIs(String line) {
		assertThat(only(nova(line.replace("HVM", HVM))).line()).isEqualTo(line.replace("HVM", HVM));
	}

	@Test
	void twoObjectsOfJsonAreTwoRecords() {
		String line = "{\"message\": \"HVM\", \"asctime\": \"2014-04-17 14:49:58\", \"name\": \"nova.x\", \"levelname\": \"ERROR\"}\n"
			.replace("HVM", HVM);

		assertThat(only(nova(line + line.replace("\"HVM", "\"Again: HVM"))).count()).isEqualTo(2);
		assertThat(only(nova(
				"{\"MESSAGE\": [79, 112, 116, 27, 91, 49, 109, 105, 111, 110, 32, 34, 99, 112, 117, 95, 109, 111, 100, 101, 108, 34, "
						+ "32, 102, 114, 111, 109, 32, 103, 114, 111, 117, 112, 32, 34, 108, 105, 98, 118, 105, 114, 116, 34, 32, 105, 115, 32, 100, 101, "
						+ "112, 114, 101, 99, 97, 116, 101, 100]}"))
			.signature()).isEqualTo(Signature.CPU_MODEL_OPTION_DEPRECATED);
	}

	@Test
	void aTracebackBehindTheTimesOfAContainerHappenedOnce() {
		LogSignature found = only(
				nova("""
						2014-04-17T14:50:00.000000001Z stderr F 2014-04-17 14:49:58.757 7 ERROR nova.x [-] Failed: HVM
						2014-04-17T14:50:00.000000002Z stderr F 2014-04-17 14:49:58.757 7 ERROR nova.x Traceback (most recent call last):
						2014-04-17T14:50:00.000000003Z stderr F 2014-04-17 14:49:58.757 7 ERROR nova.x HVM
						"""
					.replace("HVM", HVM)));

		assertThat(found.count()).isEqualTo(1);
	}

	@Test
	void anErrorWithItsTracebackHappenedOnce() {
		LogSignature found = only(
				nova("""
						2016-05-12 10:01:02.123 1234 ERROR nova.compute.manager [req-1 u p] [instance: 1] Failed: HVM
						2016-05-12 10:01:02.123 1234 ERROR nova.compute.manager [instance: 1] Traceback (most recent call last):
						2016-05-12 10:01:02.123 1234 ERROR nova.compute.manager [instance: 1]   File "x.py", line 3, in y
						2016-05-12 10:01:02.123 1234 ERROR nova.compute.manager [instance: 1] HVM
						2016-05-12 10:01:02.123 1234 ERROR nova.compute.manager [instance: 1]
						2016-05-12 10:01:09.000 1234 ERROR nova.compute.manager [req-2 u p] [instance: 2] Instance failed to spawn
						2016-05-12 10:01:09.000 1234 TRACE nova.compute.manager [instance: 2] Traceback (most recent call last):
						2016-05-12 10:01:09.000 1234 TRACE nova.compute.manager [instance: 2] HVM
						2016-05-12 10:01:09.000 1234 ERROR nova.compute.manager [req-3 u p] [instance: 3] Failed: HVM
						"""
					.replace("HVM", HVM)));

		assertThat(found.count()).isEqualTo(3);
		assertThat(found.first()).isEqualTo("2016-05-12T10:01:02.123");
		assertThat(found.last()).isEqualTo("2016-05-12T10:01:09.000");
		assertThat(found.lineNumber()).isEqualTo(1);
	}

	@Test
	void aLineThatIsRepeatedHappenedAgain() {
		String line = "2016-05-12 10:01:02 ERROR nova.compute.manager " + HVM + "\n";

		assertThat(only(nova(line.repeat(4))).count()).isEqualTo(4);
	}

	@Test
	void linesWithoutAPrefixBelongToTheRecordAboveThem() {
		LogSignature found = only(
				nova("""
						2016-05-12 10:01:02.123 1 ERROR nova.x [-] qemu ended: Could not access KVM kernel module: Permission denied
						2016-05-12T10:01:02.000001Z qemu-kvm: -accel kvm: failed to initialize kvm: Permission denied

						failed to initialize KVM: Permission denied
						2016-05-12 10:01:03.000 1 INFO nova.x [-] failed to initialize kvm: permission denied
						"""));

		assertThat(found.signature()).isEqualTo(Signature.KVM_PERMISSION_DENIED);
		assertThat(found.count()).isEqualTo(2);
	}

	@Test
	void aWholeSecondIsBeforeItsParts() {
		String time = "2020-02-01T00:00:09Z cmp1 nova-compute: ";
		LogSignature found = only(nova(time.replace("Z", ".5Z") + HVM + "\n" + time + HVM));

		assertThat(found.first()).isEqualTo("2020-02-01T00:00:09Z");
		assertThat(found.last()).isEqualTo("2020-02-01T00:00:09.500Z");
	}

	@Test
	void rotatedLogsAreOneStoryInWhateverOrder() {
		LogReading reading = LogReader.read(List.of(
				new Evidence.Item(EvidenceKind.NOVA_COMPUTE_LOG, "nova-compute.log",
						"2020-02-02 00:00:02 1 ERROR nova.x [-] " + HVM),
				new Evidence.Item(EvidenceKind.NOVA_COMPUTE_LOG, "nova-compute.log.1",
						"2020-02-01 00:00:01 1 ERROR nova.x [-] " + HVM)));

		LogSignature found = only(reading);
		assertThat(found.count()).isEqualTo(2);
		assertThat(found.first()).isEqualTo("2020-02-01T00:00:01");
		assertThat(found.last()).isEqualTo("2020-02-02T00:00:02");
		assertThat(found.log()).isEqualTo("nova-compute.log");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x86/cpu: SGX disabled by BIOS.", "Local APIC disabled by BIOS -- you can enable it",
			"ERROR nova.x Failed to bind socket: Permission denied",
			"ERROR nova.x Cannot access storage file '/d' (as uid:64055, gid:108): Permission denied",
			"DEBUG nova.x CPU mode 'host-model' models '' was chosen, with extra flags: ''",
			"ERROR nova.x could not find capabilities for arch=aarch64",
			"ERROR nova.x Failed to connect socket to '/run/ovs/db.sock': No such file or directory",
			"modprobe: ERROR: could not insert 'nvidia': Operation not supported", "kvm: Nested Virtualization enabled",
			"ERROR nova.x unsupported configuration: Unable to find security driver for model selinux",
			"WARNING nova.x Image 1 is unacceptable: Image content does not match disk_format" })
	void whatOnlyLooksAlikeIsNotTaken(String line) {
		assertThat(nova("2020-02-02 00:00:02 1 " + line).facts().signatures()).isEmpty();
		assertThat(kernel("[    1.000000] " + line).facts().signatures()).isEmpty();
	}

	@Test
	void errorsThatNobodyExplainsAreCountedByTheirKind() {
		List<LogFacts.UnexplainedError> errors = nova("""
				2020-02-02 00:00:02 1 ERROR nova.x [req-1 - - - - -] No route to host 10.1.2.3 for port 4711
				2020-02-02 00:00:03 1 ERROR nova.x [req-2 - - - - -] No route to host 10.1.2.9 for port 4712
				2020-02-02 00:00:04 1 ERROR nova.y [req-2 - - - - -] No route to host 10.1.2.9 for port 4712
				2020-02-02 00:00:05 1 WARNING nova.x [req-2 - - - - -] A warning is no error
				2020-02-02 00:00:06 1 CRITICAL nova [-] Unhandled
				2020-02-02 00:00:06 1 CRITICAL nova Traceback (most recent call last):
				2020-02-02 00:00:06 1 CRITICAL nova   File "a.py", line 1
				2020-02-02 00:00:06 1 CRITICAL nova KeyError: 'x'
				""").facts().unexplained();

		assertThat(errors).extracting(LogFacts.UnexplainedError::count).containsExactly(2, 1, 1);
		assertThat(errors.get(0).last()).isEqualTo("2020-02-02T00:00:03");
		assertThat(errors.get(2).line()).endsWith("KeyError: 'x'");
		assertThat(errors.get(2).lineNumber()).isEqualTo(8);
	}

	@Test
	void moreKindsOfErrorsAreSaidToBeThere() {
		StringBuilder log = new StringBuilder();
		for (char one = 'a'; one <= 'y'; one++) {
			log.append("2020-02-02 00:00:02 1 ERROR nova.x [-] Error of kind ").append(one).append('\n');
		}
		LogReading reading = nova(log.toString());

		assertThat(reading.facts().unexplained()).hasSize(20);
		assertThat(reading.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.message()).contains("there are 5 more"));
	}

	@Test
	void ofTheKernelOnlyWhatNamesKvmIsAnError() {
		List<LogFacts.UnexplainedError> errors = kernel("""
				[    1.000000] pci 0000:00:01.0: BAR 7: failed to assign
				[    2.000000] kvm: Nested Virtualization enabled
				[    3.000000] kvm_amd: SEV-ES disabled (ASIDs 1 - 0)
				[    4.000000] kvm-guest: PV spinlocks disabled
				[    5.000000] kvm: failed to allocate memory
				""").facts().unexplained();

		assertThat(errors).singleElement().satisfies((error) -> assertThat(error.lineNumber()).isEqualTo(5));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "x86/cpu: VMX (outside TXT) disabled by BIOS | FIRMWARE_OFF_INTEL",
					"kvm: disabled by bios | FIRMWARE_OFF",
					"kvm: support for 'kvm_intel' disabled by bios | FIRMWARE_OFF_INTEL",
					"kvm: support for 'kvm_amd' disabled by bios | FIRMWARE_OFF_AMD",
					"kvm_intel: VMX not enabled (by BIOS) in MSR_IA32_FEAT_CTL on CPU 3 | FIRMWARE_OFF_INTEL",
					"kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 0 | FIRMWARE_OFF_AMD" })
	void firmwareIsOffAsTheKernelSays(String message, Signature signature) {
		for (String front : List.of("[    0.612345] ", "[Mon Jan  6 10:00:00 2025] ",
				"Jan  6 10:00:00 cmp1 kernel: [    0.612345] ", "Jan 06 10:00:00 cmp1 kernel: ", "kernel: ", "",
				"kern  :err   : [    0.612345] ", "<3>[    0.612345] ")) {
			LogReading reading = kernel(front + message);
			assertThat(only(reading).signature()).as(front).isEqualTo(signature);
			assertThat(reading.firmware()).isEqualTo(Known.NO);
			assertThat(reading.firmwareLine()).isNotNull()
				.satisfies((line) -> assertThat(line.text()).contains(message.substring(message.length() - 8)));
		}
	}

	@Test
	void theLastWordOfTheKernelCounts() {
		String off = "[    0.6] kvm: disabled by bios\n";
		String start = "[    0.0] Linux version 5.14.0\n";

		assertThat(kernel(start + off).firmware()).isEqualTo(Known.NO);
		assertThat(kernel(off + start).firmware()).isEqualTo(Known.UNKNOWN);
		assertThat(kernel(off + start).facts().signatures()).hasSize(1);
		assertThat(kernel(off + start + off).firmware()).isEqualTo(Known.NO);
		assertThat(kernel(off + "[  99.1] kvm [2211]: vcpu0, guest rIP: 0x1 ignored rdmsr: 0x1\n").firmware())
			.isEqualTo(Known.YES);
		assertThat(kernel("").firmware()).isEqualTo(Known.UNKNOWN);
		assertThat(kernel("").facts().kernelLog()).isTrue();
	}

	@Test
	void anArmKernelWithoutHypModeSaysSo() {
		LogReading reading = kernel("[    0.164567] kvm [1]: HYP mode not available\n");

		assertThat(only(reading).signature()).isEqualTo(Signature.HYP_MODE_NOT_AVAILABLE);
		assertThat(reading.hypMode()).isEqualTo(Known.NO);
		assertThat(reading.hypModeLine()).isNotNull()
			.satisfies((line) -> assertThat(line.text()).contains("HYP mode not available"));
		assertThat(reading.firmware()).isEqualTo(Known.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Hyp mode initialized successfully", "VHE mode initialized successfully",
			"nVHE mode initialized successfully", "Hyp nVHE mode initialized successfully",
			"Hyp hVHE mode initialized successfully", "Protected nVHE mode initialized successfully",
			"Protected hVHE mode initialized successfully" })
	void anArmKernelWithHypModeSaysSoInManyWays(String message) {
		String none = "[    0.1] kvm [1]: HYP mode not available\n";
		String start = "[    0.0] Linux version 6.1.0\n";
		String found = "[    0.2] kvm [1]: " + message + "\n";

		assertThat(kernel(found).hypMode()).isEqualTo(Known.YES);
		assertThat(kernel(found).facts().signatures()).isEmpty();
		assertThat(kernel(none + start + found).hypMode()).isEqualTo(Known.YES);
		assertThat(kernel(found + start + none).hypMode()).isEqualTo(Known.NO);
		assertThat(kernel(none + start).hypMode()).isEqualTo(Known.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "kvm [1]: IPA Size Limit: 48 bits", "kvm [1]: KVM disabled from command line",
			"kvm [1]: vgic interrupt IRQ9", "kvm: Hypervisor mode is not needed" })
	void otherLinesOfAnArmKernelSayNothingOfHypMode(String message) {
		assertThat(kernel("[    0.1] " + message).hypMode()).isEqualTo(Known.UNKNOWN);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"modprobe: ERROR: could not insert 'kvm_intel': Operation not supported | MODULE_REFUSED_INTEL",
			"FATAL: Error inserting kvm_amd (/lib/modules/3/kvm-amd.ko): Operation not supported | MODULE_REFUSED_AMD",
			"systemd-modules-load[99]: Failed to insert module 'kvm_intel': Operation not supported | MODULE_REFUSED_INTEL" })
	void modulesThatCannotBeLoaded(String line, Signature signature) {
		assertThat(only(kernel(line)).signature()).isEqualTo(signature);
	}

	@Test
	void whatLibvirtOfferedBeforeAFaultIsNoProof() {
		String offer = """
				2020-02-02 00:00:02 1 INFO nova.virt.libvirt.host [-] Libvirt host capabilities <capabilities>
				<host><cpu><arch>x86_64</arch><model>Haswell</model></cpu></host>
				<guest><os_type>hvm</os_type><arch name='x86_64'><domain type='kvm'/></arch></guest>
				</capabilities>
				""";
		String fault = "2020-02-02 00:00:03 1 ERROR nova.x [-] " + HVM + "\n";

		assertThat(nova(offer + fault).documents().items()).isEmpty();
		assertThat(nova(fault + offer).documents().items()).hasSize(1);
		assertThat(nova(offer.replace("Haswell", "Nehalem") + offer).documents().items()).singleElement()
			.satisfies((item) -> assertThat(item.text()).startsWith("\n\n\n\n<capabilities>").contains("Haswell"));
	}

	@Test
	void takesGuestsOfTheHostsArchitectureFromDebugLines() {
		String domain = """
				2020-02-02 00:00:02 1 DEBUG nova.x [-] Libvirt host hypervisor capabilities for arch=A:
				<domainCapabilities><domain>kvm</domain><machine>pc</machine><arch>A</arch></domainCapabilities>
				""";
		String host = "2020-02-02 00:00:02 1 INFO nova.x [-] <capabilities><host><cpu><arch>x86_64</arch></cpu></host></capabilities>\n";
		List<Evidence.Item> items = nova(host + domain.replace("=A", "=i686").replace(">A", ">i686")
				+ domain.replace("=A", "=x86_64").replace(">A", ">x86_64")
				+ domain.replace("=A", "=x86_64").replace(">A", ">x86_64"))
			.documents()
			.items();

		assertThat(items).extracting(Evidence.Item::kind)
			.containsExactly(EvidenceKind.CAPABILITIES, EvidenceKind.DOMAIN_CAPABILITIES);
		assertThat(items.get(1).text()).contains("<arch>x86_64</arch>").startsWith("\n".repeat(6) + "<");
	}

	@Test
	void manyLinesBeforeADocumentTakeNoRoom() {
		String document = "<capabilities><host/></capabilities>\n";
		Evidence.Item item = nova("\n".repeat(2_000_000) + document).documents().items().get(0);

		assertThat(item.source()).isEqualTo("nova-compute.log from line 2000001");
		assertThat(item.text()).isEqualTo(document.strip());
	}

	@Test
	void documentsWithoutAnEndAreLookedForOnce() {
		// the processor's time, for others may be at work on the machine
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadCpuTime();
		LogReading reading = nova("<domainCapabilities>\n<capabilities>\n".repeat(400_000));

		assertThat(reading.documents().items()).isEmpty();
		assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(20));
	}

	@Test
	void secretsAreMasked() {
		LogFacts facts = nova("""
				2020-02-02 00:00:02 1 ERROR nova.x [-] Cannot reach amqp://nova:s3cr3t-one@10.0.0.1:5672,nova:s3cr3t@h/v
				2020-02-02 00:00:03 1 ERROR nova.y [-] Login failed, password=s3cr3t-two, user=nova
				2020-02-02 00:00:04 1 ERROR nova.z [-] GET {'X-Auth-Token': 's3cr3t-three'} Bearer s3cr3tfourandmore
				2020-02-02 00:00:05 1 ERROR nova.w [-] {"adminPass": "s3cr3t-five"} gAAAAABs3cr3tsixsevens3cr3t
				""").facts();

		assertThat(facts.unexplained()).hasSize(4);
		assertThat(facts.toString()).doesNotContain("s3cr3t").contains("amqp://nova:***@", "password=***", "user=nova");
	}

	@Test
	void aFaultFarBehindInALineIsFoundAndShown() {
		String secret = "mysql://nova:s3cr3t@db ";
		LogSignature found = only(nova("2020-02-02 00:00:02 1 ERROR nova.x [-] " + "x y ".repeat(50_000)
				+ secret.repeat(40) + HVM + " z".repeat(5_000)));

		assertThat(found.count()).isEqualTo(1);
		assertThat(found.lineNumber()).isEqualTo(1);
		assertThat(found.line()).contains("os type 'hvm'").hasSizeLessThan(400).doesNotContain("s3cr3t");
		assertThat(found.first()).isEqualTo("2020-02-02T00:00:02");
	}

	@Test
	void everySignatureHasWords() {
		List<Signature> without = new ArrayList<>(List.of(Signature.values()));
		SignaturePhrases.signatures().forEach(without::remove);

		assertThat(without).isEmpty();
	}

	private static LogSignature only(LogReading reading) {
		assertThat(reading.facts().signatures()).hasSize(1);
		return reading.facts().signatures().get(0);
	}

	private static LogReading nova(String text) {
		return LogReader.read(List.of(Items.of(EvidenceKind.NOVA_COMPUTE_LOG, text)));
	}

	private static LogReading kernel(String text) {
		return LogReader.read(List.of(Items.of(EvidenceKind.KERNEL_LOG, text)));
	}

}
