package io.virtwise.facts.internal;

import java.util.Set;
import java.util.TreeSet;

import io.virtwise.Corpus;
import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code /proc/cpuinfo} yields, in every form that people hand in.
 */
class CpuInfoParserTests {

	/** Written down by reading the files. */
	private static final String REAL = """
			aarch64-empty                   |   0 | -            | -  | NO | NO | NO | -   | - | NO  | -   | UNKNOWN
			aarch64-moonshot                |   8 | -            | -  | -  | -  | -  | -   | - | -   | -   | ARM
			aarch64-mustang-old-layout      |   8 | -            | AArch64 Processor rev 0 (aarch64) | - | - | - | - | - | - | - | ARM
			ppc32-powermac-qemu             |   1 | -            | 740/750 | - | - | - | - | PowerMac | NO | NO | POWER
			ppc64-power8e-powernv-160cpu    | 160 | -            | POWER8E (raw), altivec supported | - | - | - | - | PowerNV | YES | NO | POWER
			ppc64-power8e-powernv-subcores  |  20 | -            | POWER8E (raw), altivec supported | - | - | - | - | PowerNV | YES | NO | POWER
			ppc64-power8e-pseries-kvmguest  |  16 | -            | POWER8E (raw), altivec supported | - | - | - | - | pSeries | NO | YES | POWER
			ppc64le-power8-pseries-lpar     |  16 | -            | POWER8 (architected), altivec supported | - | - | - | - | pSeries | NO | NO | POWER
			ppc64le-power9-noplatform-onecpu|   1 | -            | POWER9, altivec supported | - | - | - | - | - | - | - | POWER
			riscv64                         |   2 | -            | -  | -  | -  | -  | -   | - | -   | -   | RISCV
			s390x-kvmguest-nosie            |   3 | IBM/S390     | -  | -  | -  | NO | -   | - | -   | -   | S390
			s390x-z-lpar-sie                |   8 | IBM/S390     | -  | -  | -  | YES| -   | - | -   | -   | S390
			x86-amd-epyc-7451-svm           |  96 | AuthenticAMD | AMD EPYC 7451 24-Core Processor | NO | YES | - | NO | - | - | - | X86
			x86-amd-opteron-2216-svm        |   4 | AuthenticAMD | Dual-Core AMD Opteron(tm) Processor 2216 | NO | YES | - | NO | - | - | - | X86
			x86-amd-opteron-6172-svm        |  48 | AuthenticAMD | AMD Opteron(tm) Processor 6172 | NO | YES | - | NO | - | - | - | X86
			x86-intel-core2-t9600-vmx       |   2 | GenuineIntel | Intel(R) Core(TM)2 Duo CPU     T9600  @ 2.80GHz | YES | NO | - | NO | - | - | - | X86
			x86-intel-e5-2690-vmx-prefixed  |   2 | GenuineIntel | Intel(R) Xeon(R) CPU E5-2690 0 @ 2.90GHz | YES | NO | - | NO | - | - | - | X86
			x86-intel-haswell-vmx-onecpu    |   1 | GenuineIntel | Intel(R) Xeon(R) CPU E5-2680 v3 @ 2.50GHz | YES | NO | - | NO | - | - | - | X86
			x86-intel-i7-1165g7-vmx         |   8 | GenuineIntel | 11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz | YES | NO | - | NO | - | - | - | X86
			x86-intel-xeon-2.8-novmx        |   2 | GenuineIntel | Intel(R) Xeon(TM) CPU 2.80GHz | NO | NO | - | NO | - | - | - | X86
			x86-vm-e5-2680v2-novmx          |   2 | GenuineIntel | Intel(R) Xeon(R) CPU E5-2680 v2 @ 2.80GHz | NO | NO | - | YES | - | - | - | X86
			x86-vm-haswell-nested-vmx       |   2 | GenuineIntel | Intel Core Processor (Haswell, no TSX, IBRS) | YES | NO | - | YES | - | - | - | X86
			x86-vm-qemu-skylake-novmx       |   2 | GenuineIntel | Intel Core Processor (Skylake, IBRS) | NO | NO | - | YES | - | - | - | X86
			x86-vm-virtualbox-nohypflag     |   2 | GenuineIntel | Intel(R) Core(TM) i5-3317U CPU @ 1.70GHz | NO | NO | - | NO | - | - | - | X86
			""";

	private static final String INTEL = """
			processor	: 0
			vendor_id	: GenuineIntel
			model name	: A processor of ours
			flags		: fpu vme vmx smx
			vmx flags	: vnmi ept svm
			""";

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = REAL)
	void readsRealFiles(String file, int cpus, String vendor, String model, Known vmx, Known svm, Known sie,
			Known hypervisor, String platform, Known powerNv, Known emulated, ArchFamily family) {
		Reading<CpuInfoSeen> reading = parse(Corpus.text("cpuinfo/" + file + ".cpuinfo"));
		assertThat(reading.fact().cpuinfo())
			.isEqualTo(new CpuInfo(true, cpus, vendor, model, known(vmx), known(svm), known(sie), known(hypervisor),
					platform, known(powerNv), known(emulated), reading.fact().cpuinfo().microcode()));
		assertThat(reading.fact().family()).isEqualTo(family);
		assertThat(reading.problems()).isEmpty();
	}

	@Test
	void readsTheVersionOfTheMicrocode() {
		assertThat(parse(Corpus.text("cpuinfo/x86-intel-haswell-vmx-onecpu.cpuinfo")).fact().cpuinfo().microcode())
			.isEqualTo("0x3c");
		assertThat(parse(INTEL + "microcode\t: 0X2F\nmicrocode\t: 0x30\n").fact().cpuinfo().microcode())
			.isEqualTo("0x2f");
		assertThat(parse(INTEL + "microcode\t: unknown\n").fact().cpuinfo().microcode()).isNull();
	}

	@Test
	void noRealFileIsLeftOut() {
		Set<String> told = new TreeSet<>();
		REAL.lines()
			.forEach((line) -> told.add("cpuinfo/" + line.substring(0, line.indexOf('|')).strip() + ".cpuinfo"));
		assertThat(Corpus.files("cpuinfo")).containsExactlyElementsOf(told);
	}

	@Test
	void theVmxFlagsLineIsAnotherList() {
		CpuInfo cpuinfo = parse(INTEL).fact().cpuinfo();
		assertThat(cpuinfo.vmx()).isEqualTo(Known.YES);
		assertThat(cpuinfo.svm()).isEqualTo(Known.NO);
		assertThat(parse("vmx flags : svm vmx\nprocessor : 0\n").fact().cpuinfo().vmx()).isEqualTo(Known.UNKNOWN);
	}

	@Test
	void aFlagIsAWholeWord() {
		CpuInfo cpuinfo = parse("flags : fpu svm_lock xvmx vmxnet hypervisor_x\n").fact().cpuinfo();
		assertThat(cpuinfo.vmx()).isEqualTo(Known.NO);
		assertThat(cpuinfo.svm()).isEqualTo(Known.NO);
		assertThat(cpuinfo.hypervisorFlag()).isEqualTo(Known.NO);
	}

	@ParameterizedTest
	@ValueSource(strings = { "flags\t\t: fpu vmx\nflags\t\t: fpu vmx\n", "20:flags : fpu vmx\n48:flags : fpu vmx\n",
			"/proc/cpuinfo:flags : vmx fpu\n/proc/cpuinfo:flags : fpu vmx\n",
			"[root@cmp1 ~]# grep -E 'vmx|svm' /proc/cpuinfo\nflags : \u001B[01;31m\u001B[Kvmx\u001B[m\u001B[K\r\nflags : vmx\r\n" })
	void readsWhatGrepPrints(String text) {
		CpuInfo cpuinfo = parse(text).fact().cpuinfo();
		assertThat(cpuinfo.vmx()).isEqualTo(Known.YES);
		assertThat(cpuinfo.logicalCpus()).isEqualTo(2);
	}

	@Test
	void readsTheBareWordsOfGrepWithoutKnowingTheOther() {
		CpuInfo cpuinfo = parse("svm\nsvm\n").fact().cpuinfo();
		assertThat(cpuinfo.svm()).isEqualTo(Known.YES);
		assertThat(cpuinfo.vmx()).isEqualTo(Known.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  \n\n", "$ grep -E 'vmx|svm' /proc/cpuinfo\n$ ",
			"[root@cmp1 ~]# egrep '(vmx|svm)' /proc/cpuinfo\n[root@cmp1 ~]#\n" })
	void printingNothingIsAnAnswer(String text) {
		Reading<CpuInfoSeen> reading = parse(text);
		assertThat(reading.fact().cpuinfo().known()).isTrue();
		assertThat(reading.fact().cpuinfo().vmx()).isEqualTo(Known.NO);
		assertThat(reading.fact().cpuinfo().svm()).isEqualTo(Known.NO);
		assertThat(reading.fact().cpuinfo().hypervisorFlag()).isEqualTo(Known.UNKNOWN);
		assertThat(reading.problems()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "16", "0\n", "lorem ipsum", "bash: cat: command not found", "flags", ": :",
			"cat: /proc/cpuinfo: Permission denied" })
	void anythingElseIsAProblemAndUnknown(String text) {
		Reading<CpuInfoSeen> reading = parse(text);
		assertThat(reading.fact().cpuinfo()).isEqualTo(CpuInfo.UNKNOWN);
		assertThat(reading.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.part()).isEqualTo("cpuinfo"));
	}

	@ParameterizedTest
	@CsvSource({ "POWERNV, YES", "powernv, YES", "pSeries, NO", "PowerNVx, NO" })
	void comparesThePlatformWithoutCase(String platform, Known powerNv) {
		assertThat(parse("platform\t: " + platform + "\n").fact().cpuinfo().powerNv()).isEqualTo(powerNv);
	}

	@Test
	void theMachineLineAloneTellsPowerNvToo() {
		assertThat(parse("machine : PowerNV 8335-GTH\n").fact().cpuinfo().powerNv()).isEqualTo(Known.YES);
	}

	@Test
	void aGuestOfQemuNeedsBothWords() {
		assertThat(parse("platform : pSeries\nmachine : CHRP IBM pSeries (emulated by qemu)\n").fact()
			.cpuinfo()
			.emulatedPseries()).isEqualTo(Known.YES);
		assertThat(parse("platform : pSeries\n").fact().cpuinfo().emulatedPseries()).isEqualTo(Known.UNKNOWN);
	}

	@Test
	void aLineCutOffSaysNothingOfWhatItDoesNotShow() {
		Reading<CpuInfoSeen> reading = parse("vendor_id : AuthenticAMD\nflags : fpu vme de …\n");
		assertThat(reading.fact().cpuinfo().svm()).isEqualTo(Known.UNKNOWN);
		assertThat(reading.problems()).hasSize(1);
		assertThat(reading.seen()).doesNotContainKey("CpuInfo.svm");
	}

	@Test
	void keepsTheLineThatShowsAFlag() {
		String words = "filler ".repeat(100);
		Reading<CpuInfoSeen> reading = parse("processor : 0\nflags : " + words + "vmx " + words + "\n");
		assertThat(Items.seen(reading, "CpuInfo.vmx")).singleElement().satisfies((line) -> {
			assertThat(line.source()).isEqualTo("/proc/cpuinfo");
			assertThat(line.line()).isEqualTo(2);
			assertThat(line.text()).startsWith("flags : filler").contains(" vmx ").hasSizeLessThan(220);
		});
		assertThat(Items.seen(reading, "CpuInfo.svm")).singleElement()
			.satisfies((line) -> assertThat(line.line()).isEqualTo(2));
	}

	@Test
	void showsNoControlCharacters() {
		Reading<CpuInfoSeen> reading = parse("vendor_id : Genuine\u0000Intel\u0007\u202Ex\nprocessor : 0\n");
		assertThat(reading.fact().cpuinfo().vendorId()).isEqualTo("Genuine\u2400Intel\uFFFD\uFFFDx");
	}

	private static Reading<CpuInfoSeen> parse(String text) {
		return CpuInfoParser.parse(Items.of(EvidenceKind.CPUINFO, text));
	}

	private static Known known(Known told) {
		return (told != null) ? told : Known.UNKNOWN;
	}

}
