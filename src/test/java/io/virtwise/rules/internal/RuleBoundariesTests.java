package io.virtwise.rules.internal;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop.Uncovered;
import io.virtwise.rules.internal.syntax.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wherever a rule compares a number, its cases stand right on both sides of it.
 */
class RuleBoundariesTests {

	private static final String RULE = """
			rule "V901 Between two releases"
			@id(V901) @doc("a b") @severity(INFO)
			when
			    Release(major >= 20 && major < 24)
			    not Software(qemu > 4002000)
			    Release($least : minLibvirt)
			    Software(libvirt < $least, kernel > 0)
			then
			    advise.finding("Told", "Why.", "- Look");
			end
			""";

	private static final BoundaryCases CASES = new BoundaryCases(RuleCase.shipped());

	@TestFactory
	Stream<DynamicTest> casesStandOnBothSidesOfEveryNumber() {
		return Assessments.SHIPPED.trees()
			.entrySet()
			.stream()
			.filter((rule) -> !Boundary.of(rule.getValue()).isEmpty())
			.map((rule) -> DynamicTest.dynamicTest(rule.getKey(),
					() -> assertThat(CASES.lacking(rule.getKey(), rule.getValue())).isEmpty()));
	}

	@Test
	void readsNumbersVersionsAndOtherFields() {
		Set<Boundary> boundaries = Boundary.of(tree(RULE));

		assertThat(boundaries).containsExactly(new Boundary("Release", "major", null, 20, true),
				new Boundary("Release", "major", null, 24, false),
				new Boundary("Software", "qemu", null, 4_002_001, false),
				new Boundary("Software", "libvirt", "Release.minLibvirt", 0, false));
	}

	@Test
	void saysWhichCasesARuleLacks() {
		String rule = """
				rule "V901 New releases"
				@id(V901) @doc("a b") @severity(INFO)
				when
				    Release(major >= 20)
				then
				    advise.finding("Told", "Why.", "- Look");
				end
				""";

		assertThat(lacks(rule, "given: { release: \"22\" }\n  fires: [V901]")).containsExactly("stays silent",
				"fires with Release.major 20", "stays silent with Release.major 19");
		assertThat(lacks(rule,
				"given: { release: \"20\" }\n  fires: [V901]\n- rule: V901\n  case: far below\n  base: node\n"
						+ "  given: { release: \"13\" }\n  silent: [V901]"))
			.containsExactly("stays silent with Release.major 19");
		assertThat(lacks(rule,
				"given: { release: \"20\" }\n  fires: [V901]\n- rule: V901\n  case: right below\n  base: node\n"
						+ "  given: { release: \"19\" }\n  silent: [V901]"))
			.isEmpty();
	}

	private static List<String> lacks(String rule, String rest) {
		List<RuleSource> files = List.of(new RuleSource("one.drl", rule),
				new RuleSource("base-nodes.yaml", "node: {}\n"),
				new RuleSource("one.cases.yaml", "- rule: V901\n  case: first\n  base: node\n  " + rest + "\n"));
		return new OfflineWorkshop().cases(files)
			.uncovered()
			.stream()
			.map(Uncovered::lacks)
			.flatMap(List::stream)
			.toList();
	}

	private static Rule tree(String text) {
		return Rulebase.of(1, List.of(new RuleSource("one.drl", text))).rules().get(0).tree();
	}

}
