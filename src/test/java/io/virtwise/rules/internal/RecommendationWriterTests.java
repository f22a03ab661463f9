package io.virtwise.rules.internal;

import java.util.List;
import java.util.Map;
import java.util.Random;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.Intent;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.Platform;
import io.virtwise.nova.NovaRelease;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Conflict;
import io.virtwise.rules.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecommendationWriter}: rules that want different values for one
 * option, planted on purpose.
 */
class RecommendationWriterTests {

	private static final NodeFacts X86 = new NodeFacts(new Platform(ArchFamily.X86, "x86_64", Known.NO, Known.UNKNOWN),
			CpuInfo.UNKNOWN, KernelModules.UNKNOWN, DevKvm.UNKNOWN, Capabilities.UNKNOWN, List.of(),
			NovaConfFacts.UNKNOWN, NovaRelease.parse("29").orElseThrow(), Intent.UNKNOWN, Map.of(), List.of());

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			libvirt/virt_type=qemu             | libvirt/virt_type=kvm                  | kvm
			libvirt/virt_type=qemu             | libvirt/virt_type=lxc                  | lxc
			libvirt/virt_type=qemu             | -libvirt/virt_type                     |
			libvirt/cpu_mode=host-passthrough  | libvirt/cpu_mode=host-model            | host-model
			libvirt/cpu_mode=host-model        | libvirt/cpu_mode=custom                | custom
			libvirt/cpu_mode=none              | libvirt/cpu_mode=host-passthrough      | host-passthrough
			-libvirt/cpu_mode                  | libvirt/cpu_mode=host-passthrough      |
			DEFAULT/compute_driver=fake.Driver | DEFAULT/compute_driver=libvirt.LibvirtDriver | libvirt.LibvirtDriver
			-DEFAULT/compute_driver            | DEFAULT/compute_driver=fake.Driver     | fake.Driver
			libvirt/cpu_models=Nehalem         | -libvirt/cpu_models                    |
			libvirt/disk_cachemodes=file=none  | -libvirt/disk_cachemodes               |
			""")
	void takesTheSaferOfEqualRightWhicheverRuleWantsIt(String one, String other, String taken) {
		for (List<String> wanted : List.of(List.of(one, other), List.of(other, one))) {
			Assessment assessment = assess(rule("V901", "INFO", "", settings(wanted.get(0))),
					rule("V902", "INFO", "", settings(wanted.get(1))));

			Conflict conflict = only(assessment);
			assertThat(conflict.taken()).isEqualTo(taken);
			assertThat(conflict.values()).extracting(Assessment.RecommendedSetting::rule)
				.containsExactly("V901", "V902");
			assertThat(conflict.why()).startsWith("The rules have equal right, so the safer value is taken: ");
			assertThat(assessment.recommendation().settings()).singleElement()
				.satisfies((each) -> assertThat(each.setting().value()).isEqualTo(taken));
		}
	}

	@Test
	void aModelStaysWithCustomAndGoesWithoutIt() {
		String model = settings("libvirt/cpu_models=Nehalem");
		String without = settings("-libvirt/cpu_models");

		Assessment custom = assess(rule("V901", "INFO", "", model), rule("V902", "INFO", "", without),
				rule("V903", "INFO", "", settings("libvirt/cpu_mode=custom")));
		Assessment silentlyCustom = assess(rule("V901", "INFO", "", model), rule("V902", "INFO", "", without),
				rule("V903", "INFO", "", "advise.recommend(\"cpu_mode=custom\");"));
		Assessment hostModel = assess(rule("V901", "INFO", "", model), rule("V902", "INFO", "", without),
				rule("V903", "INFO", "", settings("libvirt/cpu_mode=host-model")));

		assertThat(only(custom).taken()).isEqualTo("Nehalem");
		assertThat(only(silentlyCustom).taken()).isEqualTo("Nehalem");
		assertThat(only(hostModel).taken()).isNull();
	}

	@Test
	void theWorseSeverityWinsEvenWithTheLessSafeValue() {
		Assessment assessment = assess(rule("V901", "INFO", "", settings("libvirt/virt_type=kvm")),
				rule("V902", "HIGH", "", settings("libvirt/virt_type=qemu")));

		assertThat(only(assessment).taken()).isEqualTo("qemu");
		assertThat(only(assessment).why()).isEqualTo("Rule V902 counts more: it is about something worse.");
	}

	@Test
	void theRuleAboutFewerReleasesWins() {
		Assessment assessment = assess(rule("V901", "INFO", "", settings("libvirt/cpu_mode=host-model")),
				rule("V902", "INFO", "@since(20)", settings("libvirt/cpu_mode=none")));

		assertThat(only(assessment).taken()).isEqualTo("none");
		assertThat(only(assessment).why()).isEqualTo("Rule V902 counts more: it is about fewer releases.");
	}

	@Test
	void aLineAndAnotherValueInForceAreInConflictToo() {
		Assessment assessment = assess(rule("V901", "INFO", "", settings("libvirt/virt_type=qemu")),
				rule("V902", "INFO", "", "advise.recommend(\"virt_type=kvm\");"));

		assertThat(only(assessment).taken()).isEqualTo("kvm");
		assertThat(assessment.recommendation().virtType()).isEqualTo("kvm");
		assertThat(assessment.recommendation().settings()).isEmpty();
	}

	@Test
	void listsInForceTakeTheSaferToo() {
		Assessment assessment = assess(rule("V901", "INFO", "", "advise.recommend(\"kernel_modules=kvm\");"),
				rule("V902", "INFO", "", "advise.recommend(\"kernel_modules=kvm,kvm_intel\");"));

		assertThat(only(assessment).taken()).isEqualTo("kvm,kvm_intel");
		assertThat(assessment.recommendation().kernelModules()).containsExactly("kvm", "kvm_intel");
	}

	@Test
	void rulesThatWantTheSameAreNoConflict() {
		Assessment assessment = assess(rule("V901", "INFO", "", settings("libvirt/virt_type=kvm")),
				rule("V902", "HIGH", "", settings("libvirt/virt_type=kvm")),
				rule("V903", "INFO", "", "advise.recommend(\"virt_type=kvm\");"));

		assertThat(assessment.conflicts()).isEmpty();
		assertThat(assessment.recommendation().settings()).singleElement()
			.satisfies((each) -> assertThat(each.rule()).isEqualTo("V902"));
	}

	@Test
	void orderOfRulesDoesNotMatter() {
		Rulebase rulebase = rulebase(rule("V901", "INFO", "", settings("libvirt/cpu_mode=none")),
				rule("V902", "INFO", "", settings("libvirt/cpu_mode=custom")),
				rule("V903", "WARN", "", settings("libvirt/cpu_mode=host-model")));
		Assessment expected = Assessments.of(rulebase, X86);
		for (int seed = 0; seed < 20; seed++) {
			assertThat(Assessments.shuffled(rulebase, X86, new Random(seed))).isEqualTo(expected);
		}
		assertThat(only(expected).taken()).isEqualTo("host-model");
	}

	@Test
	void theShippedRulesNeverDisagree() {
		for (RuleCase one : RuleCase.shipped()) {
			assertThat(Assessments.of(Assessments.SHIPPED, one.facts()).conflicts())
				.as("%s › %s", one.rule(), one.name())
				.isEmpty();
		}
		RandomNodes nodes = new RandomNodes(31);
		for (int at = 0; at < 1_000; at++) {
			NodeFacts facts = nodes.next();
			assertThat(Assessments.of(Assessments.SHIPPED, facts).conflicts()).as("%s", facts).isEmpty();
		}
	}

	private static Conflict only(Assessment assessment) {
		assertThat(assessment.conflicts()).hasSize(1);
		return assessment.conflicts().get(0);
	}

	private static Assessment assess(String... rules) {
		return Assessments.of(rulebase(rules), X86);
	}

	private static Rulebase rulebase(String... rules) {
		return Rulebase.of(1, List.of(new RuleSource("planted.drl", String.join("\n", rules))));
	}

	private static String settings(String setting) {
		return "advise.settings(\"" + setting + "\");";
	}

	private static String rule(String id, String severity, String releases, String consequence) {
		return """
				rule "%1$s sets" @id(%1$s) @doc("nova x") @severity(%2$s) %3$s
				when
				    Platform(family == ArchFamily.X86)
				    %5$s
				then
				    %4$s
				end
				""".formatted(id, severity, releases, consequence,
				releases.isEmpty() ? "" : "Release(known == true, major >= 20)");
	}

}
