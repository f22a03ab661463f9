package io.virtwise.rules.internal;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Intent;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.Platform;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.How;
import io.virtwise.rules.Assessment.Source;
import io.virtwise.rules.Chains;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CauseChain}: from every finding and setting down to evidence, or to a
 * fact that nobody knows.
 */
class CauseChainTests {

	@Test
	void everyChainOfEveryRuleCaseEndsInEvidenceOrInAnUnknownFact() {
		for (RuleCase one : RuleCase.shipped()) {
			assertThat(Chains.faults(Assessments.of(Assessments.SHIPPED, one.facts())))
				.as("%s › %s", one.rule(), one.name())
				.isEmpty();
		}
	}

	@Test
	void everyChainOfMadeUpNodesEndsAndIsTheSameInAnyOrder() {
		RandomNodes nodes = new RandomNodes(21);
		Random order = new Random(22);
		for (int at = 0; at < 300; at++) {
			NodeFacts facts = nodes.next();
			Assessment assessment = Assessments.of(Assessments.SHIPPED, facts);
			assertThat(Chains.faults(assessment)).as("%s", facts).isEmpty();
			assertThat(Assessments.shuffled(Assessments.SHIPPED, facts, order)).isEqualTo(assessment);
		}
	}

	@Test
	void namesTheFactThatNobodyKnows() {
		Assessment nothing = Assessments.of(Assessments.SHIPPED, facts(CpuInfo.UNKNOWN, NovaConfFacts.UNKNOWN));

		assertThat(link(finding(nothing, "V420").cause(), "V420").sources())
			.contains(new Source(How.UNKNOWN, "nobody looked at /proc/cpuinfo"));
		assertThat(link(finding(nothing, "V420").cause(), "V404").sources()).contains(
				new Source(How.UNKNOWN, "nobody asked libvirt what the host can do (virsh capabilities)"),
				new Source(How.UNKNOWN, "nobody asked libvirt what guests can have (virsh domcapabilities)"));
	}

	@Test
	void everyGroupOfFactsThatARuleMayNameSaysThatNobodyLooked() {
		NodeFacts nothing = facts(CpuInfo.UNKNOWN, NovaConfFacts.UNKNOWN);
		Vocabulary vocabulary = new Vocabulary();
		for (String type : Vocabulary.imports()) {
			String group = type.substring(type.lastIndexOf('.') + 1);
			// what rules derive, what is asked about by the field, and what only other
			// nodes say
			boolean other = Set.of("Conclusion", "Platform", "Intent", "NodeGroup", "GroupModel", "Move")
				.contains(group);
			if (vocabulary.isFact(group) && !other) {
				String first = vocabulary.fieldsOf(group).iterator().next();
				List<Mention> looked = List.of(Mention.of(group + "." + first));
				assertThat(new FactsBehind(nothing).unknown(looked)).as(group)
					.singleElement()
					.extracting(Source::what)
					.asString()
					.startsWith("nobody ")
					.doesNotContain("nobody knows");
			}
		}
	}

	@Test
	void tellsWhatSpeaksForTheContraryAndWhatComesToTheSame() {
		Finding unusable = finding(Assessments.of(Assessments.SHIPPED, facts(intel(Known.YES), conf("kvm", Map.of()))),
				"P21");

		assertThat(how(unusable, "V603")).isEqualTo(How.ALTHOUGH);
		assertThat(how(unusable, "V409")).isEqualTo(How.BECAUSE);
		assertThat(how(unusable, "V410")).isEqualTo(How.CONFIRMED);
	}

	@Test
	void whatIsKnownStandsBeforeWhatIsNot() {
		Finding unusable = finding(Assessments.of(Assessments.SHIPPED, facts(intel(Known.YES), conf("kvm", Map.of()))),
				"P21");

		assertThat(link(unusable.cause(), "V409").from()).startsWith("V206").endsWith("V404");
	}

	@Test
	void aSettingHasTheChainOfTheRuleThatAsksForIt() {
		Assessment assessment = Assessments.of(Assessments.SHIPPED, facts(intel(Known.YES), conf("qemu", Map.of())));

		List<Cause> chain = assessment.recommendation()
			.settings()
			.stream()
			.filter((each) -> each.setting().option().equals("virt_type"))
			.findFirst()
			.orElseThrow()
			.cause();
		assertThat(chain.get(0))
			.isEqualTo(Cause.of("S11", "[libvirt] virt_type = kvm", List.of(new Source(How.BECAUSE, "V501"))));
		assertThat(link(chain, "V101").sources())
			.containsExactly(new Source(How.SEEN, "/proc/cpuinfo line 19: flags : fpu vmx"));
		assertThat(assessment.recommendation().inForce())
			.anySatisfy((each) -> assertThat(each.setting().option()).isEqualTo("kernel_modules"));
	}

	@Test
	void oneFindingOfTwoFiringsRestsOnBoth() {
		Cause top = Cause.of("S1", "said once", List.of(new Source(How.SEEN, "b")));
		Cause same = Cause.of("S1", "said once", List.of(new Source(How.SEEN, "a"), new Source(How.BECAUSE, "V1")));
		Cause below = Cause.of("V1", "below", List.of(new Source(How.UNKNOWN, "nobody looked")));

		List<Cause> merged = CauseChain.merge(List.of(top), List.of(same, below));

		assertThat(merged).containsExactly(
				Cause.of("S1", "said once",
						List.of(new Source(How.BECAUSE, "V1"), new Source(How.SEEN, "a"), new Source(How.SEEN, "b"))),
				below);
		assertThat(CauseChain.merge(List.of(same, below), List.of(top))).isEqualTo(merged);
	}

	private static How how(Finding finding, String rule) {
		return link(finding.cause(), finding.rule()).sources()
			.stream()
			.filter((source) -> source.what().equals(rule))
			.findFirst()
			.orElseThrow()
			.how();
	}

	private static Finding finding(Assessment assessment, String rule) {
		return assessment.findings().stream().filter((one) -> one.rule().equals(rule)).findFirst().orElseThrow();
	}

	private static Cause link(List<Cause> chain, String rule) {
		return chain.stream().filter((one) -> one.rule().equals(rule)).findFirst().orElseThrow();
	}

	private static CpuInfo intel(Known vmx) {
		return new CpuInfo(true, 8, "GenuineIntel", "Xeon", vmx, Known.NO, Known.UNKNOWN, Known.NO, null, Known.UNKNOWN,
				Known.UNKNOWN);
	}

	private static NovaConfFacts conf(String virtType, Map<String, String> more) {
		return new NovaConfFacts(true, true, null, null, "libvirt.LibvirtDriver", virtType, more.get("cpu_mode"), null,
				null, List.of(), List.of(), List.of(), List.of());
	}

	private static NodeFacts facts(CpuInfo cpu, NovaConfFacts conf) {
		boolean known = cpu.known();
		return new NodeFacts(
				new Platform(known ? ArchFamily.X86 : ArchFamily.UNKNOWN, null, Known.UNKNOWN, Known.UNKNOWN), cpu,
				known ? new KernelModules(true, Known.NO, List.of()) : KernelModules.UNKNOWN,
				known ? new DevKvm(Known.NO, null, null, null, Known.UNKNOWN) : DevKvm.UNKNOWN, Capabilities.UNKNOWN,
				List.of(), conf, null, Intent.UNKNOWN,
				Map.of("CpuInfo.vmx", List.of(new EvidenceLine("/proc/cpuinfo", 19, "flags : fpu vmx"))), List.of());
	}

}
