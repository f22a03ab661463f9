package io.virtwise.facts.internal;

import java.util.List;

import io.virtwise.Corpus;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code virsh capabilities} yields.
 */
class CapabilitiesParserTests {

	private static final String HOST = "<capabilities><host><cpu><arch>x86_64</arch><model>Nehalem</model>"
			+ "<vendor>Intel</vendor><feature name='vmx'/></cpu></host>\n";

	private static final String KVM_GUEST = "<guest><os_type>hvm</os_type><arch name='x86_64'><domain type='qemu'/>"
			+ "<domain type='kvm'/></arch></guest>\n";

	/** Written down by reading the files. */
	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|',
			textBlock = """
					aarch64-neoverse-kvm   | aarch64 | Neoverse-N1   | ARM   | 16 | fp          | asimddp | YES | YES | qemu kvm | 0   | 0
					ppc64le-power8-kvm     | ppc64le | POWER8        | IBM   | 0  | -           | -       | YES | YES | qemu kvm | 0   | 0
					s390x-kvm              | s390x   | -             | -     | 0  | -           | -       | YES | YES | qemu kvm | 107 | 107
					x86_64-core2duo-qemu-only | x86_64 | core2duo    | -     | 13 | lahf_lm     | ds      | NO  | YES | qemu     | -   | -
					x86_64-haswell-kvm     | x86_64  | Haswell-noTSX | Intel | 26 | vme         | invtsc  | YES | YES | qemu kvm | 107 | 107
					x86_64-opteron-kvm     | x86_64  | Opteron_G4    | AMD   | 18 | perfctr_nb  | vme     | YES | YES | qemu kvm | -   | -
					x86_64-sandybridge-kvm | x86_64  | SandyBridge   | Intel | 17 | osxsave     | vme     | YES | YES | qemu kvm | -   | -
					x86_64-xen-rhel5       | x86_64  | -             | -     | 1  | vmx         | vmx     | NO  | NO  | xen      | -   | -
					""")
	void readsRealFiles(String file, String arch, String model, String vendor, int features, String first, String last,
			Known kvm, Known qemu, String types, String user, String group) {
		Reading<Capabilities> reading = parse(Corpus.text("capabilities/" + file + ".xml"));
		Capabilities read = reading.fact();
		assertThat(read.hostArch()).isEqualTo(arch);
		assertThat(read.cpuModel()).isEqualTo(model);
		assertThat(read.cpuVendor()).isEqualTo(vendor);
		assertThat(read.features()).hasSize(features);
		if (features > 0) {
			assertThat(read.features()).startsWith(first).endsWith(last);
		}
		assertThat(read.kvmForHostArch()).isEqualTo(kvm);
		assertThat(read.qemuForHostArch()).isEqualTo(qemu);
		assertThat(read.domainTypes()).containsExactly(types.split(" "));
		assertThat(read.qemuUser()).isEqualTo(user);
		assertThat(read.qemuGroup()).isEqualTo(group);
		assertThat(reading.problems()).isEmpty();
		assertThat(reading.seen()).containsKeys("Capabilities.kvmForHostArch", "Capabilities.hostArch");
		assertThat(Corpus.files("capabilities")).hasSize(9);
	}

	@Test
	void aRealHostSectionAloneSaysNothingOfGuests() {
		Reading<Capabilities> reading = parse(Corpus.text("capabilities/x86_64-westmere-noguests.xml"));
		Capabilities read = reading.fact();
		assertThat(read.cpuModel()).isEqualTo("Westmere");
		assertThat(read.features()).hasSize(20).contains("vmx");
		assertThat(read.microcode()).as("36, as libvirt writes it").isEqualTo("0x24");
		assertThat(read.kvmForHostArch()).isEqualTo(Known.UNKNOWN);
		assertThat(read.qemuForHostArch()).isEqualTo(Known.UNKNOWN);
		assertThat(read.qemuUser()).isEqualTo("107");
		assertThat(reading.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.message()).contains("lists no guests"));
	}

	@Test
	void judgesKvmOnlyByAGuestOfTheHostsArchitecture() {
		assertThat(parse(HOST + KVM_GUEST.replace("x86_64", "m68k")
				+ "<guest><os_type>hvm</os_type><arch name='x86_64'><domain type='qemu'/></arch></guest></capabilities>")
			.fact()
			.kvmForHostArch()).isEqualTo(Known.NO);
		assertThat(parse(HOST + KVM_GUEST.replace("hvm", "xen") + "</capabilities>").fact().kvmForHostArch())
			.isEqualTo(Known.NO);
		assertThat(parse(HOST + KVM_GUEST + "</capabilities>").fact().kvmForHostArch()).isEqualTo(Known.YES);
	}

	@Test
	void aSecurityLabelForKvmIsNoKvm() {
		Capabilities read = parse("<capabilities><host><cpu><arch>x86_64</arch></cpu><secmodel><model>dac</model>"
				+ "<baselabel type='kvm'>+64055:+993</baselabel><baselabel type='qemu'>+1:+2</baselabel></secmodel></host>"
				+ "<guest><os_type>hvm</os_type><arch name='x86_64'><domain type='qemu'/></arch></guest></capabilities>")
			.fact();
		assertThat(read.kvmForHostArch()).isEqualTo(Known.NO);
		assertThat(List.of(read.qemuUser(), read.qemuGroup())).containsExactly("64055", "993");
	}

	@Test
	void toleratesWhatATerminalAddsAndCountsItsLines() {
		Reading<Capabilities> reading = parse(
				"[root@cmp1 ~]# virsh capabilities\r\n" + HOST + KVM_GUEST + "</capabilities>\n\n[root@cmp1 ~]# \n");
		assertThat(reading.fact().kvmForHostArch()).isEqualTo(Known.YES);
		assertThat(reading.problems()).isEmpty();
		assertThat(Items.seen(reading, "Capabilities.kvmForHostArch")).singleElement().satisfies((line) -> {
			assertThat(line.source()).isEqualTo("virsh capabilities");
			assertThat(line.line()).isEqualTo(3);
			assertThat(line.text()).isEqualTo("<domain type='kvm'/>");
		});
	}

	@Test
	void aTextCutOffKeepsWhatItShowsAndDeniesNothing() {
		Reading<Capabilities> reading = parse(
				HOST + "<guest><os_type>hvm</os_type><arch name='x86_64'><domain type='qe");
		assertThat(reading.fact().cpuModel()).isEqualTo("Nehalem");
		assertThat(reading.fact().kvmForHostArch()).isEqualTo(Known.UNKNOWN);
		assertThat(reading.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.line()).isEqualTo(2);
			assertThat(problem.message()).contains("cut off");
		});
		assertThat(parse(HOST + KVM_GUEST).fact().kvmForHostArch()).isEqualTo(Known.YES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "error: failed to connect to the hypervisor", "<capabilitiesX/>", "<domainCapabilities/>",
			"lorem" })
	void anythingElseIsAProblemAndUnknown(String text) {
		Reading<Capabilities> reading = parse(text);
		assertThat(reading.fact()).isEqualTo(Capabilities.UNKNOWN);
		assertThat(reading.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.part()).isEqualTo("capabilities"));
	}

	@Test
	void printingNothingMeansThatLibvirtDidNotAnswer() {
		Reading<Capabilities> reading = parse("");
		assertThat(reading.fact().known()).isTrue();
		assertThat(reading.fact().kvmForHostArch()).isEqualTo(Known.UNKNOWN);
		assertThat(reading.problems()).hasSize(1);
	}

	private static Reading<Capabilities> parse(String text) {
		return CapabilitiesParser.parse(Items.of(EvidenceKind.CAPABILITIES, text));
	}

}
