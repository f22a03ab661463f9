package io.virtwise.facts.internal;

import java.util.List;

import io.virtwise.Corpus;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the list of modules yields, whole or grepped.
 */
class KernelModulesParserTests {

	private static final String HEADER = "Module                  Size  Used by\n";

	/** Written down by reading the files. */
	@ParameterizedTest
	@CsvSource({ "intel-kvm-loaded, YES, 99, YES, YES, NO, NO, NO, NO",
			"intel-kvm-laptop, YES, 234, YES, YES, NO, NO, NO, YES", "no-kvm, YES, 15, NO, NO, NO, NO, NO, NO",
			"no-kvm-rhel7, YES, 16, NO, NO, NO, NO, NO, NO", "power-grep-kvm, NO, 3, YES, NO, NO, YES, YES, UNKNOWN",
			"amd-grep-kvm, NO, 2, YES, NO, YES, NO, NO, UNKNOWN" })
	void readsRealFiles(String file, Known whole, int count, Known kvm, Known intel, Known amd, Known hv, Known pr,
			Known vhostNet) {
		Reading<KernelModules> reading = parse(Corpus.text("lsmod/" + file + ".lsmod"));
		KernelModules modules = reading.fact();
		assertThat(modules.known()).isTrue();
		assertThat(modules.whole()).isEqualTo(whole);
		assertThat(modules.loaded()).hasSize(count);
		assertThat(List.of(modules.kvm(), modules.kvmIntel(), modules.kvmAmd(), modules.kvmHv(), modules.kvmPr(),
				modules.vhostNet()))
			.containsExactly(kvm, intel, amd, hv, pr, vhostNet);
		assertThat(reading.problems()).isEmpty();
		assertThat(Corpus.files("lsmod")).hasSize(6);
	}

	@Test
	void aModuleIsAWholeWord() {
		KernelModules modules = parse(HEADER + "kvmgt 28672 0\nvfio_mdev 16384 1 kvmgt\n").fact();
		assertThat(modules.kvm()).isEqualTo(Known.NO);
		assertThat(modules.loaded()).containsExactly("kvmgt", "vfio_mdev");
	}

	@Test
	void aModuleThatOnlyUsesAnotherIsNotSaidToBeLoaded() {
		KernelModules modules = parse("irqbypass 16384 1 kvm\n").fact();
		assertThat(modules.kvm()).isEqualTo(Known.NO);
		assertThat(modules.whole()).isEqualTo(Known.NO);
	}

	@Test
	void readsWhatTheKernelWrites() {
		KernelModules modules = parse("""
				kvm_intel 372736 0 - Live 0x0000000000000000
				kvm 1028096 1 kvm_intel, Live 0x0000000000000000 (OE)
				ext4 940032 2 - Live 0x0000000000000000
				stuck 1 -1 - Unloading 0x0
				""").fact();
		assertThat(modules.whole()).isEqualTo(Known.YES);
		assertThat(modules.loaded()).containsExactly("kvm_intel", "kvm", "ext4", "stuck");
		assertThat(modules.vhostNet()).isEqualTo(Known.NO);
	}

	@Test
	void aListWithItsHeaderCutOffIsWholeIfItRefersToNothingElse() {
		StringBuilder list = new StringBuilder();
		for (int i = 0; i < 25; i++) {
			list.append("mod").append(i).append(" 16384 1 mod").append((i + 1) % 25).append('\n');
		}
		assertThat(parse(list.toString()).fact().whole()).isEqualTo(Known.YES);
		assertThat(parse(list + "last 1 1 elsewhere\n").fact().whole()).isEqualTo(Known.UNKNOWN);
	}

	@Test
	void anExcerptOfSomethingElseSaysNothingOfKvm() {
		KernelModules modules = parse("$ lsmod | grep vhost\nvhost_net 36864 0\nvhost 69632 1 vhost_net\n").fact();
		assertThat(modules.whole()).isEqualTo(Known.UNKNOWN);
		assertThat(modules.kvm()).isEqualTo(Known.UNKNOWN);
		assertThat(modules.vhostNet()).isEqualTo(Known.YES);
	}

	@Test
	void spellsNamesAsTheKernelDoes() {
		assertThat(parse(HEADER + "kvm-intel 1 0\n").fact().kvmIntel()).isEqualTo(Known.YES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "[root@cmp1 ~]# lsmod\n[root@cmp1 ~]# " })
	void anEmptyListMeansThatNothingIsLoaded(String text) {
		Reading<KernelModules> reading = parse(text);
		assertThat(reading.fact().known()).isTrue();
		assertThat(reading.fact().kvm()).isEqualTo(Known.NO);
		assertThat(reading.fact().vhostNet()).isEqualTo(Known.NO);
		assertThat(Items.seen(reading, "KernelModules.loaded")).hasSize(1);
	}

	@Test
	void findingNothingInTheListMeansThatNoneOfKvmIsLoaded() {
		Reading<KernelModules> pasted = parse("[root@cmp1 ~]# lsmod | grep kvm\n[root@cmp1 ~]# ");
		Reading<KernelModules> said = KernelModulesParser
			.parse(new Evidence.Item(EvidenceKind.MODULES, "lsmod | grep kvm", ""));
		for (Reading<KernelModules> reading : List.of(pasted, said)) {
			assertThat(reading.fact().known()).isTrue();
			assertThat(reading.fact().kvm()).isEqualTo(Known.NO);
			assertThat(reading.fact().vhostNet()).isEqualTo(Known.UNKNOWN);
			assertThat(Items.seen(reading, "KernelModules.loaded")).hasSize(1);
		}
	}

	@Test
	void anEmptyFileOfTheKernelIsAWholeList() {
		KernelModules modules = KernelModulesParser.parse(new Evidence.Item(EvidenceKind.MODULES, "/proc/modules", ""))
			.fact();
		assertThat(modules.vhostNet()).isEqualTo(Known.NO);
	}

	@Test
	void theHeaderAloneIsAWholeListOfNone() {
		assertThat(parse(HEADER).fact()).isEqualTo(new KernelModules(true, Known.YES, List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bash: lsmod: command not found", "kvm", "kvm intel 3", "processor : 0", "0" })
	void anythingElseIsAProblemAndUnknown(String text) {
		Reading<KernelModules> reading = parse(text);
		assertThat(reading.fact()).isEqualTo(KernelModules.UNKNOWN);
		assertThat(reading.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.part()).isEqualTo("modules");
			assertThat(problem.line()).isEqualTo(1);
		});
	}

	@Test
	void saysWhichLineItLeftOut() {
		Reading<KernelModules> reading = parse(HEADER + "kvm 1 0\n-- more --\n");
		assertThat(reading.fact().kvm()).isEqualTo(Known.YES);
		assertThat(reading.problems()).singleElement().satisfies((problem) -> assertThat(problem.line()).isEqualTo(3));
	}

	@Test
	void keepsTheLinesOfKvm() {
		Reading<KernelModules> reading = parse(HEADER + "xe 1 0\nkvm_amd 50703  0 \nkvm 395304 1 kvm_amd\n");
		assertThat(Items.seen(reading, "KernelModules.kvm_amd")).singleElement().satisfies((line) -> {
			assertThat(line.source()).isEqualTo("lsmod");
			assertThat(line.line()).isEqualTo(3);
			assertThat(line.text()).isEqualTo("kvm_amd 50703  0");
		});
		assertThat(Items.seen(reading, "KernelModules.loaded")).hasSize(2);
	}

	private static Reading<KernelModules> parse(String text) {
		return KernelModulesParser.parse(Items.of(EvidenceKind.MODULES, text));
	}

}
