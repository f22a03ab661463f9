package io.virtwise.rules.internal;

import java.util.List;

import io.virtwise.rules.NewRule;
import io.virtwise.rules.NewRule.Advice;
import io.virtwise.rules.NewRule.Clause;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link RuleWriter}.
 */
class RuleWriterTests {

	private static final Advice FINDING = new Advice("finding", "vmx is \"there\"", "So\nit can \\o/.",
			List.of("# lsmod", " ", "- be glad"));

	@Test
	void writesEachValueAsItsFieldWantsIt() {
		String text = new RuleWriter().write(rule(FINDING, new Clause("CpuInfo.vmx", "==", "yes"),
				new Clause("NovaConfFacts.cpuMode", "!=", "null"), new Clause("CpuInfo.logicalCpus", ">=", "2"),
				new Clause("NovaConfFacts.parses", "==", "true"), new Clause("NovaConfFacts.virtType", "==", "kvm"),
				new Clause("Conclusion.answer", "==", "Answer.host-model")));

		assertThat(text).isEqualTo("""
				rule "V950 It can"
				@id(V950) @doc("nova conf/libvirt") @severity(INFO)
				when
				    CpuInfo(vmx == Known.YES, logicalCpus >= 2)
				    NovaConfFacts(cpuMode != null, parses == true, virtType == "kvm")
				    Conclusion(answer == Answer.HOST_MODEL)
				then
				    advise.finding("vmx is \\"there\\"", "So\\nit can \\\\o/.", "# lsmod", "- be glad");
				end
				""");
	}

	@Test
	void writesLinesForNovaConf() {
		assertThat(new RuleWriter()
			.write(rule(new Advice("settings", "", "", List.of("libvirt/cpu_mode=host-model", "-libvirt/cpu_model")),
					new Clause("CpuInfo.vmx", "==", "YES"))))
			.contains("    advise.settings(\"libvirt/cpu_mode=host-model\", \"-libvirt/cpu_model\");\n");
	}

	@Test
	void saysOfEachFieldWhatIsWrong() {
		assertThat(
				faults(new NewRule("950", "a \"b\"", "", "", "BAD", List.of(), new Advice("shout", "", "", List.of()))))
			.extracting(FieldFault::field)
			.containsExactlyInAnyOrder("id", "title", "document", "passage", "severity", "conditions", "adviceKind");
		assertThat(faults(rule(FINDING, new Clause("CpuInfo.vmxx", "==", "YES"), new Clause("CpuInfo.vmx", "=", "YES"),
				new Clause("CpuInfo.vmx", "<", "YES"), new Clause("CpuInfo.vmx", "==", "YEP"),
				new Clause("CpuInfo.logicalCpus", "==", "two"), new Clause("CpuInfo.logicalCpus", "==", "null"),
				new Clause("NovaConfFacts.parses", "==", "yes"), new Clause("NovaConfFacts.virtType", "==", "k\"vm"),
				new Clause("KernelModules.loaded", "==", "kvm"))))
			.extracting((one) -> one.field() + " " + one.message())
			.containsExactly("conditions[0].field names a fact and its field, as CpuInfo.vmx; perhaps CpuInfo.vmx",
					"conditions[1].operator is one of ==, !=, <, <=, >, >=",
					"conditions[2].operator < compares numbers, and CpuInfo.vmx is none: take == or !=",
					"conditions[3].value is a word of Known, perhaps YES",
					"conditions[4].value is a whole number of at most nine digits",
					"conditions[5].value is a whole number of at most nine digits",
					"conditions[6].value is true or false",
					"conditions[7].value is a text without quotes and backslashes",
					"conditions[8].field names a fact and its field, as CpuInfo.vmx; perhaps KernelModules.loaded");
	}

	@Test
	void refusesAdviceThatNobodyCouldRead() {
		Clause any = new Clause("CpuInfo.vmx", "==", "YES");
		assertThat(faults(rule(new Advice("finding", "", "{mode}", List.of("lsmod")), any)))
			.extracting(FieldFault::field)
			.containsExactly("adviceTitle", "adviceWhy", "adviceLines");
		assertThat(faults(rule(new Advice("settings", "", "", List.of()), any))).extracting(FieldFault::field)
			.containsExactly("adviceLines");
		assertThat(faults(rule(new Advice("recommend", "", "", List.of("cpu_mood=none")), any)))
			.extracting(FieldFault::message)
			.first()
			.asString()
			.contains("cpu_mood=none", "cpu_mode");
	}

	/** What a field may hold, it may not break out of its place with. */
	@Test
	void writesOneRuleWhateverTheTextsSay() {
		String hostile = "x\"); end rule \"V1 // */ \\\" \\n";
		assertThat(new RuleWriter().write(rule(new Advice("finding", hostile, hostile, List.of("# " + hostile)),
				new Clause("CpuInfo.modelName", "==", "); end rule // */"))))
			.contains("modelName == \"); end rule // */\"");
	}

	private static NewRule rule(Advice advice, Clause... clauses) {
		return new NewRule("V950", "It can", "nova", "conf/libvirt", "INFO", List.of(clauses), advice);
	}

	private static List<FieldFault> faults(NewRule rule) {
		Refused refused = catchThrowableOfType(Refused.class, () -> new RuleWriter().write(rule));
		return refused.faults();
	}

}
