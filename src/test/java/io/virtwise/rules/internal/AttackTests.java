package io.virtwise.rules.internal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop.CaseReport;
import io.virtwise.rules.RulesRefused;
import io.virtwise.rules.internal.syntax.Canonical;
import io.virtwise.rules.internal.syntax.Problems;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Texts that try to do what a rule may not: each is refused with its place, quickly, and
 * nothing of it happens. And each of the two walls by itself.
 */
class AttackTests {

	private static final OfflineWorkshop WORKSHOP = new OfflineWorkshop();

	/**
	 * Of the processor, since the machine of a build is often busy with something else.
	 */
	private static final long MOST_MILLIS = 1_000;

	@TempDir
	private static Path folder;

	@BeforeAll
	static void theTemplateItselfIsFine() {
		assertThat(WORKSHOP.check(List.of(new RuleSource("a.drl", new Attacks(canary()).harmless()))))
			.noneMatch((one) -> one.severity() == RuleProblem.Severity.ERROR);
	}

	/**
	 * With the fence gone: nothing is built here and no class is looked up by a name of
	 * the text, so only the list of what is allowed can refuse.
	 */
	@Test
	void theListAloneRefusesEveryText() throws IOException {
		RuleFileReader reader = new RuleFileReader();
		new Attacks(canary()).texts().forEach((name, text) -> {
			Problems own = new Problems("a.drl");
			List<ReadRule> read = reader.read(new RuleSource("a.drl", text), own);
			assertThat(own.all()).as(name).anyMatch((one) -> one.severity() == RuleProblem.Severity.ERROR);
			assertThat(read.stream().map((one) -> Canonical.text(one.tree())).toList()).as(name)
				.noneMatch((one) -> one.contains("CANARY") || one.contains("java."));
		});
		assertThat(canary()).doesNotExist();
	}

	@TestFactory
	Stream<DynamicTest> everyTextIsRefusedWithItsPlace() throws IOException {
		Map<String, String> texts = new Attacks(canary()).texts();
		assertThat(texts).hasSizeGreaterThan(150);
		return texts.entrySet()
			.stream()
			.map((one) -> DynamicTest.dynamicTest(one.getKey(),
					() -> isRefused(new RuleSource("a.drl", one.getValue()))));
	}

	private static void isRefused(RuleSource file) {
		long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		List<RuleProblem> problems = WORKSHOP.check(List.of(file));
		long millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1_000_000;

		assertThat(problems).isNotEmpty().allSatisfy((one) -> {
			assertThat(one.severity()).isEqualTo(RuleProblem.Severity.ERROR);
			assertThat(one.line()).as(one.toString()).isBetween(1, file.text().split("\n", -1).length);
			assertThat(one.column()).as(one.toString()).isPositive();
			assertThat(one.message()).isNotBlank();
		});
		assertThat(millis).isLessThan(MOST_MILLIS);
		CaseReport report = WORKSHOP.cases(List.of(file));
		assertThat(report.green()).isFalse();
		assertThat(report.results()).isEmpty();
		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> Rulebase.of(2, List.of(file)));
		assertThat(canary()).doesNotExist();
	}

	@TestFactory
	Stream<DynamicTest> theFenceAloneLetsNoneOfTheseRun() {
		return Stream
			.of("Runtime.getRuntime().exec(\"touch CANARY\");", "new ProcessBuilder(\"touch\", \"CANARY\").start();",
					"new java.io.File(\"CANARY\").createNewFile();", "Class.forName(\"java.lang.Runtime\");",
					"System.exit(1);", "new Thread(() -> { }).start();", "kcontext.getKieRuntime();",
					"conclude.getClass().getClassLoader().loadClass(\"java.lang.Runtime\");",
					"java.nio.file.Files.createFile(java.nio.file.Path.of(\"CANARY\"));")
			.map((consequence) -> DynamicTest.dynamicTest(consequence, () -> {
				assertThatThrownBy(() -> MvelBases.base(unchecked(Attacks.CONDITION, consequence)))
					.isInstanceOfAny(RuntimeException.class, NoClassDefFoundError.class);
				assertThat(canary()).doesNotExist();
			}));
	}

	@TestFactory
	Stream<DynamicTest> theFenceAloneRefusesTheseConditions() {
		return Stream
			.of("CpuInfo(new java.io.File(\"CANARY\").createNewFile())",
					"eval(new java.io.File(\"CANARY\").createNewFile())",
					"String() from new java.io.File(\"CANARY\").list()",
					"CpuInfo(java.nio.file.Files.createFile(java.nio.file.Path.of(\"CANARY\")) != null)")
			.map((condition) -> DynamicTest.dynamicTest(condition, () -> {
				assertThatThrownBy(() -> MvelBases.base(unchecked(condition, Attacks.CALL)))
					.isInstanceOfAny(RuntimeException.class, NoClassDefFoundError.class);
				assertThat(canary()).doesNotExist();
			}));
	}

	/**
	 * The known hole of the second wall, which is why the first one stands before any
	 * build: MVEL knows some classes by itself, without a class loader. A harmless call
	 * shows it.
	 */
	@Test
	void theFenceAloneDoesNotStopWhatMvelKnowsByItself() {
		assertThat(MvelBases.base(unchecked("CpuInfo(Runtime.getRuntime().availableProcessors() > 0)", Attacks.CALL)))
			.isNotNull();
		assertThat(MvelBases.base(unchecked(Attacks.CONDITION, "conclude.getClass().getClassLoader();"))).isNotNull();
		assertThat(WORKSHOP.check(List.of(new RuleSource("a.drl",
				new Attacks(canary()).withCondition("CpuInfo(Runtime.getRuntime().availableProcessors() > 0)")))))
			.isNotEmpty();
	}

	@Test
	void theFenceKnowsFactsAndSinksAndNothingThatDoesAnything() throws ClassNotFoundException {
		FencedClassLoader fence = new FencedClassLoader(AttackTests.class.getClassLoader());

		assertThat(fence.loadClass("io.virtwise.facts.CpuInfo")).isNotNull();
		for (String name : List.of("java.lang.Runtime", "java.lang.System", "java.lang.Thread",
				"java.lang.ProcessBuilder", "java.lang.ClassLoader", "java.io.File", "java.lang.reflect.Method",
				"io.virtwise.facts.FactReader", "org.springframework.context.ApplicationContext", "org.mvel2.MVEL",
				"org.drools.mvel.asm.EvalStub", "org.drools.core.factmodel.GeneratedFact",
				"io.virtwise.rules.internal.Rulebase")) {
			assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> fence.loadClass(name));
			assertThat(fence.getResource(name.replace('.', '/') + ".class")).isNull();
		}
	}

	private static String unchecked(String condition, String consequence) {
		return MvelBases.text(Stage.DIAGNOSE, List.of()) + "rule \"a\" when "
				+ condition.replace("CANARY", canary().toString()) + " then "
				+ consequence.replace("CANARY", canary().toString()) + " end\n";
	}

	private static Path canary() {
		return folder.resolve("canary");
	}

}
