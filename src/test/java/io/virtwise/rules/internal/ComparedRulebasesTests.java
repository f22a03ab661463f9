package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RulebaseComparison.Sides;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Comparing by the rules that differ finds what judging everything twice finds: on nodes
 * made up and of cases, with drafts that change a rule in every way that there is.
 */
class ComparedRulebasesTests {

	/** {@code -Dcompared.drafts=500} for a longer look. */
	private static final int DRAFTS = Integer.getInteger("compared.drafts", 24);

	private static final BuiltRulebase SHIPPED = Assessments.built(Assessments.SHIPPED);

	private static final Map<String, UnaryOperator<String>> EDITS = new TreeMap<>(Map.of("removed", (rule) -> "",
			"says it otherwise", (rule) -> rule.replaceFirst("(\\(\"[^\"]+)", "$1, really"), "the contrary",
			(rule) -> rule.replaceFirst("== Known\\.YES", "!= Known.YES"), "without a condition",
			(rule) -> rule.replaceFirst("(when\n +\\w+\\([^\n]*\n) +\\w+\\([^\n]*\n", "$1"), "more severe",
			(rule) -> rule.replaceFirst("@severity\\((INFO|WARN|HIGH)\\)", "@severity(BLOCK)"), "less severe",
			(rule) -> rule.replaceFirst("@severity\\((BLOCK|HIGH|WARN)\\)", "@severity(INFO)"), "another answer",
			(rule) -> rule.replaceFirst("Answer\\.YES, \"", "Answer.NO, \"")
				.replaceFirst("Answer\\.ABSENT, \"", "Answer.YES, \""),
			"another value", (rule) -> rule.replaceFirst("=(host-model|none|kvm|qemu)\"", "=custom\""),
			"for fewer releases", (rule) -> rule.replaceFirst("(@severity\\(\\w+\\))", "$1 @since(22)")));

	private final FileMemory memory = FileMemory.good();

	private final Random random = new Random(41);

	@Test
	void findsWhatJudgingAllTwiceFinds() {
		List<NodeFacts> nodes = nodes();
		Map<String, Integer> counts = new TreeMap<>();
		int drafts = 0;
		while (drafts < DRAFTS) {
			List<String> edits = new ArrayList<>();
			BuiltRulebase draft = draft(edits);
			if (draft != null) {
				drafts++;
				compare(draft, nodes, edits.toString(), counts);
			}
		}
		assertThat(counts.get("left out")).as("nodes that need not be judged: %s", counts).isPositive();
		assertThat(counts.get("different")).as("nodes that come out otherwise: %s", counts).isPositive();
		assertThat(counts.getOrDefault("verdict", 0)).as("verdicts that change: %s", counts).isPositive();
		assertThat(counts.getOrDefault("settings", 0)).as("settings that change: %s", counts).isPositive();
		System.out
			.println("compared by rules that differ: " + DRAFTS + " drafts, " + nodes.size() + " nodes: " + counts);
	}

	@Test
	void leavesNothingOutWhereEverythingIsNew() {
		List<RuleSource> other = List.of(new RuleSource("one.drl", """
				rule "V901 Told"
				@id(V901) @doc("a b") @severity(BLOCK)
				when
				    CpuInfo(vmx == Known.YES)
				then
				    advise.finding("Told", "Why.", "- Look");
				end
				"""));
		compare(Assessments.built(Rulebase.of(2, other)), nodes().subList(0, 20), "all new", new TreeMap<>());
	}

	@Test
	void saysNothingOfTheSameRules() {
		List<RuleSource> moved = ShippedRules.files()
			.stream()
			.map((file) -> new RuleSource(file.path(), "// moved\n\n" + file.text()))
			.toList();
		ComparedRulebases same = new ComparedRulebases(SHIPPED, Assessments.built(Rulebase.of(2, moved)));

		assertThat(nodes()).allSatisfy((facts) -> assertThat(same.of(facts)).isEmpty());
	}

	private static void compare(BuiltRulebase draft, List<NodeFacts> nodes, String edits, Map<String, Integer> counts) {
		ComparedRulebases compared = new ComparedRulebases(SHIPPED, draft);
		for (NodeFacts facts : nodes) {
			Assessment before = SHIPPED.judge(facts);
			Assessment after = draft.judge(facts);
			Sides sides = compared.of(facts).orElse(null);
			if (sides == null) {
				assertThat(difference(before, after)).as("%s %s", edits, facts).isEmpty();
				counts.merge("left out", 1, Integer::sum);
				continue;
			}
			assertThat(sides.after()).as("%s %s", edits, facts).isNotNull();
			assertThat(sides.before().verdict()).as("%s %s", edits, facts).isEqualTo(before.verdict());
			assertThat(sides.after().verdict()).as("%s %s", edits, facts).isEqualTo(after.verdict());
			assertThat(difference(sides.before(), sides.after())).as("%s %s", edits, facts)
				.isEqualTo(difference(before, after));
			counts.merge("different", 1, Integer::sum);
			counts.merge("verdict", (before.verdict() != after.verdict()) ? 1 : 0, Integer::sum);
			counts.merge("settings", difference(before, after).stream().anyMatch((one) -> one.contains("set ")) ? 1 : 0,
					Integer::sum);
		}
	}

	/** What only one of them says. */
	private static Set<String> difference(Assessment one, Assessment other) {
		Set<String> said = lines(one);
		Set<String> otherwise = lines(other);
		Set<String> different = new TreeSet<>();
		said.stream().filter((line) -> !otherwise.contains(line)).forEach((line) -> different.add("- " + line));
		otherwise.stream().filter((line) -> !said.contains(line)).forEach((line) -> different.add("+ " + line));
		return different;
	}

	private static Set<String> lines(Assessment of) {
		return Stream
			.of(Stream.of("verdict " + of.verdict()),
					of.recommendation().settings().stream().map((one) -> "set " + one.setting()),
					of.conflicts().stream().map((one) -> "conflict " + one.says()),
					of.findings()
						.stream()
						.map((one) -> "finding " + List.of(one.rule(), one.severity(), one.title(), one.reason(),
								one.remediation(), one.requires())))
			.flatMap((some) -> some)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * The shipped rules with one, two or three rules edited; none if they have errors
	 * then.
	 */
	private @Nullable BuiltRulebase draft(List<String> edits) {
		List<RuleSource> files = new ArrayList<>(ShippedRules.files());
		for (int left = 1 + this.random.nextInt(3); left > 0; left--) {
			ReadRule rule = Assessments.SHIPPED.rules().get(this.random.nextInt(Assessments.SHIPPED.rules().size()));
			String kind = List.copyOf(EDITS.keySet()).get(this.random.nextInt(EDITS.size()));
			String text = rule.tree().source();
			String edited = EDITS.getOrDefault(kind, (same) -> same).apply(text);
			if (!edited.equals(text)) {
				edits.add(rule.head().id() + " " + kind);
				files.replaceAll((file) -> file.text().contains(text)
						? new RuleSource(file.path(), file.text().replace(text, edited)) : file);
			}
		}
		RulesRead read = new RulesRead(files, this.memory);
		return (!edits.isEmpty() && read.passed()) ? Assessments.built(Rulebase.of(2, files, read)) : null;
	}

	private static List<NodeFacts> nodes() {
		RandomNodes made = new RandomNodes(17);
		List<RuleCase> cases = RuleCase.shipped();
		return Stream
			.concat(IntStream.range(0, 40).mapToObj((at) -> made.next()),
					IntStream.range(0, 40).mapToObj((at) -> cases.get(at * cases.size() / 40).facts()))
			.toList();
	}

}
