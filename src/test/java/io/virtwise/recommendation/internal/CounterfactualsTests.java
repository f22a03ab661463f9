package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.ProcessorRegisters;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Verdict;
import org.jspecify.annotations.Nullable;
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
	void aFolderInThePlaceOfTheDeviceHasToGo() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, INTEL, EvidenceKind.MODULES, "kvm_intel 1 0\nkvm 1 0\n",
				EvidenceKind.DEV_KVM, "drwxr-xr-x 2 root root 40 Nov  3 19:40 /dev/kvm"))
			.first()
			.satisfies((one) -> {
				assertThat(one.change()).isEqualTo("put the device in the place of what is called /dev/kvm");
				assertThat(one.verdict()).isEqualTo("ready");
			});
	}

	@Test
	void aGuestWhoseLogBlamesItsFirmwareNeedsItsOuterHostToo() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, GUEST, EvidenceKind.MODULES, "kvm 1 0\n",
				EvidenceKind.DEV_KVM, "ls: cannot access '/dev/kvm': No such file or directory",
				EvidenceKind.KERNEL_LOG, "[    0.6] kvm: disabled by bios\n"))
			.first()
			.satisfies((one) -> {
				assertThat(one.changes()).containsExactly("pass hardware virtualization on from the outer host",
						"load kvm and kvm_amd");
				assertThat(one.virtType()).isEqualTo("kvm");
				assertThat(one.verdict()).isEqualTo("ready");
			});
	}

	@Test
	void anArmKernelWithoutHypModeNeedsAnotherStartAndNoSwitch() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, "CPU implementer : 0x41\n", EvidenceKind.DEV_KVM,
				"ls: cannot access '/dev/kvm': No such file or directory", EvidenceKind.KERNEL_LOG,
				"[    0.2] kvm [1]: HYP mode not available\n"))
			.first()
			.satisfies((one) -> {
				assertThat(one.change()).isEqualTo("have the kernel started at EL2, so that it has HYP mode");
				assertThat(one.virtType()).isEqualTo("kvm");
				assertThat(one.verdict()).isEqualTo("ready");
			});
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
	void modulesAreNotLoadedBeforeTheSwitchInFirmware() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, INTEL, EvidenceKind.MODULES, "ext4 1 0\n",
				EvidenceKind.KERNEL_LOG, "[    1.230000] x86/cpu: VMX (outside TXT) disabled by BIOS\n"))
			.filteredOn((one) -> "kvm".equals(one.virtType()))
			.isNotEmpty()
			.allSatisfy((one) -> assertThat(one.changes()).first().isEqualTo("enable virtualization in firmware"))
			.first()
			.satisfies((one) -> assertThat(one.changes()).containsExactly("enable virtualization in firmware",
					"load kvm and kvm_intel"));
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
			.containsExactly(org.assertj.core.groups.Tuple.tuple("set virt_type = kvm in nova.conf", "ready"));
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

	@Test
	void namesTheOptionThatHasToBeMended() {
		assertThat(of(Known.UNKNOWN, EvidenceKind.CPUINFO, INTEL, EvidenceKind.MODULES,
				"kvm_intel 1 0\nkvm 1 1 kvm_intel\n", EvidenceKind.DEV_KVM,
				"crw-rw---- 1 root kvm 10, 232 Nov  3 19:40 /dev/kvm", EvidenceKind.NOVA_CONF, """
						[DEFAULT]
						compute_driver = libvirt.LibvirtDriver
						[libvirt]
						virt_type = kvm
						cpu_mode = host-model
						cpu_model = Nehalem
						"""))
			.extracting(Counterfactual::change, Counterfactual::verdict)
			.containsExactly(org.assertj.core.groups.Tuple.tuple("take cpu_model out of nova.conf", "ready"));
	}

	@Test
	void saysWhatToFindOutWhereAFactThatDecidesIsUnknown() {
		List<Counterfactual> found = of(Known.UNKNOWN, EvidenceKind.CPUINFO, INTEL);

		assertThat(found).extracting(Counterfactual::changes)
			.contains(List.of("hear from libvirt that it offers KVM guests"),
					List.of("find that QEMU's user may open /dev/kvm"));
		assertThat(found).allSatisfy((one) -> {
			assertThat(one.verdict()).isEqualTo("ready");
			assertThat(one.steps()).extracting(Counterfactual.Step::kind).containsOnly(Counterfactual.Step.Kind.LEARN);
		});
	}

	@Test
	void saysWhyNothingLeadsToKvm() {
		List<Counterfactual> found = of(Known.UNKNOWN, EvidenceKind.CPUINFO,
				"processor\t: 0\ncpu\t\t: POWER8 (architected)\n\nplatform\t: pSeries\n", EvidenceKind.MODULES, "",
				EvidenceKind.DEV_KVM, "ls: cannot access '/dev/kvm': No such file or directory");

		assertThat(found).last().satisfies((one) -> {
			assertThat(one.reachable()).isFalse();
			assertThat(one.change()).matches("none of the \\d+ sets of changes that were tried makes this node ready "
					+ "with kvm: This node cannot launch a guest, because .*");
			assertThat(one.verdict()).isEqualTo("blocked");
		});
		assertThat(found).filteredOn(Counterfactual::reachable)
			.extracting(Counterfactual::virtType)
			.containsOnly("qemu");
	}

	@Test
	void aProcessorWithoutVirtualizationIsNotHelpedByFirmware() {
		NodeFacts bare = facts(Known.UNKNOWN, EvidenceKind.CPUINFO, BARE, EvidenceKind.MODULES, "");
		HostFacts host = bare.host();
		NodeFacts cannot = new NodeFacts(bare.platform(), bare.cpuinfo(), bare.modules(), bare.devKvm(),
				bare.capabilities(), bare.domainCapabilities(), bare.novaConf(), bare.release(), bare.intent(),
				bare.seen(), bare.problems(),
				new HostFacts(
						new ProcessorRegisters(true, Known.NO, Known.NO, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN),
						host.parameters(), host.persistence(), host.qemuUser(), host.devices(), host.cgroups(),
						host.iommu(), host.software(), host.state(), host.guests()),
				bare.options(), bare.logs());

		assertThat(this.counterfactuals.of(cannot, this.advisor.assess(cannot)))
			.noneMatch((one) -> one.change().contains("firmware") && one.reachable())
			.anySatisfy((one) -> assertThat(String.valueOf(one.unreachable()))
				.contains("hardware virtualization is not available on this machine"));
	}

	@Test
	void isNeverSilentAboutANodeThatIsNotReadyWithKvm() {
		for (NodeFacts node : nodes()) {
			Assessment present = this.advisor.assess(node);
			boolean ready = present.verdict() == Verdict.READY && "kvm".equals(present.recommendation().virtType());
			List<Counterfactual> found = this.counterfactuals.of(node, present);

			assertThat(found.isEmpty()).as("%s%n%s", node, present.verdict()).isEqualTo(ready);
			boolean reached = found.stream()
				.anyMatch((one) -> one.verdict().equals("ready") && "kvm".equals(one.virtType()) && one.reachable());
			assertThat(found.stream().filter((one) -> !one.reachable())).as("%s", node)
				.hasSize((ready || reached) ? 0 : 1);
		}
	}

	@Test
	void everySetIsMinimalAndEverySingleChangeThatHelpsIsFound() {
		int sets = 0;
		int singles = 0;
		for (NodeFacts node : nodes()) {
			Assessment present = this.advisor.assess(node);
			List<Counterfactual> found = this.counterfactuals.of(node, present);
			Trials trials = new Trials(this.advisor, node, present);
			assertThat(trials.complete()).isTrue();
			for (Trial trial : trials.all()) {
				Counterfactual shown = trial.shown(node, present);
				if (found.stream().anyMatch((one) -> one.reachable() && one.equals(shown))) {
					sets++;
					assertThat(partsThatDoAsWell(trial, node, present)).as("%s%n%s", shown, node).isEmpty();
				}
			}
			for (FactChange change : FactChange.values()) {
				if (change.possible(node, present) && present.verdict() != Verdict.READY
						&& (change.kind() == Counterfactual.Step.Kind.DO || Trials.undecided(present))) {
					Assessment then = this.advisor.assess(change.apply(node, present));
					if (then.verdict() == Verdict.READY && "kvm".equals(then.recommendation().virtType())) {
						singles++;
						assertThat(found).as("%s %s", change, node)
							.extracting(Counterfactual::changes)
							.contains(List.of(change.words(node, present)));
					}
				}
			}
		}
		assertThat(sets).isGreaterThan(60);
		assertThat(singles).isGreaterThan(5);
	}

	/** Done by hand, without the search: every proper part, in the same order. */
	private List<Counterfactual> partsThatDoAsWell(Trial trial, NodeFacts node, Assessment present) {
		List<Counterfactual> parts = new ArrayList<>();
		int all = trial.changes().size() + trial.options().size();
		for (int bits = 0; bits < (1 << all) - 1; bits++) {
			List<FactChange> changes = new ArrayList<>();
			List<OptionChange> options = new ArrayList<>();
			NodeFacts facts = node;
			Assessment then = present;
			boolean sensible = true;
			for (int at = 0; at < trial.changes().size(); at++) {
				if (((bits >> at) & 1) == 1) {
					sensible &= trial.changes().get(at).kind() == Counterfactual.Step.Kind.DO || Trials.undecided(then);
					changes.add(trial.changes().get(at));
					facts = trial.changes().get(at).apply(facts, then);
					then = this.advisor.assess(facts);
				}
			}
			List<OptionChange> wanted = OptionChange.of(facts, then);
			for (int at = 0; at < trial.options().size(); at++) {
				if (((bits >> (trial.changes().size() + at)) & 1) == 1) {
					String name = trial.options().get(at).setting().option();
					OptionChange same = wanted.stream()
						.filter((each) -> each.setting().option().equals(name))
						.findFirst()
						.orElse(null);
					sensible &= same != null;
					if (same != null) {
						options.add(same);
						facts = same.apply(facts);
					}
				}
			}
			Trial part = new Trial(changes, options, facts, this.advisor.assess(facts));
			if (sensible && part.launches() && part.makesNeedless(trial)) {
				parts.add(part.shown(node, present));
			}
		}
		return parts;
	}

	/** Every seventh of all combinations, so that each part meets each other. */
	private List<NodeFacts> nodes() {
		List<NodeFacts> nodes = new ArrayList<>();
		String power = "processor\t: 0\ncpu\t\t: POWER8E (raw)\n\nplatform\t: PowerNV\n";
		List<@Nullable String> modules = new ArrayList<>(
				List.of("", "kvm 1 0\n", "kvm_intel 1 0\nkvm 1 1 kvm_intel\n"));
		modules.add(null);
		List<@Nullable String> devices = new ArrayList<>(
				List.of("ls: cannot access '/dev/kvm': No such file or directory",
						"crw-rw---- 1 root kvm 10, 232 Nov  3 19:40 /dev/kvm",
						"crw------- 1 root root 10, 232 Nov  3 19:40 /dev/kvm"));
		devices.add(null);
		List<@Nullable String> files = new ArrayList<>(List.of("[libvirt]\nvirt_type = qemu\ncpu_model = Nehalem\n",
				"no section = 1\n",
				"[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n[libvirt]\nvirt_type = kvm\ncpu_mode = hosts\n"));
		files.add(null);
		for (String cpu : List.of(INTEL, BARE, GUEST, power)) {
			for (String lsmod : modules) {
				for (String device : devices) {
					for (String file : files) {
						Known accept = (nodes.size() % 3 == 0) ? Known.YES : Known.UNKNOWN;
						nodes.add(facts(accept, EvidenceKind.CPUINFO, cpu, EvidenceKind.MODULES, lsmod,
								EvidenceKind.DEV_KVM, device, EvidenceKind.NOVA_CONF, file));
					}
				}
			}
		}
		List<NodeFacts> some = new ArrayList<>();
		for (int at = 0; at < nodes.size(); at += 7) {
			some.add(nodes.get(at));
		}
		return some;
	}

	private List<Counterfactual> of(Known acceptEmulation, Object... kindsAndTexts) {
		NodeFacts facts = facts(acceptEmulation, kindsAndTexts);
		return this.counterfactuals.of(facts, this.advisor.assess(facts));
	}

	private NodeFacts facts(Known acceptEmulation, @Nullable Object... kindsAndTexts) {
		List<Evidence.Item> items = new ArrayList<>();
		for (int i = 0; i < kindsAndTexts.length; i += 2) {
			if (kindsAndTexts[i] instanceof EvidenceKind kind && kindsAndTexts[i + 1] instanceof String text) {
				items.add(new Evidence.Item(kind, text));
			}
		}
		Intent intent = new Intent(Intent.Environment.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, acceptEmulation,
				java.util.Set.of(), Known.UNKNOWN);
		return this.reader.read(new Evidence(items, "2024.1", intent));
	}

	@Configuration
	@ComponentScan({ "io.virtwise.rules.internal", "io.virtwise.facts.internal", "io.virtwise.nova.internal",
			"io.virtwise.nova" })
	static class Rooms {

	}

}
