package io.virtwise.rules.internal;

import java.util.List;

import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RulesRefused;
import io.virtwise.rules.internal.syntax.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the language of rules lets in, and what it refuses with file and line.
 */
class RuleFileReaderTests {

	private static final String HEAD = "rule \"V999 Made for a test\"\n@id(V999) @doc(\"test 1\") @severity(INFO)\n";

	private static final String CONDITION = "CpuInfo(vmx == Known.YES)";

	private static final String CALL = "conclude.that(Topic.KVM, Answer.YES, \"yes\");";

	@Test
	void readsARuleAndWhatItLooksAt() {
		ReadRule rule = read(rule(
				"CpuInfo($model : modelName, vmx == Known.YES || svm == Known.YES)\n"
						+ "    not KernelModules(kvmIntel == Known.YES)",
				"conclude.that(Topic.KVM, Answer.YES, \"{model}\");"))
			.get(0);

		assertThat(rule.head().id()).isEqualTo("V999");
		assertThat(rule.head().stage()).isEqualTo(Stage.DIAGNOSE);
		assertThat(rule.head().document().name()).isEqualTo("test");
		assertThat(rule.head().document().section()).isEqualTo("1");
		assertThat(rule.head().mentions()).extracting(Mention::field)
			.containsExactly("CpuInfo.modelName", "CpuInfo.vmx", "CpuInfo.svm", "KernelModules.kvmIntel");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CpuInfo(vmx.toString() == \"YES\")", "CpuInfo(modelName.length == 3)",
			"CpuInfo(modelName matches \".*\")", "CpuInfo(nosuch == 3)", "CpuInfo(vmx == Known.MAYBE)",
			"CpuInfo(vmx == \"YES\")", "CpuInfo(logicalCpus == \"4\")", "CpuInfo(vmx == ArchFamily.X86)",
			"CpuInfo(known == 1)", "CpuInfo(vmx == $other)", "CpuInfo(modelName == Runtime.getRuntime())",
			"CpuInfo(logicalCpus + 1 == 3)", "CpuInfo(modelName str[startsWith] \"x\")", "$all : CpuInfo()",
			"CpuInfo() from $list", "String()", "Object()", "eval(true)", "accumulate(CpuInfo(); count(1))",
			"forall(CpuInfo())", "CpuInfo(vmx == Known.YES) over window:length(3)", "/cpus[vmx == Known.YES]",
			"CpuInfo(new java.io.File(\"x\") != null)", "CpuInfo(modelName == \"a\\u0022\")" })
	void refusesConditionsOutsideTheLanguage(String condition) {
		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> read(rule(condition, CALL)))
			.satisfies((refused) -> assertThat(refused.problems()).isNotEmpty()
				.allSatisfy((fault) -> assertThat(fault.file()).isEqualTo("test.drl")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "System.exit(1);", "conclude.that(Topic.KVM, Answer.YES, \"a\"); System.exit(1);",
			"conclude.that(Topic.KVM, Answer.YES, \"a\" + 1);", "conclude.that(Topic.KVM, Answer.YES);",
			"conclude.that(Topic.KVM, Answer.MAYBE, \"a\");", "conclude.that(\"KVM\", Answer.YES, \"a\");",
			"conclude.that(Topic.KVM, Answer.YES, \"a\", \"b\");", "conclude.nosuch(\"a\");", "insert(1);",
			"conclude.that(Topic.KVM, Answer.YES, \"{nobody}\");", "conclude.that(Topic.KVM, Answer.YES, \"\\u0022\");",
			"/* a */ conclude.that(Topic.KVM, Answer.YES, \"a\");", "conclude.getClass().getName();",
			"advise.finding(\"a\");", "" })
	void refusesConsequencesOtherThanOneCallOnASink(String consequence) {
		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> read(rule(CONDITION, consequence)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "import java.util.List;", "global java.util.List list;", "package other;", "function void f() {}",
					"declare Thing a : int end", "query \"q\" CpuInfo() end", "dialect \"mvel\"",
					"import static java.lang.System.exit;" })
	void refusesEverythingBesideRules(String text) {
		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> read(text + "\n" + rule(CONDITION, CALL)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "salience 10", "no-loop", "agenda-group \"a\"", "dialect \"mvel\"", "enabled false",
			"lock-on-active" })
	void refusesAttributes(String attribute) {
		String text = HEAD + attribute + "\nwhen\n    " + CONDITION + "\nthen\n    " + CALL + "\nend\n";

		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> read(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "@id(V999) @doc(\"test 1\")", "@id(V999) @severity(INFO)",
			"@id(V999) @doc(\"test\") @severity(INFO)", "@id(V999) @doc(\"test 1\") @severity(info)",
			"@id(V998) @doc(\"test 1\") @severity(INFO)", "@id(V999) @doc(\"test 1\") @severity(INFO) @author(me)",
			"@id(V999) @doc(\"test 1\") @severity(INFO) @since(20)", "@doc(\"test 1\") @severity(INFO)" })
	void refusesMetadataThatIsMissingUnknownOrUntrue(String annotations) {
		String text = "rule \"V999 Made for a test\"\n" + annotations + "\nwhen\n    " + CONDITION + "\nthen\n    "
				+ CALL + "\nend\n";

		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> read(text));
	}

	@Test
	void refusesToConcludeFromTheAbsenceOfAConclusion() {
		assertThatExceptionOfType(RulesRefused.class)
			.isThrownBy(() -> read(rule("not Conclusion(topic == Topic.KVM)", CALL)))
			.withMessageContaining("may still come");
	}

	@Test
	void saysFileAndLine() {
		assertThatExceptionOfType(RulesRefused.class)
			.isThrownBy(() -> read(
					rule("CpuInfo(known == true)\n    CpuInfo(\n        vmx == Known.YES,\n" + "        nosuch == 1)",
							CALL)))
			.satisfies((refused) -> assertThat(refused.problems()).singleElement()
				.satisfies((fault) -> assertThat(fault.line()).isEqualTo(7)))
			.withMessageContaining("test.drl:7:9: error: CpuInfo has no field nosuch; it has ");
	}

	@Test
	void refusesABrokenConditionInsteadOfDroppingIt() {
		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> read(rule("CpuInfo(vmx == Known.YES", CALL)));
		assertThatExceptionOfType(RulesRefused.class)
			.isThrownBy(() -> read(HEAD + "when\n  CpuInfo(((\nthen\n  " + CALL + "\nend\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0000", "\uFEFF", "\u0007", "\u0085" })
	void refusesCharactersThatDoNotBelongIntoAFile(String character) {
		assertThatExceptionOfType(RulesRefused.class)
			.isThrownBy(() -> read("// " + character + "\n" + rule(CONDITION, CALL)));
	}

	@Test
	void refusesAnIdThatIsTaken() {
		RuleSource one = new RuleSource("one.drl", rule(CONDITION, CALL));
		RuleSource other = new RuleSource("other.drl", rule(CONDITION, CALL));

		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> Rulebase.of(1, List.of(one, other)))
			.withMessageContaining("other.drl:1:1: error: the id V999 is taken by a rule in one.drl");
	}

	@Test
	void collectsTheFaultsOfAllFiles() {
		RuleSource one = new RuleSource("one.drl", rule("String()", CALL));
		RuleSource other = new RuleSource("other.drl", rule(CONDITION, "exit();"));

		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> Rulebase.of(1, List.of(one, other)))
			.satisfies((refused) -> assertThat(refused.problems()).extracting(RuleProblem::file)
				.containsExactly("one.drl", "other.drl"));
	}

	private static String rule(String condition, String consequence) {
		return HEAD + "when\n    " + condition + "\nthen\n    " + consequence + "\nend\n";
	}

	private static List<ReadRule> read(String text) {
		Problems problems = new Problems("test.drl");
		List<ReadRule> rules = new RuleFileReader().read(new RuleSource("test.drl", text), problems);
		if (problems.count() > 0) {
			throw new RulesRefused(problems.all());
		}
		return rules;
	}

}
