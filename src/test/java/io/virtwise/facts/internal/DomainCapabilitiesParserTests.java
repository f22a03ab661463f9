package io.virtwise.facts.internal;

import java.util.List;

import io.virtwise.Corpus;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code virsh domcapabilities} yields.
 */
class DomainCapabilitiesParserTests {

	/**
	 * Written down by reading the files: modes are host-passthrough, host-model, custom.
	 */
	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|',
			textBlock = """
					fragment-x86_64-missing-attributes | - | -         | -                | YES YES YES | Skylake-Client-IBRS | 5 3 1 | Penryn
					kvm-aarch64-qemu8.2        | kvm  | aarch64 | virt-8.2             | YES NO YES  | -          | 0 0 47    | -
					kvm-ppc64-qemu4.2          | kvm  | ppc64   | pseries-4.2          | YES YES YES | POWER8     | 0 0 3     | -
					kvm-ppc64le-qemu8.2        | kvm  | ppc64le | pseries-8.2          | YES YES YES | POWER8     | 0 0 4     | -
					kvm-ppc64le-rhel7-nocustom | kvm  | ppc64le | pseries-rhel7.6.0    | YES YES NO  | POWER9     | 0 0 0     | -
					kvm-s390x-qemu9.1          | kvm  | s390x   | s390-ccw-virtio-9.1  | YES YES YES | gen16a-base | 78 0 0   | gen15a
					kvm-x86_64-empty           | kvm  | x86_64  | my-machine-type      | NO NO NO    | -          | 0 0 0     | -
					kvm-x86_64-qemu10.0-q35    | kvm  | x86_64  | pc-q35-10.0          | YES YES YES | EPYC-Rome  | 38 107 0  | 486
					kvm-x86_64-qemu4.2         | kvm  | x86_64  | pc-i440fx-4.2        | YES YES YES | Skylake-Client-IBRS | 34 18 0 | qemu64
					kvm-x86_64-qemu9.2-amdsev  | kvm  | x86_64  | pc-q35-9.2           | YES YES YES | EPYC-Genoa | 80 65 0   | 486
					kvm-x86_64-rhel7-unknown-usable | kvm | x86_64 | pc-i440fx-rhel7.6.0 | YES YES YES | Haswell-IBRS | 16 23 4 | qemu64
					qemu-aarch64-virt9.2       | qemu | aarch64 | virt-9.2             | NO NO YES   | -          | 2 0 0     | cortex-a57
					qemu-x86_64-qemu10.0       | qemu | x86_64  | pc-i440fx-10.0       | NO YES YES  | EPYC       | 36 109 0  | 486
					qemu-x86_64-qemu4.2        | qemu | x86_64  | pc-i440fx-4.2        | NO YES YES  | Opteron_G3 | 16 36 0   | qemu64
					xen-x86_64-pv              | xen  | x86_64  | xenpv                | NO NO NO    | -          | 0 0 0     | -
					""")
	void readsRealFiles(String file, String domain, String arch, String machine, String modes, String hostModel,
			String counts, String firstUsable) {
		Reading<List<DomainCapabilities>> reading = parse(Corpus.text("domcapabilities/" + file + ".xml"));
		assertThat(reading.problems()).isEmpty();
		assertThat(reading.fact()).singleElement().satisfies((read) -> {
			assertThat(read.domain()).isEqualTo(domain);
			assertThat(read.arch()).isEqualTo(arch);
			assertThat(read.machine()).isEqualTo(machine);
			assertThat(read.hostPassthrough() + " " + read.hostModelMode() + " " + read.custom()).isEqualTo(modes);
			assertThat(read.hostModel()).isEqualTo(hostModel);
			assertThat(
					read.usableModels().size() + " " + read.unusableModels().size() + " " + read.unknownModels().size())
				.isEqualTo(counts);
			if (firstUsable != null) {
				assertThat(read.usableModels().get(0)).isEqualTo(firstUsable);
			}
		});
		assertThat(Corpus.files("domcapabilities")).hasSize(15);
	}

	@Test
	void readsWhatHostModelAddsAndTakesAway() {
		assertThat(DomainCapabilitiesParser
			.parse(new Evidence.Item(EvidenceKind.DOMAIN_CAPABILITIES, "domcapabilities",
					Corpus.text("domcapabilities/kvm-x86_64-qemu10.0-q35.xml")))
			.fact())
			.singleElement()
			.satisfies((read) -> assertThat(read.hostModelFlags()).hasSize(32)
				.contains("x2apic", "rdctl-no", "-xsaves")
				.doesNotContain("xsaves"));
	}

	@Test
	void readsSeveralDocumentsBehindOneAnother() {
		Reading<List<DomainCapabilities>> reading = parse(
				"""
						# virsh domcapabilities --virttype kvm
						<domainCapabilities><path>/usr/bin/q</path><domain>kvm</domain><machine>pc</machine><arch>x86_64</arch><cpu>
						<mode name='custom' supported='yes'><model usable='yes'>Nehalem</model><model>Odd</model></mode></cpu>
						</domainCapabilities>
						# virsh domcapabilities --virttype qemu
						<domainCapabilities><domain>qemu</domain></domainCapabilities>
						""");
		assertThat(reading.fact()).extracting(DomainCapabilities::domain).containsExactly("kvm", "qemu");
		assertThat(reading.fact().get(0).path()).isEqualTo("/usr/bin/q");
		assertThat(reading.fact().get(0).usableModels()).containsExactly("Nehalem");
		assertThat(reading.fact().get(0).unknownModels()).containsExactly("Odd");
		assertThat(reading.fact().get(1).custom()).isEqualTo(Known.UNKNOWN);
	}

	@Test
	void theComplaintThatThereIsNoKvmIsKeptAsEvidence() {
		Reading<List<DomainCapabilities>> reading = parse("""
				error: failed to get emulator capabilities
				error: invalid argument: KVM is not supported by '/usr/bin/qemu-system-x86_64' on this host
				""");
		assertThat(reading.fact()).isEmpty();
		assertThat(reading.problems()).isEmpty();
		assertThat(Items.seen(reading, "DomainCapabilities.noKvm")).singleElement()
			.satisfies((line) -> assertThat(line.line()).isEqualTo(2));
	}

	@Test
	void aDocumentCutOffIsAProblemAndUnknown() {
		Reading<List<DomainCapabilities>> reading = parse(
				"<domainCapabilities><domain>kvm</domain><cpu><mode name='cus");
		assertThat(reading.fact()).isEmpty();
		assertThat(reading.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.part()).isEqualTo("domain-capabilities"));
	}

	private static Reading<List<DomainCapabilities>> parse(String text) {
		return DomainCapabilitiesParser.parse(Items.of(EvidenceKind.DOMAIN_CAPABILITIES, text));
	}

}
