package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.facts.LogSignature;
import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.Verdict;
import io.virtwise.rules.language.Topic;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold of the shipped rules on any node, tried on made-up ones.
 */
class RulebasePropertiesTests {

	private static final Rulebase RULEBASE = Assessments.SHIPPED;

	private static final int NODES = 1_000;

	@Test
	void everyQuestionHasExactlyOneAnswer() {
		RandomNodes nodes = new RandomNodes(1);
		for (int at = 0; at < NODES; at++) {
			NodeFacts facts = nodes.next();
			Assessment assessment = Assessments.of(RULEBASE, facts);
			for (Topic topic : asked(assessment)) {
				assertThat(answers(assessment, topic)).as("%s of %s%n%s", topic, facts, assessment.conclusions())
					.hasSize(1);
			}
			for (Topic topic : EnumSet.complementOf(EnumSet.of(Topic.MOVE))) {
				assertThat(answers(assessment, topic)).as("%s of %s", topic, facts).hasSizeLessThan(2);
			}
			assertThat(answers(assessment, Topic.GROUP)).as("%s", facts).hasSize(facts.group().groups().size());
			assertThat(answers(assessment, Topic.MOVE).isEmpty()).as("%s", facts)
				.isEqualTo(facts.group().moves().isEmpty());
		}
	}

	@Test
	void noTwoRulesWantDifferentValuesForOneOption() {
		RandomNodes nodes = new RandomNodes(2);
		for (int at = 0; at < NODES; at++) {
			NodeFacts facts = nodes.next();
			assertThat(Assessments.of(RULEBASE, facts).conflicts()).as("%s", facts).isEmpty();
		}
	}

	@Test
	void neverChoosesQemuUnlessItIsAccepted() {
		RandomNodes nodes = new RandomNodes(3);
		for (int at = 0; at < NODES; at++) {
			NodeFacts facts = nodes.next();
			Assessment assessment = Assessments.of(RULEBASE, facts);
			if ("qemu".equals(assessment.recommendation().virtType())) {
				assertThat(facts.intent().acceptEmulation().orNull()).as("%s", facts).isTrue();
			}
		}
	}

	@Test
	void saysWhyWhereverANodeIsNotReady() {
		RandomNodes nodes = new RandomNodes(4);
		for (int at = 0; at < NODES; at++) {
			NodeFacts facts = nodes.next();
			Assessment assessment = Assessments.of(RULEBASE, facts);
			Set<String> kvm = answers(assessment, Topic.KVM);
			if ("kvm".equals(assessment.recommendation().virtType()) && !kvm.contains("USABLE")) {
				assertThat(assessment.verdict()).as("%s%n%s", facts, assessment.conclusions())
					.isIn(Verdict.BLOCKED, Verdict.UNDETERMINED);
			}
			if (assessment.recommendation().virtType() == null && !answers(assessment, Topic.VIRT_TYPE).isEmpty()) {
				assertThat(assessment.verdict()).as("%s", facts).isIn(Verdict.BLOCKED, Verdict.UNDETERMINED);
			}
		}
	}

	@Test
	void everyFaultInALogHasAFindingThatRestsOnIt() {
		RandomNodes nodes = new RandomNodes(9);
		for (int at = 0; at < NODES; at++) {
			NodeFacts facts = nodes.next();
			Assessment assessment = Assessments.of(RULEBASE, facts);
			if (!answers(assessment, Topic.DRIVER).contains("LIBVIRT")) {
				continue;
			}
			for (LogSignature one : facts.logs().signatures()) {
				assertThat(assessment.findings()).as("%s of %s%n%s", one.signature(), facts, assessment.conclusions())
					.anyMatch((finding) -> finding.evidence()
						.stream()
						.anyMatch((line) -> line
							.equals("nova-compute.log line " + one.lineNumber() + ": " + one.line())));
			}
		}
	}

	@Test
	void orderOfFactsAndOfRulesDoesNotMatter() {
		Random order = new Random(5);
		List<Rulebase> shuffledRules = new ArrayList<>();
		for (int at = 0; at < 1; at++) {
			shuffledRules.add(Rulebase.of(1, shuffled(order)));
		}
		RandomNodes nodes = new RandomNodes(6);
		for (int at = 0; at < 150; at++) {
			NodeFacts facts = nodes.next();
			String expected = Assessments.of(RULEBASE, facts).toString();
			for (Rulebase other : shuffledRules) {
				assertThat(withoutHash(Assessments.shuffled(other, facts, order))).as("%s", facts)
					.isEqualTo(withoutHash(Assessments.of(RULEBASE, facts)));
			}
			assertThat(Assessments.shuffled(RULEBASE, facts, order)).hasToString(expected);
		}
	}

	@Test
	void aHundredRepeatsGiveTheSameAssessment() {
		NodeFacts facts = new RandomNodes(7).next();
		String expected = Assessments.of(RULEBASE, facts).toString();
		Random order = new Random(8);
		for (int at = 0; at < 100; at++) {
			assertThat(Assessments.shuffled(RULEBASE, facts, order)).hasToString(expected);
		}
	}

	private static Set<Topic> asked(Assessment assessment) {
		Set<Topic> topics = EnumSet.of(Topic.DRIVER, Topic.HARDWARE, Topic.FIRMWARE, Topic.LIBVIRT, Topic.MODULES,
				Topic.DEVICE, Topic.CAPABILITY, Topic.KVM);
		if (answers(assessment, Topic.DRIVER).contains("LIBVIRT")) {
			topics.add(Topic.VIRT_TYPE);
			if (!answers(assessment, Topic.VIRT_TYPE).contains("UNKNOWN")) {
				topics.addAll(EnumSet.of(Topic.PRESENT_MODE, Topic.OWN_CHOICE, Topic.CPU_MODE));
			}
		}
		return topics;
	}

	private static Set<String> answers(Assessment assessment, Topic topic) {
		Set<String> answers = new TreeSet<>();
		assessment.conclusions()
			.stream()
			.filter((one) -> one.topic().equals(topic.name()))
			.forEach((one) -> answers.add(one.value()));
		return answers;
	}

	/** The rules of each file in another order, and the files under other names. */
	private static List<RuleSource> shuffled(Random order) {
		List<RuleSource> files = new ArrayList<>();
		for (RuleSource file : ShippedRules.files()) {
			List<String> rules = new ArrayList<>(List.of(file.text().split("(?m)^(?=rule \")")));
			rules.removeIf((text) -> !text.startsWith("rule \""));
			Collections.shuffle(rules, order);
			files.add(new RuleSource(order.nextInt(1_000_000) + file.path(), String.join("\n", rules)));
		}
		return files;
	}

	private static String withoutHash(Assessment assessment) {
		return assessment.toString().replace(assessment.rulebase().sha256(), "");
	}

}
