package io.virtwise.rules.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Texts that try to do what a rule may not: each is refused with its place, quickly, and
 * nothing of it happens. And each of the two walls by itself.
 */
class AttackTests {

	private static final OfflineWorkshop WORKSHOP = new OfflineWorkshop();

	private static final String CONDITION = "CpuInfo(vmx == Known.YES)";

	private static final String CALL = "conclude.that(Topic.KVM, Answer.YES, \"yes\");";

	/**
	 * Of the processor, since the machine of a build is often busy with something else.
	 */
	private static final long MOST_MILLIS = 1_000;

	@TempDir
	private static Path folder;

	@BeforeAll
	static void theTemplateItselfIsFine() {
		assertThat(WORKSHOP.check(List.of(new RuleSource("a.drl", rule(Map.of())))))
			.noneMatch((one) -> one.severity() == RuleProblem.Severity.ERROR);
	}

	/**
	 * With the fence gone: nothing is built here and no class is looked up by a name of
	 * the text, so only the list of what is allowed can refuse.
	 */
	@Test
	void theListAloneRefusesEveryText() throws IOException {
		RuleFileReader reader = new RuleFileReader();
		texts().forEach((name, text) -> {
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
		Map<String, String> texts = texts();
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
				assertThatThrownBy(() -> MvelBases.base(unchecked(CONDITION, consequence)))
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
				assertThatThrownBy(() -> MvelBases.base(unchecked(condition, CALL)))
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
		assertThat(MvelBases.base(unchecked("CpuInfo(Runtime.getRuntime().availableProcessors() > 0)", CALL)))
			.isNotNull();
		assertThat(MvelBases.base(unchecked(CONDITION, "conclude.getClass().getClassLoader();"))).isNotNull();
		assertThat(WORKSHOP.check(List.of(new RuleSource("a.drl",
				rule(Map.of("condition", "CpuInfo(Runtime.getRuntime().availableProcessors() > 0)"))))))
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
		return MvelBases.text(Stage.DIAGNOSE, List.of()) + "rule \"a\" when " + canaried(condition) + " then "
				+ canaried(consequence) + " end\n";
	}

	private static Map<String, String> texts() throws IOException {
		Map<String, String> texts = new LinkedHashMap<>();
		try (InputStream attacks = AttackTests.class.getResourceAsStream("attacks.yaml")) {
			String yaml = new String(Objects.requireNonNull(attacks).readAllBytes(), StandardCharsets.UTF_8);
			for (Object one : (List<?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml)) {
				Map<String, Object> attack = CaseFacts.map(one);
				texts.put(String.valueOf(attack.get("name")), rule(attack));
			}
		}
		texts.put("a zero byte", rule(Map.of("condition", "CpuInfo(modelName == \"a\u0000\")")));
		texts.put("a mark that turns the direction", rule(Map.of("condition", "CpuInfo(modelName == \"\u202Ea\")")));
		texts.put("an invisible character in a comment", rule(Map.of("file", "// \u200B")));
		texts.put("a byte order mark", "\uFEFF" + rule(Map.of()));
		texts.put("a name in other letters", rule(Map.of("condition", "CpuInfo(v\u043Cx == Known.YES)")));
		texts.put("a very long line", rule(Map.of("file", "//" + "a".repeat(5_000))));
		texts.put("a very long text",
				rule(Map.of("condition", "CpuInfo(modelName == \"" + "a".repeat(100_000) + "\")")));
		texts.put("a very long file", (rule(Map.of()) + "\n").repeat(3_000));
		texts.put("ten thousand brackets", rule(Map.of("condition", nested("(", 10_000))));
		texts.put("ten thousand nots", rule(Map.of("condition", nested("not ", 10_000))));
		texts.put("ten thousand patterns", rule(Map.of("condition", (CONDITION + "\n").repeat(5_000))));
		texts.put("ten thousand values",
				rule(Map.of("condition", "CpuInfo(modelName in (\n" + "\"a\",\n".repeat(3_000) + "\"a\"))")));
		return texts;
	}

	private static String nested(String sign, int deep) {
		return (sign + "\n").repeat(deep) + CONDITION;
	}

	private static String rule(Map<String, ?> attack) {
		if (attack.containsKey("whole")) {
			return canaried(text(attack, "whole", ""));
		}
		List<String> lines = new ArrayList<>();
		lines.add(text(attack, "file", "// a rule"));
		lines.add("rule \"" + text(attack, "title", "V999 Made for a test") + "\"");
		lines.add(text(attack, "annotations", "@id(V999) @doc(\"test 1\") @severity(INFO)"));
		lines.add(text(attack, "head", ""));
		lines.add("when");
		lines.add("    " + text(attack, "condition", CONDITION));
		lines.add("then");
		lines.add("    " + text(attack, "consequence", CALL));
		lines.add("end");
		return canaried(String.join("\n", lines)) + "\n";
	}

	private static String text(Map<String, ?> attack, String key, String other) {
		Object value = attack.get(key);
		return (value != null) ? String.valueOf(value) : other;
	}

	private static String canaried(String text) {
		return text.replace("CANARY", canary().toString());
	}

	private static Path canary() {
		return folder.resolve("canary");
	}

}
