package io.virtwise.facts.internal;

import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.Corpus;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.LogFacts;
import io.virtwise.facts.NodeFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every real log, with what a person reads in it.
 */
class LogCorpusTests {

	private final EvidenceReader reader = new EvidenceReader();

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					cpu-incompatible-migration.log | cpu-incompatible 1 line 2 2020-04-07T13:24:20.590
					hvm-eucalyptus-nc.log          | hvm-not-supported 1 line 1 2010-11-09T09:00:32
					hvm-messages.txt               | hvm-not-supported 3 line 1 null, kvm-capabilities-missing 2 line 4 null, domain-requires-kvm 1 line 6 null
					kvm-permission-denied-short.log| kvm-permission-denied 1 line 1 null
					kvm-permission-denied.log      | kvm-permission-denied 1 line 1 2025-11-03T18:00:03.552
					libvirt-debug-fallback-to-tcg.txt | kvm-permission-denied 1 line 1 null
					libvirtd-not-running.log       | libvirt-unreachable 1 line 4 2017-10-30T10:53:40.756
					no-suitable-emulator-devstack.log | emulator-missing 1 line 2 2014-05-05T16:06:17.008
					failed-to-spawn-2014.log       | -
					guest-agent-permission-denied-numbered.log | -
					node-device-not-found-traceback.log | -
					other-permission-denied-storage.log | -
					startup-with-capabilities.log  | -
					unsupported-configuration-power-ide.log | -
					unsupported-configuration-selinux.log   | -
					""")
	void findsWhatIsDocumented(String file, String expected) {
		String found = logs(file).signatures()
			.stream()
			.map((one) -> one.signature().key() + " " + one.count() + " line " + one.lineNumber() + " " + one.first())
			.collect(Collectors.joining(", "));

		assertThat(found).isEqualTo((expected != null) ? expected : "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			failed-to-spawn-2014.log | 2 | 2 line 3 NoMoreFloatingIps: Zero floating ips available.
			guest-agent-permission-denied-numbered.log | 1 | 1 line 3 Failed to bind socket: Permission denied
			node-device-not-found-traceback.log | 1 | 1 line 15 Node device not found
			other-permission-denied-storage.log | 1 | 1 line 1 Cannot access storage file
			startup-with-capabilities.log | 2 | 1 line 724 Could not retrieve compute node resource provider
			unsupported-configuration-power-ide.log | 1 | 1 line 6 IDE controllers are unsupported
			unsupported-configuration-selinux.log | 1 | 1 line 3 Unable to find security driver for model selinux
			hvm-eucalyptus-nc.log | 1 | 1 line 2 hypervisor failed to start domain
			hvm-messages.txt | 0 | -
			libvirtd-not-running.log | 0 | -
			kvm-permission-denied.log | 0 | -
			cpu-incompatible-migration.log | 0 | -
			""")
	void showsTheOtherErrorsAsTheyAre(String file, int kinds, String first) {
		List<LogFacts.UnexplainedError> errors = logs(file).unexplained();

		assertThat(errors).as("%s", errors).hasSize(kinds);
		if (first != null) {
			LogFacts.UnexplainedError error = errors.get(0);
			String[] expected = first.split(" ", 4);
			assertThat(error.count() + " line " + error.lineNumber())
				.isEqualTo(String.join(" ", expected[0], expected[1], expected[2]));
			assertThat(error.line()).contains(expected[3]);
		}
	}

	@Test
	void oneLogTellsOfLibvirtAndOfNovasRelease() {
		NodeFacts facts = read("startup-with-capabilities.log");

		assertThat(facts.release()).isNotNull()
			.satisfies((release) -> assertThat(release.version()).isEqualTo("21.2.3"));
		assertThat(facts.capabilities().cpuModel()).isEqualTo("Skylake-Client-IBRS");
		assertThat(facts.capabilities().kvmForHostArch()).isEqualTo(Known.YES);
		assertThat(facts.seen().get("Capabilities.cpuModel")).singleElement().satisfies((line) -> {
			assertThat(line.line()).isEqualTo(451);
			assertThat(line.source()).isEqualTo("nova-compute.log");
		});
		assertThat(facts.domainCapabilities()).as("those of i686 guests only").isEmpty();
		assertThat(facts.problems()).isEmpty();
	}

	@Test
	void whatSomebodyHandsInGoesBeforeTheLog() {
		NodeFacts facts = this.reader
			.read(new Evidence(
					List.of(item("startup-with-capabilities.log"),
							Items.of(EvidenceKind.CAPABILITIES,
									Corpus.text("capabilities/x86_64-core2duo-qemu-only.xml"))),
					"mitaka", Intent.UNKNOWN));

		assertThat(facts.capabilities().kvmForHostArch()).isEqualTo(Known.NO);
		assertThat(facts.release()).isNotNull().satisfies((release) -> assertThat(release.major()).isEqualTo(13));
	}

	private LogFacts logs(String file) {
		return read(file).logs();
	}

	private NodeFacts read(String file) {
		return this.reader.read(new Evidence(List.of(item(file)), null, Intent.UNKNOWN));
	}

	private static Evidence.Item item(String file) {
		return Items.of(EvidenceKind.NOVA_COMPUTE_LOG, Corpus.text("nova-compute.log/" + file));
	}

}
