package io.virtwise.rules.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.rules.Severity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shipped rules against the decision table: which rows have a rule, and how bad each
 * is.
 */
class ShippedRulesTests {

	/** The rows that have a rule so far, with the severity that the table gives them. */
	private static final String ROWS = """
			S01 INFO  S02 INFO  S03 INFO  S04 HIGH  S05 HIGH  S06 INFO  S07 INFO  S08 HIGH  S11 INFO
			S14 INFO  S15 BLOCK S16 BLOCK S17 INFO  S18 BLOCK S19 BLOCK S20 BLOCK S25 BLOCK S26 BLOCK
			S27 HIGH  S28 INFO  S29 BLOCK S30 INFO  S31 BLOCK S36 BLOCK S37 INFO  S38 HIGH  S39 BLOCK
			S40 WARN  S41 BLOCK S45 HIGH  S46 WARN  S47 WARN  S48 INFO  P08 INFO  P10 INFO  P11 BLOCK
			P12 BLOCK P20 WARN  P21 BLOCK P22 HIGH  P33 HIGH  P36 WARN  P55 BLOCK P56 BLOCK
			""";

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

		assertThat(documents).isSubsetOf("hypervisors-3.11", "nova", "libvirt", "linux", "oslo.config");
		assertThat(Assessments.SHIPPED.heads().values()).allSatisfy((head) -> {
			if (head.id().startsWith("S")) {
				assertThat(head.document().name()).isEqualTo("hypervisors-3.11");
				assertThat(head.document().section()).matches("3\\.11(\\.\\d)*");
			}
		});
	}

	@Test
	void theHashChangesWithAnyByteAndNotWithTheOrderOfFiles() {
		RuleFile one = new RuleFile("a.drl", """
				rule "V901 a" @id(V901) @doc("nova x") @severity(INFO)
				when
				    CpuInfo(known == true)
				then
				    conclude.that(Topic.KVM, Answer.YES, "a");
				end
				""");
		RuleFile two = new RuleFile("b.drl", one.text().replace("V901", "V902"));
		RuleFile changed = new RuleFile("b.drl", two.text() + "\n");

		String hash = Rulebase.of(1, List.of(one, two)).revision().sha256();

		assertThat(Rulebase.of(1, List.of(two, one)).revision().sha256()).isEqualTo(hash);
		assertThat(Rulebase.of(1, List.of(one, changed)).revision().sha256()).isNotEqualTo(hash);
	}

}
