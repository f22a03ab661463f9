package io.virtwise.rules.internal;

import java.util.List;
import java.util.Map;

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
import io.virtwise.rules.Assessment.Conflict;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.Severity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How assessments are written down: evidence, cause chain, order, conflicts.
 */
class AssessmentWriterTests {

	private static final NodeFacts INTEL_WITHOUT_MODULES = new NodeFacts(
			new Platform(ArchFamily.X86, "x86_64", Known.NO, Known.UNKNOWN),
			new CpuInfo(true, 8, "GenuineIntel", "Xeon", Known.YES, Known.NO, Known.UNKNOWN, Known.NO, null,
					Known.UNKNOWN, Known.UNKNOWN),
			new KernelModules(true, Known.NO, List.of()), new DevKvm(Known.NO, null, null, null, Known.UNKNOWN),
			Capabilities.UNKNOWN, List.of(), NovaConfFacts.UNKNOWN, null, Intent.UNKNOWN,
			Map.of("CpuInfo.vendorId", List.of(new EvidenceLine("/proc/cpuinfo", 2, "vendor_id : GenuineIntel")),
					"CpuInfo.vmx", List.of(new EvidenceLine("/proc/cpuinfo", 19, "flags : fpu vmx")),
					"KernelModules.loaded", List.of(new EvidenceLine("lsmod", 0, "")), "DevKvm.present",
					List.of(new EvidenceLine("ls -l /dev/kvm", 1, "No such file or directory"))),
			List.of());

	@Test
	void showsTheEvidenceOfAFindingAsLinesThatPeopleRead() {
		Finding missing = finding(assess(), "S19");

		assertThat(missing.evidence()).contains("/proc/cpuinfo line 2: vendor_id : GenuineIntel",
				"lsmod: printed nothing");
	}

	@Test
	void leadsFromTheFindingDownToTheEvidence() {
		Finding missing = finding(assess(), "S19");

		Cause modules = cause(missing, "V206");
		assertThat(modules.conclusion()).isEqualTo("The module kvm_intel is not loaded.");
		assertThat(modules.from()).contains("lsmod: printed nothing");
		Cause unusable = cause(missing, "V409");
		assertThat(unusable.from()).contains("V206");
		assertThat(missing.cause().indexOf(unusable)).isNotNegative();
		assertThat(cause(missing, "V101").from()).containsExactly("/proc/cpuinfo line 19: flags : fpu vmx");
	}

	@Test
	void putsTheWorstFirstThenGoesByRule() {
		List<Finding> findings = assess().findings();

		assertThat(findings).extracting(Finding::severity).isSorted();
		assertThat(findings.stream().filter((one) -> one.severity() == Severity.BLOCK)).extracting(Finding::rule)
			.isSorted();
	}

	@Test
	void readsStepsByTheirMarks() {
		Finding missing = finding(assess(), "S19");

		assertThat(missing.remediation().get(0)).isEqualTo(new Assessment.Step("modprobe -a kvm-intel", true, null));
		assertThat(missing.remediation().get(2))
			.isEqualTo(new Assessment.Step("lsmod | grep kvm", false, "should now list kvm_intel"));
		assertThat(missing.requires()).containsExactly("re-login");
	}

	@Test
	void showsRulesThatDisagreeAndTakesTheWorseSeverity() {
		Rulebase rulebase = Rulebase.of(7, List
			.of(new RuleSource("x.drl", settingRule("V901", "INFO", "none") + settingRule("V902", "BLOCK", "custom"))));

		Assessment assessment = Assessments.of(rulebase, INTEL_WITHOUT_MODULES);

		assertThat(assessment.conflicts()).singleElement()
			.satisfies((conflict) -> assertThat(conflict.taken()).isEqualTo("custom"))
			.extracting(Conflict::values)
			.satisfies((values) -> assertThat(values).hasSize(2));
		assertThat(assessment.recommendation().cpuMode()).isEqualTo("custom");
		assertThat(assessment.rulebase().revision()).isEqualTo(7);
	}

	@Test
	void mergesFindingsThatSayTheSame() {
		Rulebase rulebase = Rulebase.of(1, List.of(new RuleSource("x.drl", """
				rule "V901 Either way" @id(V901) @doc("nova x") @severity(WARN)
				when
				    (CpuInfo(vmx == Known.YES) or Platform(family == ArchFamily.X86))
				then
				    advise.finding("Said once", "why");
				end
				""")));

		assertThat(Assessments.of(rulebase, INTEL_WITHOUT_MODULES).findings()).hasSize(1);
	}

	private static String settingRule(String id, String severity, String mode) {
		return """
				rule "%1$s sets" @id(%1$s) @doc("nova x") @severity(%2$s)
				when
				    CpuInfo(known == true)
				then
				    advise.settings("libvirt/cpu_mode=%3$s");
				end
				""".formatted(id, severity, mode);
	}

	private static Assessment assess() {
		return Assessments.of(Assessments.SHIPPED, INTEL_WITHOUT_MODULES);
	}

	private static Finding finding(Assessment assessment, String rule) {
		return assessment.findings().stream().filter((one) -> one.rule().equals(rule)).findFirst().orElseThrow();
	}

	private static Cause cause(Finding finding, String rule) {
		return finding.cause().stream().filter((one) -> one.rule().equals(rule)).findFirst().orElseThrow();
	}

}
