package io.virtwise.rules;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.HostSections;
import io.virtwise.facts.Intent;
import io.virtwise.testing.Engine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether firmware lets virtualization on, from texts as they are handed in to what the
 * rules conclude.
 */
class FirmwareTests {

	private static final String WITH_VMX = """
			00000001 54 06 05 00 00 08 10 00 bf fb fa 7f ff fb eb bf
			80000001 00 00 00 00 00 00 00 00 21 01 00 00 00 08 10 2c
			""";

	private static final String WITH_NEITHER = """
			00000001 11 0f a0 00 00 08 02 00 03 32 fa ff ff fb 8b 17
			80000001 11 0f a0 00 00 00 00 40 f3 03 40 00 ff fb d3 2f
			""";

	private static final String LIBVIRT = """
			<capabilities><host><cpu><arch>%s</arch></cpu></host>
			<guest><os_type>hvm</os_type><arch name='%s'><domain type='qemu'/><domain type='kvm'/></arch></guest></capabilities>
			""";

	private static final String OFF = "[    0.6] kvm: disabled by bios\n";

	private static final String WORKS = "[    9.1] kvm [2211]: vcpu0, guest rIP: 0x1 ignored rdmsr: 0x1\n";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					the register says off                        | vmx | vmx     | 01 | 5.14.0 |       |           |        | NO      V134
					the register says on                         | vmx | vmx     | 05 | 5.4.0  |       |           |        | YES     V133
					left unlocked is no fault                    | vmx | vmx     | 00 | 5.4.0  |       |           |        | YES     V133
					the kernel hides what CPUID shows            | vmx | neither |    | 5.14.0 |       |           |        | NO      V135
					a new kernel would hide the flag             |     | vmx     |    | 5.6.0  |       |           |        | YES     V138
					an old kernel would not                      |     | vmx     |    | 5.5.19 |       |           |        | UNKNOWN V140
					there is nothing to switch                   | no  | neither |    | 5.14.0 |       |           |        | UNKNOWN V140
					a register tells nothing of such a processor | no  | neither | 01 | 5.14.0 |       |           |        | UNKNOWN V140
					nobody looked                                |     | neither |    | 5.14.0 |       |           |        | UNKNOWN V140
					registers go before the log                  | vmx | vmx     | 05 | 5.4.0  | off   |           |        | YES     V133
					registers go before the log, the other way   | vmx | vmx     | 01 | 5.4.0  | works |           |        | NO      V134
					CPUID goes before the log                    | vmx | neither |    | 5.14.0 | works |           |        | NO      V135
					the log goes before the flag                 |     | vmx     |    | 5.14.0 | off   |           |        | NO      V136
					the log shows KVM at work                    |     | vmx     |    | 5.4.0  | works |           |        | YES     V137
					a loaded module goes before the register     | vmx | vmx     | 01 | 5.14.0 | off   | kvm_intel |        | YES     V132
					so do the KVM guests that libvirt offers     | vmx | vmx     | 01 | 5.14.0 | off   |           | x86_64 | YES     V141
					guests of another architecture prove nothing | vmx | vmx     | 01 | 5.14.0 |       |           | ppc64  | NO      V134
					a module of the other maker proves nothing   | vmx | vmx     | 01 | 5.14.0 |       | kvm_amd   |        | NO      V134
					nor does the core module                     |     | vmx     |    | 5.4.0  |       | kvm       |        | UNKNOWN V140
					a built-in module proves nothing             | vmx | vmx     | 01 | 5.14.0 |       | built in  |        | NO      V134
					a built-in module proves nothing by itself   |     | vmx     |    | 5.4.0  |       | built in  |        | UNKNOWN V140
					""")
	void isConcludedFromTheMostTrustedSource(String why, @Nullable String cpuid, String flag, @Nullable String msr,
			String kernel, @Nullable String log, @Nullable String module, @Nullable String libvirt, String expected) {
		HostSections sections = new HostSections().add("kernel", "uname -r", kernel).add("arch", "uname -m", "x86_64");
		if (cpuid != null) {
			sections.add("cpuid", "/dev/cpu/0/cpuid", cpuid.equals("vmx") ? WITH_VMX : WITH_NEITHER);
		}
		if (msr != null) {
			sections.add("msr", "/dev/cpu/0/msr", "0000003a " + msr + " 00 00 00 00 00 00 00");
		}
		if ("built in".equals(module)) {
			sections.add("kvm-in-kernel", "/sys/module/kvm*", "kvm\nkvm_intel");
		}
		List<Evidence.Item> items = new ArrayList<>();
		items.add(new Evidence.Item(EvidenceKind.CPUINFO,
				"processor : 0\nvendor_id : GenuineIntel\nflags : fpu " + (flag.equals("vmx") ? "vmx" : "sse") + "\n"));
		items.add(new Evidence.Item(EvidenceKind.PROBE, sections.text()));
		if (log != null) {
			items.add(new Evidence.Item(EvidenceKind.KERNEL_LOG, log.equals("off") ? OFF : WORKS));
		}
		if (module != null && !module.equals("built in")) {
			items.add(new Evidence.Item(EvidenceKind.MODULES, "kvm 1 0\n" + module + " 1 0\n"));
		}
		if (libvirt != null) {
			items.add(new Evidence.Item(EvidenceKind.CAPABILITIES, LIBVIRT.formatted("x86_64", libvirt)));
		}

		assertThat(concluded(items)).as(why).containsExactly(expected.replaceAll(" +", " "));
	}

	@ParameterizedTest
	@CsvSource({ "aarch64, V125", "ppc64le, V130", "s390x, V130" })
	void aSwitchOfX86DoesNotExistElsewhereWhateverALogSays(String arch, String rule) {
		Assessment assessment = assess(
				List.of(new Evidence.Item(EvidenceKind.CAPABILITIES, LIBVIRT.formatted(arch, arch)),
						new Evidence.Item(EvidenceKind.KERNEL_LOG, OFF)));

		assertThat(concluded(assessment)).containsExactly("ABSENT " + rule);
		assertThat(assessment.findings()).extracting(Assessment.Finding::rule).contains("L19");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "No such file,         -,       NO V131,     L20, blocked",
					"-,                    -,       NO V131,     L20, blocked",
					"crw-rw-rw- 1 0 0 0 0, -,       ABSENT V125, L29, ready",
					"No such file,         aarch64, ABSENT V125, L29, ready",
					"No such file,         riscv64, NO V131,     L20, blocked" })
	void anArmKernelIsWithoutHypModeUnlessKvmIsThere(@Nullable String device, @Nullable String libvirt, String expected,
			String finding, String verdict) {
		List<Evidence.Item> items = new ArrayList<>();
		items.add(new Evidence.Item(EvidenceKind.KERNEL_LOG, "[    0.2] kvm [1]: HYP mode not available\n"));
		if (device != null) {
			items.add(new Evidence.Item(EvidenceKind.DEV_KVM, device + " /dev/kvm\n"));
		}
		if (libvirt != null) {
			items.add(new Evidence.Item(EvidenceKind.CAPABILITIES, LIBVIRT.formatted("aarch64", libvirt)));
		}
		Assessment assessment = assess(items);

		assertThat(concluded(assessment)).containsExactly(expected);
		assertThat(assessment.findings()).extracting(Assessment.Finding::rule).contains(finding);
		assertThat(assessment.verdict().key()).isEqualTo(verdict);
	}

	private static List<String> concluded(List<Evidence.Item> items) {
		return concluded(assess(items));
	}

	private static List<String> concluded(Assessment assessment) {
		return assessment.conclusions()
			.stream()
			.filter((one) -> one.topic().equals("FIRMWARE"))
			.map((one) -> one.value() + " " + one.rule())
			.toList();
	}

	private static Assessment assess(List<Evidence.Item> items) {
		return Engine.judge(new Evidence(items, "26", Intent.UNKNOWN));
	}

}
