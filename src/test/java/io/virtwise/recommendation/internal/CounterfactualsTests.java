package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.rules.Advisor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counterfactuals on the shipped rules.
 */
@SpringJUnitConfig
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class CounterfactualsTests {

	private static final String INTEL = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vme vmx sse2\n";

	private static final String BARE = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vme sse2\n";

	private static final String GUEST = "processor\t: 0\nvendor_id\t: AuthenticAMD\nflags\t\t: fpu vme hypervisor\n";

	private final FactReader reader;

	private final Advisor advisor;

	private final ReplayedCounterfactuals counterfactuals;

	CounterfactualsTests(@Autowired FactReader reader, @Autowired Advisor advisor) {
		this.reader = reader;
		this.advisor = advisor;
		this.counterfactuals = new ReplayedCounterfactuals(advisor);
	}

	@Test
	void loadingTheModulesMakesAnIntelNodeReady() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, INTEL, EvidenceKind.MODULES, "", EvidenceKind.DEV_KVM,
				"ls: cannot access '/dev/kvm': No such file or directory"))
			.first()
			.satisfies((one) -> {
				assertThat(one.change()).isEqualTo("load kvm and kvm_intel");
				assertThat(one.virtType()).isEqualTo("kvm");
				assertThat(one.verdict()).isEqualTo("ready");
			});
	}

	@Test
	void namesEveryStepThatIsNeededAndNoOther() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, INTEL, EvidenceKind.MODULES, "kvm 1 0\n",
				EvidenceKind.DEV_KVM, "crw------- 1 root root 10, 232 Nov  3 19:40 /dev/kvm"))
			.first()
			.satisfies((one) -> assertThat(one.changes()).contains("give QEMU's user access to /dev/kvm")
				.doesNotContain("enable virtualization in firmware"));
	}

	@Test
	void bareMetalWithoutTheFlagNeedsFirmwareAndAGuestNeedsItsOuterHost() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, BARE, EvidenceKind.MODULES, "", EvidenceKind.DEV_KVM,
				"ls: cannot access '/dev/kvm': No such file or directory"))
			.first()
			.satisfies((one) -> assertThat(one.changes()).first().isEqualTo("enable virtualization in firmware"));
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, GUEST, EvidenceKind.MODULES, "", EvidenceKind.DEV_KVM,
				"ls: cannot access '/dev/kvm': No such file or directory"))
			.first()
			.satisfies((one) -> assertThat(one.changes()).first()
				.isEqualTo("pass hardware virtualization on from the outer host"));
	}

	@Test
	void acceptingEmulationIsAWayOfItsOwn() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, GUEST, EvidenceKind.MODULES, "")).anySatisfy((one) -> {
			assertThat(one.changes()).containsExactly("accept emulation");
			assertThat(one.virtType()).isEqualTo("qemu");
			assertThat(one.verdict()).isIn("ready", "action-required");
		});
	}

	@Test
	void noneOfTheSetsHoldsANeedlessPart() {
		List<Counterfactual> found = of(Known.NO, EvidenceKind.CPUINFO, INTEL, EvidenceKind.MODULES, "kvm 1 0\n",
				EvidenceKind.DEV_KVM, "crw------- 1 root root 10, 232 Nov  3 19:40 /dev/kvm", EvidenceKind.NOVA_CONF,
				"[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n[libvirt]\nvirt_type = qemu\n");

		assertThat(found).isNotEmpty();
		for (Counterfactual small : found) {
			assertThat(found).noneMatch((large) -> large.changes().size() > small.changes().size()
					&& large.changes().containsAll(small.changes()) && large.verdict().equals(small.verdict())
					&& java.util.Objects.equals(large.virtType(), small.virtType()));
		}
	}

	@Test
	void aNodeThatWorksIsOnlyToldWhatMakesItBetter() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, INTEL, EvidenceKind.MODULES,
				"kvm_intel 1 0\nkvm 1 1 kvm_intel\n", EvidenceKind.DEV_KVM,
				"crw-rw---- 1 root kvm 10, 232 Nov  3 19:40 /dev/kvm", EvidenceKind.NOVA_CONF,
				"[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n[libvirt]\nvirt_type = qemu\n"))
			.extracting(Counterfactual::change, Counterfactual::verdict)
			.containsExactly(org.assertj.core.groups.Tuple.tuple("set the recommended lines in nova.conf", "ready"));
	}

	@Test
	void loadingTheModuleOfPowerIsNamedWhereNobodyLookedAtTheDevice() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO,
				"processor\t: 0\ncpu\t\t: POWER8E (raw)\n\nplatform\t: PowerNV\n", EvidenceKind.MODULES, ""))
			.extracting(Counterfactual::change)
			.contains("load kvm and kvm_hv");
	}

	@Test
	void aReadyNodeNeedsNothing() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, INTEL, EvidenceKind.MODULES,
				"kvm_intel 1 0\nkvm 1 1 kvm_intel\n", EvidenceKind.DEV_KVM,
				"crw-rw---- 1 root kvm 10, 232 Nov  3 19:40 /dev/kvm"))
			.isEmpty();
	}

	private List<Counterfactual> of(Known acceptEmulation, Object... kindsAndTexts) {
		List<Evidence.Item> items = new ArrayList<>();
		for (int i = 0; i < kindsAndTexts.length; i += 2) {
			items.add(new Evidence.Item((EvidenceKind) kindsAndTexts[i], (String) kindsAndTexts[i + 1]));
		}
		Intent intent = new Intent(Intent.Environment.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, acceptEmulation,
				java.util.Set.of(), Known.UNKNOWN);
		NodeFacts facts = this.reader.read(new Evidence(items, "2024.1", intent));
		return this.counterfactuals.of(facts, this.advisor.assess(facts));
	}

	@Configuration
	@ComponentScan({ "io.virtwise.rules.internal", "io.virtwise.facts.internal", "io.virtwise.nova.internal",
			"io.virtwise.nova" })
	static class Rooms {

	}

}
