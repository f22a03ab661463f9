package io.virtwise.recommendation.terminal;

import java.util.List;

import org.junit.jupiter.api.Test;

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
import io.virtwise.facts.Problem;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Conflict;
import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.Assessment.Step;
import io.virtwise.rules.Severity;
import io.virtwise.rules.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An assessment on a terminal of 80 columns.
 */
class AssessmentTextTests {

	private static final Finding MODULES = new Finding("S19", Severity.BLOCK, false,
			"The module kvm_intel is not loaded",
			"The processor can do it, and the kernel has not been told. ".repeat(4).strip(),
			List.of("lsmod line 3: \u001B[31mkvm\u001B[0m\u0007 1 0"),
			List.of(new Step(
					"modprobe -a kvm kvm-intel  # a command that is much longer than a terminal of 80 columns is wide",
					true, "loads it now"), new Step("lsmod | grep kvm", false, null),
					new Step(null, false, "Or use another machine.")),
			List.of("restart-nova-compute", "coffee"), new Document("hypervisors-3.11", "3.11.2.1.1"), List.of());

	private static final List<Counterfactual> OTHERWISE = List
		.of(new Counterfactual(List.of("enable it in firmware", "reboot"), "kvm", "host-model", "action-required"));

	@Test
	void saysVerdictLinesAndFindings() {
		assertThat(new AssessmentText(false).of(facts(), assessment(Verdict.BLOCKED), OTHERWISE)).isEqualTo(
				"""
						BLOCKED
						This node cannot launch a guest.

						Lines for nova.conf
						    [DEFAULT]
						    compute_driver = libvirt.LibvirtDriver

						    [libvirt]
						    virt_type = kvm

						Take out of nova.conf
						    [libvirt] cpu_model

						Findings

						BLOCK  S19 The module kvm_intel is not loaded
						       The processor can do it, and the kernel has not been told. The processor
						       can do it, and the kernel has not been told. The processor can do it, and
						       the kernel has not been told. The processor can do it, and the kernel has
						       not been told.
						       Seen: lsmod line 3: \\x1b[31mkvm\\x1b[0m\\x07 1 0
						       Do:   # modprobe -a kvm kvm-intel  # a command that is much longer than a terminal of 80 columns is wide
						             loads it now
						       Do:   $ lsmod | grep kvm
						       Do:   Or use another machine.
						       Then: restart nova-compute
						       Then: coffee
						       See:  hypervisors-3.11, 3.11.2.1.1

						What would have to be different
						    enable it in firmware, then reboot: action required with virt_type kvm

						Rules that disagree
						    [libvirt] cpu_mode: none (P1) or host-model (P2); taken: none

						Not understood
						    nova-conf, line 7: This is odd.

						Rulebase 1, sha256 abc
						""");
	}

	@Test
	void coloursVerdictSeveritiesAndHeadingsOnly() {
		String text = new AssessmentText(true).of(facts(), assessment(Verdict.READY), OTHERWISE);

		assertThat(text).contains("\u001B[1;32mREADY\u001B[0m\n", "\u001B[1;31mBLOCK\u001B[0m  S19",
				"\u001B[1;1mFindings\u001B[0m");
		assertThat(text.replaceAll("\u001B\\[1;\\d+m|\u001B\\[0m", "")).doesNotContain("\u001B")
			.isEqualTo(new AssessmentText(false).of(facts(), assessment(Verdict.READY), OTHERWISE));
	}

	@Test
	void wrapsEverythingButCommands() {
		new AssessmentText(false).of(facts(), assessment(Verdict.BLOCKED), OTHERWISE)
			.lines()
			.filter((line) -> !line.contains("Do:   #"))
			.forEach((line) -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
	}

	private static Assessment assessment(Verdict verdict) {
		List<RecommendedSetting> settings = List.of(
				new RecommendedSetting(new Setting("libvirt", "virt_type", "kvm"), "S11"),
				new RecommendedSetting(new Setting("libvirt", "cpu_model", null), "P1"));
		Conflict conflict = new Conflict("libvirt", "cpu_mode",
				List.of(new RecommendedSetting(new Setting("libvirt", "cpu_mode", "none"), "P1"),
						new RecommendedSetting(new Setting("libvirt", "cpu_mode", "host-model"), "P2")),
				"none");
		return new Assessment(new RulebaseRevision(1, "abc"), verdict, "This node cannot launch a guest.",
				new Recommendation("libvirt.LibvirtDriver", "kvm", null, List.of(), settings, List.of(), List.of()),
				"[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n\n[libvirt]\nvirt_type = kvm\n", List.of(MODULES),
				List.of(conflict), null, List.of());
	}

	private static NodeFacts facts() {
		return new NodeFacts(new Platform(ArchFamily.UNKNOWN, null, Known.UNKNOWN, Known.UNKNOWN), CpuInfo.UNKNOWN,
				KernelModules.UNKNOWN, DevKvm.UNKNOWN, Capabilities.UNKNOWN, List.of(), NovaConfFacts.UNKNOWN, null,
				Intent.UNKNOWN, java.util.Map.of(), List.of(new Problem("nova-conf", 7, "This is odd.")));
	}

}
