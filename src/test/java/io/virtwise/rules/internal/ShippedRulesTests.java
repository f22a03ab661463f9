package io.virtwise.rules.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.KnowledgeIndex.Row;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.Severity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shipped rules against the decision table and its index: which rows have a rule, how
 * bad each is, and that no rule is without a row.
 */
class ShippedRulesTests {

	/** The rows that have a rule so far, with the severity that the table gives them. */
	private static final String ROWS = """
			S01 INFO  S02 INFO  S03 INFO  S04 HIGH  S05 HIGH  S06 INFO  S07 INFO  S08 HIGH  S09 INFO
			S10 WARN  S11 INFO  S12 INFO  S14 INFO  S15 BLOCK S16 BLOCK S17 INFO  S18 BLOCK S19 BLOCK
			S20 BLOCK S21 INFO  S22 WARN  S23 WARN  S24 WARN  S25 BLOCK S26 BLOCK S27 HIGH  S28 INFO
			S29 BLOCK S30 INFO  S31 BLOCK S32 INFO  S33 WARN  S34 INFO  S35 INFO  S36 BLOCK S37 INFO
			S38 HIGH  S39 BLOCK S40 WARN  S41 BLOCK S42 INFO  S43 WARN  S45 HIGH  S46 WARN  S47 WARN
			S48 INFO  S49 WARN  S50 INFO  P01 BLOCK P03 BLOCK P05 WARN  P06 HIGH  P07 WARN  P08 INFO
			P09 BLOCK P10 INFO  P11 BLOCK P12 BLOCK P13 BLOCK P14 WARN  P15 BLOCK P16 WARN  P17 WARN
			P18 WARN  P19 WARN  P20 WARN  P21 BLOCK P22 HIGH  P23 WARN  P24 WARN  P25 INFO  P26 INFO
			P27 BLOCK P28 WARN  P29 BLOCK P30 INFO
			P31 HIGH  P32 WARN  P33 HIGH  P34 INFO  P35 INFO  P36 WARN  P37 HIGH  P38 INFO  P39 WARN
			P40 BLOCK P41 WARN  P42 BLOCK P43 BLOCK P44 INFO  P45 HIGH  P46 WARN  P47 WARN  P48 HIGH
			P49 INFO  P50 HIGH  P51 WARN  P52 BLOCK P53 WARN  P54 HIGH  P55 BLOCK P56 BLOCK P57 HIGH
			P58 WARN
			S44 BLOCK P02 BLOCK P04 BLOCK
			""";

	private static final KnowledgeIndex INDEX = ShippedRules.index();

	private static final Set<String> RULES = Assessments.SHIPPED.texts()
		.stream()
		.map(RuleText::id)
		.collect(Collectors.toCollection(TreeSet::new));

	@Test
	void everyRowOfThisIssueHasItsRuleWithTheSeverityOfTheTable() {
		Map<String, Severity> expected = new TreeMap<>();
		Matcher row = Pattern.compile("(\\w+) +(\\w+)").matcher(ROWS);
		while (row.find()) {
			expected.put(row.group(1), Severity.valueOf(row.group(2)));
		}
		Map<String, Severity> actual = new TreeMap<>();
		for (RuleHead head : Assessments.SHIPPED.heads().values()) {
			if (head.id().startsWith("S") || head.id().startsWith("P")) {
				actual.put(head.id(), head.severity());
			}
		}

		assertThat(actual).isEqualTo(expected);
	}

	@Test
	void everyRuleCitesADocumentThatWeKnow() {
		Set<String> documents = new TreeSet<>();
		Assessments.SHIPPED.heads().values().forEach((head) -> documents.add(head.document().name()));

		assertThat(documents).isSubsetOf("hypervisors-3.11", "nova", "libvirt", "linux", "kolla-ansible",
				"openstack-ansible", "devstack", "charm-nova-compute", "oslo.config");
		assertThat(Assessments.SHIPPED.heads().values()).allSatisfy((head) -> {
			if (head.id().startsWith("S")) {
				assertThat(head.document().name()).isEqualTo("hypervisors-3.11");
				assertThat(head.document().section()).matches("3\\.11(\\.\\d)*");
			}
		});
	}

	@Test
	void theHashChangesWithAnyByteAndNotWithTheOrderOfFiles() {
		RuleSource one = new RuleSource("a.drl", """
				rule "V901 a" @id(V901) @doc("nova x") @severity(INFO)
				when
				    CpuInfo(known == true)
				then
				    conclude.that(Topic.KVM, Answer.YES, "a");
				end
				""");
		RuleSource two = new RuleSource("b.drl", one.text().replace("V901", "V902"));
		RuleSource changed = new RuleSource("b.drl", two.text() + "\n");

		String hash = Rulebase.of(1, List.of(one, two)).revision().sha256();

		assertThat(Rulebase.of(1, List.of(two, one)).revision().sha256()).isEqualTo(hash);
		assertThat(Rulebase.of(1, List.of(one, changed)).revision().sha256()).isNotEqualTo(hash);
	}

	@Test
	void everyRowOfTheDecisionTableIsThere() {
		Set<String> rows = INDEX.rows().map(Row::id).collect(Collectors.toCollection(TreeSet::new));

		assertThat(rows).containsAll(ids("S", 50)).containsAll(ids("P", 58)).containsAll(ids("A", 8));
		assertThat(rows).filteredOn((id) -> id.matches("[SPA].*")).hasSize(50 + 58 + 8);
	}

	@Test
	void everyRuleThatARowOrAnErratumNamesExists() {
		Set<String> missing = new TreeSet<>(named());
		INDEX.errata().forEach((one) -> missing.addAll(one.rules()));
		missing.removeAll(RULES);

		assertThat(missing).as("rules that rules/index.yaml names and that no rule file holds").isEmpty();
	}

	@Test
	void everyRuleBelongsToARow() {
		Set<String> lost = new TreeSet<>(RULES);
		lost.removeAll(named());

		assertThat(lost).as("rules under no row of rules/index.yaml: name each under the row that it serves").isEmpty();
	}

	@Test
	void aRuleWithTheIdOfARowStandsUnderThatRow() {
		for (String id : RULES) {
			INDEX.row(id).ifPresent((row) -> assertThat(row.rules()).as("the row %s", id).contains(id));
		}
	}

	@Test
	void aRowOfTheChapterStandsUnderThePassageThatItsRuleCites() {
		INDEX.parts().get(0).passages().forEach((passage) -> passage.rows().forEach((row) -> {
			for (RuleText rule : Assessments.SHIPPED.texts()) {
				if (rule.id().equals(row.id())) {
					assertThat(rule.document().section()).as("the passage of %s", row.id())
						.isEqualTo(passage.section());
				}
			}
		}));
	}

	@Test
	void theErrataPointToPassagesAndRulesOfTheIndex() {
		Set<String> sections = INDEX.parts()
			.get(0)
			.passages()
			.stream()
			.map(KnowledgeIndex.Passage::section)
			.collect(Collectors.toSet());
		assertThat(INDEX.errata()).hasSizeGreaterThan(7).allSatisfy((one) -> {
			assertThat(sections).containsAll(one.passages());
			assertThat(named()).as("the rules of %s", one.id()).containsAll(one.rules());
			assertThat(one.claims()).as("the sources of %s", one.id()).hasSizeGreaterThan(1);
		});
	}

	private static Set<String> named() {
		return INDEX.rows().flatMap((row) -> row.rules().stream()).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static List<String> ids(String letter, int last) {
		return IntStream.rangeClosed(1, last).mapToObj((at) -> "%s%02d".formatted(letter, at)).toList();
	}

}
