package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.virtwise.nova.NovaConfFragment;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RuleWorkshop.CaseReport;
import io.virtwise.rules.RulebaseAtStart;
import io.virtwise.rules.RulesRefused;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What whoever writes rules can do with the files of a rulebase.
 */
class RuleWorkshopTests {

	private static final RuleSource RULE = new RuleSource("a.drl", """
			rule "V901 The processor can" @id(V901) @doc("test 1") @severity(INFO)
			when
			    CpuInfo(vmx == Known.YES)
			then
			    conclude.that(Topic.HARDWARE, Answer.YES, "It can.");
			end
			""");

	private static final RuleSource BASES = new RuleSource("base-nodes.yaml",
			"nothing: {}\nintel: { cpuinfo: { vmx: true } }\n");

	private static final RuleSource CASES = new RuleSource("a.cases.yaml", """
			- rule: V901
			  case: it can
			  base: intel
			  fires: [V901]
			- rule: V901
			  case: nobody knows
			  base: nothing
			  silent: [V901]
			""");

	private static final RulebaseAtStart AT_START = () -> Optional
		.of(new RulebaseAtStart.Revision(7, List.of(RULE, BASES, CASES)));

	private static final AnnotationConfigApplicationContext CONTEXT = context();

	private static final RuleWorkshop WORKSHOP = CONTEXT.getBean(RuleWorkshop.class);

	@Test
	void beginsWithTheRulebaseThatWasInForce() {
		assertThat(WORKSHOP.active().rules()).extracting(RuleText::id).contains("V901");
	}

	@Test
	void runsCasesAndSaysWhereTheyStand() {
		CaseReport report = WORKSHOP.cases(List.of(RULE, BASES, CASES));

		assertThat(report.green()).isTrue();
		assertThat(report.uncovered()).isEmpty();
		assertThat(report.results()).hasSize(2).first().satisfies((first) -> {
			assertThat(first.line()).isEqualTo(1);
			assertThat(first.fired()).containsExactly("V901");
		});
		assertThat(report.results().get(1).line()).isEqualTo(5);
	}

	@Test
	void runsOneCase() {
		CaseReport report = WORKSHOP.cases(List.of(RULE, BASES, CASES), (one) -> one.name().equals("it can"));

		assertThat(report.results()).singleElement().satisfies((one) -> assertThat(one.name()).isEqualTo("it can"));
	}

	@Test
	void saysWhichCasesARuleLacks() {
		CaseReport report = WORKSHOP.cases(List.of(RULE, BASES));

		assertThat(report.uncovered()).singleElement().satisfies((one) -> {
			assertThat(one.rule()).isEqualTo("V901");
			assertThat(one.fires()).isFalse();
		});
	}

	@Test
	void runsNoCaseOfFilesWithErrors() {
		CaseReport report = WORKSHOP
			.cases(List.of(new RuleSource("a.drl", RULE.text().replace("vmx", "vmxx")), BASES, CASES));

		assertThat(report.results()).isEmpty();
		assertThat(report.green()).isFalse();
		assertThat(report.problems()).singleElement().satisfies((one) -> assertThat(one.line()).isEqualTo(3));
	}

	@Test
	void saysWhichPatternFailedOnWhichValue() {
		RuleSource red = new RuleSource("a.cases.yaml", "- { rule: V901, case: red, base: nothing, fires: [V901] }\n");

		CaseReport report = WORKSHOP.cases(List.of(RULE, BASES, red));

		assertThat(report.green()).isFalse();
		assertThat(report.results().get(0).misses()).singleElement().satisfies((miss) -> {
			assertThat(miss.rule()).isEqualTo("V901");
			assertThat(miss.file()).isEqualTo("a.drl");
			assertThat(miss.line()).isEqualTo(3);
			assertThat(miss.pattern()).isEqualTo("CpuInfo(vmx == Known.YES)");
			assertThat(miss.actual()).containsExactly("CpuInfo.vmx is UNKNOWN");
		});
	}

	@Test
	void warnsOfARuleThatCanNeverFire() {
		for (String never : List.of("vmx == Known.YES, vmx == Known.NO", "vmx in (Known.NO) && vmx != Known.NO",
				"logicalCpus > 4, logicalCpus < 5", "modelName == null, modelName == \"a\"",
				"vmx == Known.YES)\n    CpuInfo(vmx == Known.NO")) {
			RuleSource file = new RuleSource("a.drl", RULE.text().replace("vmx == Known.YES", never));

			assertThat(WORKSHOP.check(List.of(file))).as(never)
				.filteredOn((one) -> one.message().contains("can never fire"))
				.singleElement()
				.satisfies((one) -> assertThat(one.severity()).isEqualTo(RuleProblem.Severity.WARNING));
		}
		RuleSource can = new RuleSource("a.drl",
				RULE.text().replace("vmx == Known.YES", "logicalCpus > 3, logicalCpus < 5, vmx != Known.NO"));
		assertThat(WORKSHOP.check(List.of(can))).noneMatch((one) -> one.message().contains("never fire"));
	}

	@Test
	void warnsOfWhatNobodyAsksForTriesOrExplains() {
		RuleSource index = new RuleSource("index.yaml",
				"""
						parts:
						- key: a
						  title: A
						  about: About.
						  document: doc
						  passages:
						  - section: "1"
						    title: T
						    rows:
						    - { id: S01, says: So., rules: [V999] }
						errata:
						- { id: E01, title: E, passages: ["1"], claims: [ { source: a, says: b } ], follows: a, because: b, rules: [S01] }
						""");
		RuleSource fires = new RuleSource("a.cases.yaml",
				"- { rule: V901, case: it can, base: intel, fires: [V901] }\n");

		assertThat(WORKSHOP.check(List.of(RULE, BASES, index, fires))).extracting(RuleProblem::toString)
			.containsExactlyInAnyOrder(
					"a.drl:1: warning: no rule asks for a conclusion on Topic.HARDWARE, which this one comes to",
					"a.drl:1: warning: V901 has no case in which it stays silent",
					"a.drl:1: warning: V901 stands under no row of index.yaml, so Knowledge does not say where it comes from",
					"index.yaml:0: warning: row S01 names the rule V999, which does not exist");
		assertThat(WORKSHOP.cases(List.of(RULE, BASES, index, fires)).green()).as("warnings keep nothing back")
			.isTrue();
	}

	@Test
	void aCaseInWhichRulesDisagreeDiffers() {
		String rule = """
				rule "%s Mode %s"
				@id(%1$s) @doc("nova conf") @severity(WARN)
				when
				    CpuInfo(vmx == Known.YES)
				then
				    advise.settings("libvirt/cpu_mode=%2$s");
				end
				""";
		RuleSource both = new RuleSource("b.drl",
				rule.formatted("V911", "none") + rule.formatted("V912", "host-model"));
		RuleSource one = new RuleSource("b.cases.yaml",
				"- { rule: V911, case: both, base: intel, fires: [V911, V912] }\n");

		CaseReport report = WORKSHOP.cases(List.of(both, BASES, one));

		assertThat(report.green()).isFalse();
		assertThat(report.results().get(0).faults()).singleElement()
			.asString()
			.contains("rules want different values for libvirt/cpu_mode", "V911 wants none", "V912 wants host-model");
	}

	@Test
	void saysTheLineOfACaseThatIsNone() {
		RuleSource broken = new RuleSource("b.cases.yaml", """
				- rule: V901
				  case: right
				  base: intel
				- rule: V901
				  case: no such fact
				  base: intel
				  given: { cpuinfo: { vmxx: true } }
				""");

		assertThat(WORKSHOP.check(List.of(RULE, BASES, broken))).singleElement().satisfies((one) -> {
			assertThat(one.line()).isEqualTo(4);
			assertThat(one.message()).contains("CpuInfo has no [vmxx]");
		});
	}

	@Test
	void refusesFilesThatLeaveTheFolderOrComeTwice() {
		assertThat(WORKSHOP.check(List.of(new RuleSource("../a.drl", RULE.text())))).hasSize(1);
		assertThat(WORKSHOP.check(List.of(RULE, RULE))).extracting(RuleProblem::message)
			.contains("there are two files of this name");
	}

	@Test
	void theShippedFilesHaveNoProblem() {
		assertThat(WORKSHOP.check(WORKSHOP.shipped())).isEmpty();
	}

	@Test
	void anotherRulebaseComesIntoForce() {
		CompiledRulebase before = WORKSHOP.active();
		List<RuleSource> files = new ArrayList<>(List.of(BASES, CASES));
		files.add(new RuleSource("a.drl", RULE.text().replace("It can.", "It surely can.")));

		CompiledRulebase next = WORKSHOP.build(8, files);

		assertThat(WORKSHOP.active()).isSameAs(before);
		WORKSHOP.activate(next);
		assertThat(WORKSHOP.active().revision()).isEqualTo(next.revision());
		assertThat(next.revision().sha256()).isNotEqualTo(before.revision().sha256());
	}

	@Test
	void buildsNothingOfFilesWithErrors() {
		assertThatExceptionOfType(RulesRefused.class)
			.isThrownBy(() -> WORKSHOP.build(8, List.of(new RuleSource("a.drl", "rule"))))
			.satisfies((refused) -> assertThat(refused.problems()).isNotEmpty());
	}

	private static AnnotationConfigApplicationContext context() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(RulebaseAtStart.class, () -> AT_START);
		context.registerBean(NovaConfFragment.class, () -> (settings) -> "");
		context.register(DroolsAdvisor.class, DroolsWorkshop.class);
		context.refresh();
		return context;
	}

}
